using Moothall.Definitions;
using Moothall.Journeys;
using NodaTime;
using Shouldly;

namespace Moothall.Tests.Journeys;

/// <summary>Somebody's way through a service, an answer at a time, as the pages lead them.</summary>
static class JourneyStory
{
    static readonly NewJourney FrontDoor = new("wessex", "web", "en", "phone");

    public static LocalDate Today(this OpenHouse house) => house.House.Council.Authorities[0].Calendar.DayOf(house.Clock.Now);

    /// <summary>Answers one question, with the answer as the API takes it.</summary>
    public static async Task<Result<SavedDraft>> Save(this OpenHouse house, string? draft, string question, string answer, string service = "report-a-pothole")
    {
        var published = house.House.Services.Find(service)!;
        var definition = draft is not null && await house.Draft(draft) is { } begun ? (await house.House.Services.Version(service, begun.Version)).Definition : published.Definition;
        var asked = definition.FindQuestion(question) ?? published.Definition.FindQuestion(question)!;
        using var json = System.Text.Json.JsonDocument.Parse(answer);
        var context = new ReadingContext { Today = house.Today(), LookUps = house.House.Council.Places, File = id => new KnownFile(id, "photo.jpg", "jpeg", 4) };
        var read = asked.Type.ReadJson(asked, json.RootElement, context).Answer.ShouldNotBeNull();
        return await house.Database.Commit(unit => AnswerSaving.Save(unit, house.House.Services, new SaveAnswer(draft, published, question, read, FrontDoor), house.Clock.Now, house.Today()));
    }

    /// <summary>Answers several questions of a new journey; gives the draft after the last.</summary>
    public static async Task<Draft> Begin(this OpenHouse house, params (string Question, string Answer)[] answers)
    {
        Draft? draft = null;
        foreach (var (question, answer) in answers) draft = (await house.Save(draft?.Id, question, answer)).Value.ShouldNotBeNull().Draft;
        return draft.ShouldNotBeNull();
    }

    /// <summary>A journey that is ready to be sent.</summary>
    public static Task<Draft> BeginWhole(this OpenHouse house, string photo = "null") =>
        house.Begin(("where", "\"High Street, Wallingford\""), ("size", "\"large\""), ("deep", "true"), ("photo", photo), ("you", """{"name": "Ann Lee", "email": "ann@mail.example"}"""));

    public static Task<Draft?> Draft(this OpenHouse house, string id) => house.Database.Read(s => DraftRows.Find(s, id));

    public static Task<Result<SubmittedDraft>> Submit(this OpenHouse house, Draft draft, int? revision = null) =>
        house.Database.Commit(unit => SubmitDraft.Submit(unit, house.House.Services, house.House.Council, draft.Id, revision ?? draft.Revision, house.Clock.Now));
}
