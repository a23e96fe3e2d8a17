using FsCheck;
using FsCheck.Fluent;
using Moothall.Performance;
using Moothall.Store;
using NodaTime;
using static Moothall.Tests.Performance.Happenings;

namespace Moothall.Tests.Performance;

/// <summary>Something that happened at a time; what a recount works from.</summary>
public sealed record Happened(IEvent What, Instant At);

/// <summary>Stories of a council, at random: a few services, authorities and channels around the days on which the clocks change.</summary>
static class Story
{
    static readonly Gen<string> Services = Gen.Elements("report-a-pothole", "fly-tipping");
    static readonly Gen<string> Authorities = Gen.Elements("wessex", "mercia");
    static readonly Gen<string> ChannelNames = Gen.Elements("web", "assisted", "phone");
    static readonly Gen<Actor> Actors = Gen.Elements(Actor.Resident, Actor.Advisor, Actor.Worker, Actor.Rule, Actor.Program);
    static readonly Gen<int> Seconds = Gen.Choose(0, 400);
    static readonly Gen<bool> Either = Gen.Elements(true, false);

    static readonly Gen<Instant> Times =
        from spring in Either
        from minutes in Gen.Choose(0, 8 * 24 * 60)
        select (spring ? At(2026, 3, 26, 0) : At(2026, 10, 22, 0)) + Duration.FromMinutes(minutes);

    static readonly Gen<Happened> One =
        from service in Services
        from other in Services
        from authority in Authorities
        from startedAuthority in Authorities
        from channel in ChannelNames
        from at in Times
        from earlier in Times
        from who in Actors
        from seconds in Seconds
        from yes in Either
        from kind in Gen.Choose(0, 10)
        from how in Gen.Elements("submitted", "exit", "abandoned")
        from score in Gen.Choose(1, 5)
        from reason in Gen.Elements("new", "chasing", "complaining")
        select new Happened(kind switch
        {
            0 => new JourneyStarted(service, authority, channel),
            1 => new JourneyEnded(service, authority, startedAuthority, channel, how, null, earlier, yes ? "photo" : null, 5, 1, 2, 0, seconds),
            2 or 3 => new CaseReceived(service, 1, authority, "t", "s", channel, who, null, null, new Dictionary<string, string>(), 5, 1, score, 1, seconds, yes, !yes),
            4 => new CaseAdvanced(service, authority, channel, "a", "s", "s", "t", "t", yes, null, who, seconds, !yes),
            5 => new CaseClosed(service, authority, "t", channel, "a", "s", "o", earlier, null, yes, who, seconds, !yes),
            6 => new CaseReopened(service, authority, "t", channel, "s", null, earlier, yes, who, seconds),
            7 => new CaseMoved(service, other, authority, channel, "t", yes ? "t" : "u", "s", "s", who, seconds),
            8 => new ContactRecorded(channel, reason, yes ? service : null, yes ? authority : null, null, seconds, yes, yes),
            9 => new CaseHandled(service, authority, "t", channel, "note", who, seconds),
            _ => new FeedbackGiven(service, authority, channel, score, "end"),
        }, at);

    public static readonly Gen<Happened[]> Any = from length in Gen.Choose(0, 80) from story in Gen.ArrayOf(One, length) select story;

    /// <summary>The story as the log has it.</summary>
    public static List<LogEvent> Log(this IEnumerable<Happened> story) => [.. story.Select((h, i) => h.Entry($"story/{i}", i + 1))];

    public static NewEvent ToLog(this Happened h) => h.What switch
    {
        JourneyStarted e => EventJson.ToLog(e, h.At),
        JourneyEnded e => EventJson.ToLog(e, h.At),
        CaseReceived e => EventJson.ToLog(e, h.At),
        CaseAdvanced e => EventJson.ToLog(e, h.At),
        CaseClosed e => EventJson.ToLog(e, h.At),
        CaseReopened e => EventJson.ToLog(e, h.At),
        CaseMoved e => EventJson.ToLog(e, h.At),
        CaseHandled e => EventJson.ToLog(e, h.At),
        ContactRecorded e => EventJson.ToLog(e, h.At),
        FeedbackGiven e => EventJson.ToLog(e, h.At),
        _ => throw new InvalidOperationException($"A story has no {h.What.GetType().Name}."),
    };

    static LogEvent Entry(this Happened h, string stream, long number)
    {
        var e = h.ToLog();
        return new LogEvent(new LogPosition(0, number), stream, 1, e.Type, e.Schema, e.At, e.Imported, e.Json);
    }
}

/// <summary>Counts a story again, the slow way: for each number all that happened is gone through from the start.</summary>
sealed class Recount(IReadOnlyList<Happened> story)
{
    static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    public static LocalDate Day(Instant at) => LocalDate.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(at.ToDateTimeUtc(), London));

    long Number<T>(Func<T, Instant, bool> which, Func<T, long>? what = null) where T : IEvent =>
        story.Where(h => h.What is T e && which(e, h.At)).Sum(h => what is null ? 1 : what((T)h.What));

    /// <summary>Every day on which something can count.</summary>
    public IReadOnlyList<LocalDate> Days { get; } =
    [
        .. story.Select(h => h.At).Concat(story.Select(h => (object)h.What).OfType<JourneyEnded>().Select(e => e.StartedAt))
            .Concat(story.Select(h => (object)h.What).OfType<CaseReopened>().Select(e => e.ClosedAt)).Select(Day).Distinct(),
    ];

    public long Open(string service, string authority, LocalDate to) =>
        Number<CaseReceived>((e, at) => e.Service == service && e.Authority == authority && Day(at) <= to)
        - Number<CaseClosed>((e, at) => e.Service == service && e.Authority == authority && Day(at) <= to)
        + Number<CaseReopened>((e, at) => e.Service == service && e.Authority == authority && Day(at) <= to)
        + Number<CaseMoved>((e, at) => e.ToService == service && e.Authority == authority && Day(at) <= to)
        - Number<CaseMoved>((e, at) => e.FromService == service && e.Authority == authority && Day(at) <= to);

    public long this[Line line, LocalDate day, Count count]
    {
        get
        {
            bool Here(string? service, string? authority, string channel) => new Line(service ?? "", authority ?? "", channel) == line;
            bool Received(CaseReceived e, Instant at) => Here(e.Service, e.Authority, e.Channel) && Day(at) == day;
            bool Closed(CaseClosed e, Instant at) => Here(e.Service, e.Authority, e.Channel) && Day(at) == day;
            bool Reopened(CaseReopened e, Instant at) => Here(e.Service, e.Authority, e.Channel) && Day(at) == day;
            bool Retracted(CaseReopened e, Instant at) => Here(e.Service, e.Authority, e.Channel) && Day(e.ClosedAt) == day;
            bool Advanced(CaseAdvanced e, Instant at) => Here(e.Service, e.Authority, e.Channel) && Day(at) == day;
            bool Handled(CaseHandled e, Instant at) => Here(e.Service, e.Authority, e.Channel) && Day(at) == day;
            bool MovedFrom(CaseMoved e, Instant at) => Here(e.FromService, e.Authority, e.Channel) && Day(at) == day;
            bool Away(CaseMoved e, Instant at) => MovedFrom(e, at) && e.FromService != e.ToService;
            bool To(CaseMoved e, Instant at) => Here(e.ToService, e.Authority, e.Channel) && Day(at) == day && e.FromService != e.ToService;
            bool Began(JourneyEnded e, Instant at) => Here(e.Service, e.Authority, e.Channel) && Day(e.StartedAt) == day;
            bool LeftFor(JourneyEnded e, Instant at) => Here(e.Service, e.StartedAuthority, e.Channel) && Day(e.StartedAt) == day;
            bool Contact(ContactRecorded e, Instant at) => Here(e.Service, e.Authority, e.Channel) && Day(at) == day;
            long Acts(Func<Actor, bool> by) =>
                Number<CaseReceived>((e, at) => Received(e, at) && by(e.By)) + Number<CaseAdvanced>((e, at) => Advanced(e, at) && by(e.By))
                + Number<CaseClosed>((e, at) => Closed(e, at) && by(e.By)) + Number<CaseReopened>((e, at) => Reopened(e, at) && by(e.By))
                + Number<CaseMoved>((e, at) => MovedFrom(e, at) && by(e.By)) + Number<CaseHandled>((e, at) => Handled(e, at) && by(e.By));
            long Time(Func<Actor, bool> by) =>
                Number<CaseReceived>((e, at) => Received(e, at) && by(e.By), e => e.HandlingSeconds) + Number<CaseAdvanced>((e, at) => Advanced(e, at) && by(e.By), e => e.HandlingSeconds)
                + Number<CaseClosed>((e, at) => Closed(e, at) && by(e.By), e => e.HandlingSeconds) + Number<CaseReopened>((e, at) => Reopened(e, at) && by(e.By), e => e.HandlingSeconds)
                + Number<CaseMoved>((e, at) => MovedFrom(e, at) && by(e.By), e => e.HandlingSeconds)
                + Number<CaseHandled>((e, at) => Handled(e, at) && by(e.By), e => e.HandlingSeconds);
            long Score(int score) => Number<FeedbackGiven>((e, at) => Here(e.Service, e.Authority, e.Channel) && Day(at) == day && e.Score == score);

            return count switch
            {
                Count.Started => Number<JourneyStarted>((e, at) => Here(e.Service, e.Authority, e.Channel) && Day(at) == day)
                    + Number<JourneyEnded>((e, at) => Began(e, at) && e.Authority != e.StartedAuthority)
                    - Number<JourneyEnded>((e, at) => LeftFor(e, at) && e.Authority != e.StartedAuthority),
                Count.CompletedSubmitted => Number<JourneyEnded>((e, at) => Began(e, at) && e.How == "submitted"),
                Count.CompletedExit => Number<JourneyEnded>((e, at) => Began(e, at) && e.How == "exit"),
                Count.CompletedDirect => Number<CaseReceived>(Received)
                    - Number<JourneyEnded>((e, at) => Here(e.Service, e.Authority, e.Channel) && Day(at) == day && e.How == "submitted"),
                Count.Abandoned => Number<JourneyEnded>((e, at) => Began(e, at) && e.How == "abandoned"),
                Count.Received => Number<CaseReceived>(Received),
                Count.Closed => Number<CaseClosed>(Closed) - Number<CaseReopened>(Retracted),
                Count.ClosedInTime => Number<CaseClosed>((e, at) => Closed(e, at) && e.InTime) - Number<CaseReopened>((e, at) => Retracted(e, at) && e.WasInTime),
                Count.OpenChange => Number<CaseReceived>(Received) - Number<CaseClosed>(Closed) + Number<CaseReopened>(Reopened) + Number<CaseMoved>(To) - Number<CaseMoved>(Away),
                Count.HandlingSeconds => Time(_ => true),
                Count.AdvisorSeconds => Time(by => by == Actor.Advisor),
                Count.WorkerSeconds => Time(by => by == Actor.Worker),
                Count.ContactSeconds => Number<ContactRecorded>(Contact, e => e.HandlingSeconds),
                Count.VerySatisfied => Score(5),
                Count.Satisfied => Score(4),
                Count.Neither => Score(3),
                Count.Dissatisfied => Score(2),
                Count.VeryDissatisfied => Score(1),
                Count.HandOffs => Number<CaseAdvanced>((e, at) => Advanced(e, at) && e.HandOff) + Number<CaseMoved>((e, at) => MovedFrom(e, at) && e.FromTeam != e.ToTeam),
                Count.Reopened => Number<CaseReopened>(Reopened),
                Count.Returned => Number<CaseAdvanced>((e, at) => Advanced(e, at) && e.Returned),
                Count.Duplicates => Number<CaseClosed>((e, at) => Closed(e, at) && e.Duplicate),
                Count.MovedIn => Number<CaseMoved>(To),
                Count.MovedOut => Number<CaseMoved>(Away),
                Count.Asked => Number<CaseReceived>(Received, e => e.Asked),
                Count.Prefilled => Number<CaseReceived>(Received, e => e.Prefilled),
                Count.Corrected => Number<CaseReceived>(Received, e => e.Corrected),
                Count.AskedAgain => Number<CaseReceived>(Received, e => e.AskedAgain),
                Count.DigitalOffered => Number<CaseReceived>(Received, e => e.DigitalOffered ? 1 : 0),
                Count.DigitalTaken => Number<CaseReceived>(Received, e => e.DigitalTaken ? 1 : 0),
                Count.ActsByPerson => Acts(by => by.Kind == "person"),
                Count.ActsByRule => Acts(by => by.Kind == "rule"),
                Count.ActsByRobot => Acts(by => by.Kind == "robot"),
                _ => throw new InvalidOperationException($"Say here how {count} is counted the slow way."),
            };
        }
    }
}
