using Moothall.Cases;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Journeys;
using Moothall.Store;
using Moothall.Tests.Council;
using Moothall.Tests.Journeys;
using NodaTime;
using Shouldly;

namespace Moothall.Tests.Cases;

/// <summary>Cases of the example services to decide about, from receipt on Monday 2 March 2026 at ten.</summary>
static class Situations
{
    public static readonly Instant Monday = OpenHouse.Monday;
    public const string Deep = """{"where": "High Street, Wallingford", "size": "large", "deep": true}""";
    public const string Small = """{"where": "High Street, Wallingford", "size": "small"}""";

    /// <summary>A time of March 2026, all of it in winter time.</summary>
    public static Instant March(int day, int hour, int minute = 0) => Instant.FromUtc(2026, 3, day, hour, minute);

    public static CaseSituation Pothole(string answers = Small) => Received(Command(ExampleServices.Definition("report-a-pothole"), answers));

    public static CaseSituation Complaint() => Received(Command(ExampleServices.Definition("make-a-complaint"),
        """{"wish": "complain", "about": "streets", "happened": "Nobody came", "since": "2026-02", "put-right": "Come", "you": {"name": "Ann Lee", "email": "ann@mail.example"}}"""));

    public static ReceiveCase Command(ServiceDefinition definition, string answers)
    {
        var council = ExampleCouncil.Files;
        var read = definition.Answers(answers);
        return new ReceiveCase
        {
            Definition = definition, DefinitionVersion = 1, Authority = council.Authorities[0], Answers = read, Channel = "web", Received = Monday, By = Actor.Resident,
            Offer = council.FindOffer(definition.Name, "wessex") ?? new Offer(definition.Name, "wessex", "streets", new Dictionary<string, string>(), null, null),
            Decided = Journey.Decide(definition, read, new LocalDate(2026, 3, 2)), Facts = new CaseFacts { Asked = 3 },
        };
    }

    public static CaseSituation Received(ReceiveCase command) =>
        new(CaseReceiving.Decide(command, "POT-7F3K-92QX").After, command.Definition, command.Offer, command.Authority.Calendar, Monday, Actor.Worker, "amara-okafor");

    /// <summary>The case after an action of its definition.</summary>
    public static CaseSituation Do(this CaseSituation situation, Instant at, string action, string answers = "{}") => situation.After(at, situation.Take(at, action, answers));

    public static CaseChange Take(this CaseSituation situation, Instant at, string action, string answers = "{}")
    {
        var now = situation with { Now = at };
        var found = TakeAction.Find(now.Case, now.Definition, action).Value.ShouldNotBeNull();
        var questions = found.Ask.Select(now.Definition.Work.FindQuestion).OfType<Question>().ToList();
        return TakeAction.Decide(now, found, AnswersJson.Read(questions, answers), null, 60);
    }

    public static CaseSituation After(this CaseSituation situation, Instant at, Result<CaseChange> change) =>
        situation with { Now = at, Case = (change.Value ?? throw new InvalidOperationException(change.Refusal!.Why)).After };

    /// <summary>What the log is told; the one event of a change.</summary>
    public static T Told<T>(this CaseChange change) where T : IEvent
    {
        var told = change.Events.ShouldHaveSingleItem();
        return EventJson.Read<T>(new LogEvent(default, "case/POT-7F3K-92QX", change.After.Version, told.Type, told.Schema, told.At, told.Imported, told.Json));
    }

    public static T Told<T>(this Result<CaseChange> change) where T : IEvent => change.Value.ShouldNotBeNull().Told<T>();

    public static string Why<T>(this Result<T> result) => result.Refusal.ShouldNotBeNull().Why;
}
