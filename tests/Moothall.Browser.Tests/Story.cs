using System.Net.Http.Json;
using System.Text.Json;
using Moothall.Web.Tests;
using NodaTime;

namespace Moothall.Browser.Tests;

/// <summary>What the pages of a told story are about: references, with the codes that open them, and the ids of lists.</summary>
public sealed record Told
{
    /// <summary>A case that waits for an answer, at a spot of the map with others around it.</summary>
    public required (string Reference, string Code) Waiting { get; init; }
    /// <summary>A case that is closed.</summary>
    public required (string Reference, string Code) Closed { get; init; }
    /// <summary>A case that something is to be paid for.</summary>
    public required string Owing { get; init; }
    /// <summary>A case that was paid, then moved to another service with a charge set by hand.</summary>
    public required (string Reference, string Code) Moved { get; init; }
    /// <summary>A case that is to be passed to a partner.</summary>
    public required string Shared { get; init; }
    /// <summary>A case that waits for somebody to agree.</summary>
    public required (string Reference, string Code) Agreeing { get; init; }
    /// <summary>A list of records that are gone.</summary>
    public required string Gone { get; init; }
}

/// <summary>Something to look at: cases of a few services by several channels, one waiting for an answer, some closed, some late.</summary>
static class Story
{
    public static async Task<Told> Tell(RunningCouncil council)
    {
        var now = council.Clock.GetCurrentInstant();
        using var anyone = await council.Client();
        using var advisor = await council.Client(await MemberWith(council, Identity.Role.Advisor));
        using var worker = await council.Client(await MemberWith(council, Identity.Role.Worker));

        council.Clock.Set(now - Duration.FromDays(40));
        await Report(advisor, "phone", "Broadway, Didcot");
        await Report(anyone, "web", "Outside 20 Broadway, Didcot");
        council.Clock.Set(now);
        await Report(anyone, "web", "By the crossing", latitude: 51.60712, longitude: -1.23990);
        await Report(anyone, "web", "Station Road, Didcot", latitude: 51.60601, longitude: -1.23690);
        var waiting = await Report(anyone, "web", "Broadway, Didcot, outside the very long named Cornerstone arts centre and café on the corner of Station Road and Broadway", latitude: 51.60655, longitude: -1.23850);
        await Act(worker, waiting.Item1, 1, "ask-customer", """{"answers": {"question": "Is the hole on the side of the cinema or of the station?"}}""");
        var closed = await Report(advisor, "phone", "Broadway, Didcot");
        await Act(worker, closed.Item1, 1, "not-ours", """{"answers": {"finding": "It is the railway's car park."}, "note": "Told the station manager.", "handlingSeconds": 240}""");
        using var waste = await council.Client("mohammed-rahman");
        var owing = await Send(anyone, "subscribe-to-garden-waste", new { channel = "web", answers = new
        {
            place = "home", home = new { line1 = "19 Castle Street", town = "Wallingford", postcode = "OX10 8DL" }, bins = 2, more = 0, you = new { name = "Ann Lee", email = "ann.lee@example.com" }, agree = true,
        } });
        await Act(waste, owing.Item1, 1, "record-payment", """{"answers": {"amount": "50", "how": "card", "receipt": "4411"}}""");
        var moved = await Send(anyone, "subscribe-to-garden-waste", new { channel = "web", answers = new
        {
            place = "home", home = new { line1 = "2 High Street", town = "Wallingford", postcode = "OX10 0BP" }, bins = 2, more = 0, you = new { name = "Ọlúwaṣeun Adébáyọ̀", email = "oluwaseun@example.com" }, agree = true,
        } });
        await Act(waste, moved.Item1, 1, "record-payment", """{"answers": {"amount": "92", "how": "card", "receipt": "4412"}}""");
        await Act(waste, moved.Item1, 2, "move", """{"answers": {"service": "apply-for-a-resident-parking-permit"}}""");
        using var parking = await council.Client("rhiannon-bevan");
        await Act(parking, moved.Item1, 3, "add-charge", """{"answers": {"charge": "permit", "amount": 30}, "note": "An electric car, says the log book."}""");
        var shared = await Report(anyone, "web", "Slip road of the A34 at Milton");
        var gone = await Erase(council, (await Report(anyone, "web", "Church Street, Wantage", "Zoe Quill")).Item1, worker);
        var agreeing = await Agreeing(council, "treasurer.of.the.friends.of.the.pavilion@example.com");
        await council.WaitForFigures();
        return new Told { Waiting = waiting, Closed = closed, Owing = owing.Item1, Moved = moved, Shared = shared.Item1, Gone = gone, Agreeing = (agreeing.Reference, agreeing.Code) };
    }

    /// <summary>A grant that a second person must agree to, and the link that comes to them a minute later.</summary>
    public static async Task<(string Reference, string Code, string Link)> Agreeing(RunningCouncil council, string email)
    {
        using var anyone = await council.Client();
        var (reference, code) = await Send(anyone, "apply-for-a-community-grant", new { channel = "web", answers = new Dictionary<string, object>
        {
            ["group-name"] = "Friends of the Pavilion", ["group-kind"] = "club", ["you"] = new { name = "Ọlúwaṣeun Adébáyọ̀-Whittaker", email = "oluwaseun@example.com" }, ["project"] = "A kitchen to learn in",
            ["what"] = "Young people cook for their neighbours.", ["who-for"] = new[] { "everyone" }, ["where"] = new { text = "High Street, Wallingford" }, ["starts"] = "2027-06-01",
            ["costs"] = new[] { new Dictionary<string, object> { ["what-for"] = "A cooker with its installation", ["amount"] = 1900 } }, ["asked"] = 2500, ["second"] = new { name = "Rhodri Wyn", email }, ["agree"] = true,
        } });
        var asked = EventJson.ToLog(new CoSignDue("apply-for-a-community-grant", "wessex", 1), council.Clock.GetCurrentInstant());
        await council.House.Database.Commit(unit => new Cases.AskCoSigner(council.House).Write(unit, [new Store.DueEffect(1, new Store.LogEvent(default, "co-sign/" + reference, 1, asked.Type, asked.Schema, asked.At, false, asked.Json), "co-signer", "email", 1)]));
        return (reference, code, Mails.LinkIn(await council.MailTo(email), "/agree/"));
    }

    // An administrator erases a case on a granted request, and holds another kind of record.
    static async Task<string> Erase(RunningCouncil council, string reference, HttpClient worker)
    {
        await Act(worker, reference, 1, "withdraw", "{}");
        var administrator = Identity.StaffSessions.CallerFor(council.House.Council, "fatima-al-sayed");
        var now = council.Clock.GetCurrentInstant();
        await council.House.Database.Commit(unit => Records.Holds.Place(unit, council.House, administrator, "service", "report-a-pothole", "A claim is being looked at", now.InUtc().Date.PlusMonths(2), now));
        var holds = await council.House.Database.Read(Records.Holds.InForce);
        await council.House.Database.Commit(unit => Records.Holds.End(unit, administrator, holds[0].Id, now));
        var erased = await council.House.Database.Commit(unit => Records.PersonRecords.Erase(unit, council.House, administrator, [reference], Records.PersonRecords.Grounds[0].Code, "IR-2026-014", now));
        await council.House.Database.Commit(unit => Records.Holds.Place(unit, council.House, administrator, "service", "make-a-complaint", "An inquiry by the ombudsman looks at every one of them", now.InUtc().Date.PlusMonths(2), now));
        return erased.Value?.Id ?? throw new InvalidOperationException(erased.Refusal!.Why);
    }

    static Task<string> MemberWith(RunningCouncil council, Identity.Role role) => Task.FromResult(
        council.House.Council.Members.Values.First(m => m.Roles.Contains(role) && m.Authorities.Contains("wessex") && (role != Identity.Role.Worker || m.Teams.Contains("streets"))).Id);

    static Task<(string, string)> Report(HttpClient client, string channel, string where, string name = "Siân Llewellyn-Featherstonehaugh", double? latitude = null, double? longitude = null) =>
        Send(client, "report-a-pothole", new
        {
            channel, answers = new Dictionary<string, object>
            {
                ["where"] = latitude is null ? new { text = where } : new { text = where, latitude, longitude }, ["size"] = "small", ["you"] = new { name, email = name.StartsWith('S') ? "sian@example.com" : "zoe@example.com" },
            },
        });

    static async Task<(string, string)> Send(HttpClient client, string service, object sent)
    {
        using var made = await client.PostAsJsonAsync($"/api/v1/services/{service}/cases", sent);
        if (!made.IsSuccessStatusCode) throw new InvalidOperationException(await made.Content.ReadAsStringAsync());
        var body = await made.Content.ReadFromJsonAsync<JsonElement>();
        return (body.GetProperty("reference").GetString()!, body.GetProperty("trackingCode").GetString()!);
    }

    static async Task Act(HttpClient client, string reference, int version, string action, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/desk/cases/{reference}/actions/{action}") { Content = new StringContent(json, null, "application/json") };
        request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        using var answer = await client.SendAsync(request);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
    }
}
