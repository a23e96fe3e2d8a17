using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Desk;

public sealed class PaymentTests(Councils councils)
{
    static async Task<JsonElement> Garden(RunningCouncil council, int bins = 2)
    {
        using var resident = await council.Client();
        using var made = await resident.PostAsJsonAsync("/api/v1/services/subscribe-to-garden-waste/cases", new
        {
            channel = "web",
            answers = new
            {
                place = "home", home = new { line1 = "19 Castle Street", town = "Wallingford", postcode = "OX10 8DL" }, bins, more = 0,
                you = new { name = "Ann Lee", email = "ann.lee@mail.example" }, agree = true,
            },
        });
        made.StatusCode.ShouldBe(HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
        return await made.Content.ReadFromJsonAsync<JsonElement>();
    }

    [Fact]
    public async Task Money_taken_by_phone_is_recorded_and_the_resident_reads_that_it_is_paid()
    {
        var council = await councils.Sqlite;
        var made = await Garden(council);
        made.GetProperty("payments")[0].GetRawText().ShouldBe("""{"charge":"subscription","amount":92.00,"outstanding":92.00,"incomeCode":"GW-1001"}""");
        var reference = made.GetProperty("reference").GetString()!;
        var (case_, action) = ($"/desk/cases/{reference}", $"/desk/cases/{reference}/actions/record-payment");
        using var worker = await DeskBrowser.SignIn(council, "mohammed-rahman");
        (await worker.Open(case_)).QuerySelector(".owed")!.TextContent.ShouldContain("To be paid: £92 for Garden waste collection for a year. Income code GW-1001");

        var form = await worker.Open(action);
        form.QuerySelector("#amount")!.GetAttribute("value").ShouldBe("92.00");
        using var wrong = await worker.Send(form, action, ("amount", "920"), ("how", "card"), ("receipt", "4411"));
        wrong.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var again = await DeskBrowser.Parse(wrong);
        again.QuerySelector(".govuk-error-summary a")!.GetAttribute("href").ShouldBe("#amount");
        again.QuerySelector("#receipt")!.GetAttribute("value").ShouldBe("4411");

        using var done = await worker.Send(again, action, ("amount", "92"), ("how", "card"), ("receipt", "4411"));
        done.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var after = await worker.Open(done.Headers.Location!.OriginalString);
        after.QuerySelector(".owed")!.TextContent.ShouldContain("Paid: £92");
        after.QuerySelector(".owed")!.TextContent.ShouldContain("£92, by card, receipt 4411.");
        after.QuerySelector($"a[href='{action}']").ShouldBeNull();

        // The moment after, the record can be taken back; what the till has is put right at the till.
        after.QuerySelector("form.undo")!.TextContent.ShouldContain("Money that was taken is paid back at the till or card terminal.");
        using var undone = await worker.Send(after, $"/desk/cases/{reference}/undo");
        (await worker.Open(undone.Headers.Location!.OriginalString)).QuerySelector(".owed")!.TextContent.ShouldContain("To be paid: £92");
        using var anew = await worker.Send(await worker.Open(action), action, ("amount", "92"), ("how", "card"), ("receipt", "4412"));
        anew.StatusCode.ShouldBe(HttpStatusCode.SeeOther);

        using var resident = await council.Client();
        var code = made.GetProperty("trackingCode").GetString();
        using var opened = await resident.GetAsync($"/track?reference={reference}&code={code}");
        resident.DefaultRequestHeaders.Add("Cookie", opened.Headers.GetValues("Set-Cookie").First().Split(';')[0]);
        var page = await resident.GetStringAsync($"/track/{reference}");
        page.ShouldContain("Paid. Thank you.");
        page.ShouldContain("We noted your payment.");
    }

    [Fact]
    public async Task A_move_to_another_service_says_what_it_changes_before_and_after_and_the_resident_reads_what_is_true()
    {
        var council = await councils.Sqlite;
        var made = await Garden(council);
        var reference = made.GetProperty("reference").GetString()!;
        var (case_, move, pay) = ($"/desk/cases/{reference}", $"/desk/cases/{reference}/actions/move", $"/desk/cases/{reference}/actions/record-payment");
        using var worker = await DeskBrowser.SignIn(council, "mohammed-rahman");
        using var resident = await council.Client();
        using var opened = await resident.GetAsync($"/track?reference={reference}&code={made.GetProperty("trackingCode").GetString()}");
        resident.DefaultRequestHeaders.Add("Cookie", opened.Headers.GetValues("Set-Cookie").First().Split(';')[0]);
        (await resident.GetStringAsync($"/track/{reference}")).ShouldContain("£92");

        var form = await worker.Open(move);
        form.QuerySelector("details")!.TextContent.ShouldContain("£92 is not to be paid any more: Garden waste collection for a year.");
        using var moved = await worker.Send(form, move, ("team", ""), ("service", "report-a-missed-bin"));
        moved.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var after = await worker.Open(moved.Headers.Location!.OriginalString);
        after.Body!.TextContent.ShouldContain("£92 is not to be paid any more: Garden waste collection for a year.");
        after.QuerySelector(".owed").ShouldBeNull();
        (await resident.GetStringAsync($"/track/{reference}")).ShouldNotContain("£92");

        using var undone = await worker.Send(after, $"/desk/cases/{reference}/undo");
        (await worker.Open(case_)).QuerySelector(".owed")!.TextContent.ShouldContain("To be paid: £92");
        (await resident.GetStringAsync($"/track/{reference}")).ShouldContain("Not paid yet.");

        using var paid = await worker.Send(await worker.Open(pay), pay, ("amount", "92"), ("how", "card"), ("receipt", "4411"));
        using var again = await worker.Send(await worker.Open(move), move, ("team", ""), ("service", "report-a-missed-bin"));
        again.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var owed = (await worker.Open(case_)).QuerySelector(".owed")!.TextContent;
        owed.ShouldContain("Paid: £92 for Garden waste collection for a year.");
        owed.ShouldContain("before the case was moved. £92 of what was paid before is too much: give it back.");
        (await worker.Open(case_)).QuerySelector(".history")!.TextContent.ShouldContain("£92 of what was paid before is too much: give it back.");
        (await resident.GetStringAsync($"/track/{reference}")).ShouldContain("You paid this before we passed it on. We will give back £92.");
    }

    [Fact]
    public async Task What_could_not_be_worked_out_is_set_by_hand_and_money_that_came_before_counts_for_it()
    {
        var council = await councils.Sqlite;
        var made = await Garden(council);
        var reference = made.GetProperty("reference").GetString()!;
        var (case_, pay, move, add) = ($"/desk/cases/{reference}", $"/desk/cases/{reference}/actions/record-payment", $"/desk/cases/{reference}/actions/move", $"/desk/cases/{reference}/actions/add-charge");
        using var worker = await DeskBrowser.SignIn(council, "mohammed-rahman");
        await worker.Open(add);
        using (await worker.Send(await worker.Open(pay), pay, ("amount", "92"), ("how", "card"), ("receipt", "4411"))) { }
        using (await worker.Send(await worker.Open(move), move, ("team", ""), ("service", "apply-for-a-resident-parking-permit"))) { }
        using var resident = await council.Client();
        using var opened = await resident.GetAsync($"/track?reference={reference}&code={made.GetProperty("trackingCode").GetString()}");
        resident.DefaultRequestHeaders.Add("Cookie", opened.Headers.GetValues("Set-Cookie").First().Split(';')[0]);
        (await resident.GetStringAsync($"/track/{reference}")).ShouldContain("We keep £92 for what may still be to pay, and give back what is left.");
        var team = (await council.Case(reference, "mohammed-rahman")).GetProperty("case").GetProperty("team").GetString()!;
        var other = council.House.Council.Members.Values.First(m => !m.IsPartner && m.Teams.Contains(team) && m.Roles.Contains(Moothall.Identity.Role.Worker)).Id;
        using var parking = await DeskBrowser.SignIn(council, other);
        var form = await parking.Open(add);
        form.QuerySelector("main")!.TextContent.ShouldContain("£92 was paid before the case was moved. It is set against this by itself.");
        using var wrong = await parking.Send(form, add, ("charge", ""), ("amount", "a lot"), ("_note", ""));
        wrong.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var again = await DeskBrowser.Parse(wrong);
        again.QuerySelectorAll(".govuk-error-summary a").Select(a => a.GetAttribute("href")).ShouldBe(["#charge", "#amount", "#_note"]);
        again.QuerySelector("#amount")!.GetAttribute("value").ShouldBe("a lot");
        using var added = await parking.Send(again, add, ("charge", "permit"), ("amount", "30"), ("_note", "An electric car, says the log book."));
        added.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var after = await parking.Open(added.Headers.Location!.OriginalString);
        after.QuerySelector(".history li .history__what")!.TextContent.ShouldEndWith("added a charge.");
        after.QuerySelectorAll(".history li")[0].QuerySelectorAll(".history__came").Select(c => c.TextContent).ShouldBe(["£30 falls due: Resident parking permit for a year.", "£30 of what was paid before is set against it: Resident parking permit for a year."]);
        after.QuerySelector(".history li")!.TextContent.ShouldContain("An electric car, says the log book.");
        var owed = after.QuerySelector(".owed")!.TextContent;
        owed.ShouldContain("Paid: £30 for Resident parking permit for a year.");
        owed.ShouldContain("£30 of it is set against what is to be paid now. £62 of what was paid before is kept for what may still fall due.");
        var track = await resident.GetStringAsync($"/track/{reference}");
        track.ShouldContain("Paid with what you had paid before.");
        track.ShouldContain("£30 of it counts towards what you pay now. We keep £62");
        track.ShouldContain("We worked out what this costs.");
        track.ShouldNotContain("electric car");

        using var undone = await parking.Send(after, case_ + "/undo");
        (await parking.Open(undone.Headers.Location!.OriginalString)).QuerySelector(".owed")!.TextContent.ShouldNotContain("£30");

        // The same by a program.
        using var program = await council.Client(other);
        var now = await program.GetFromJsonAsync<JsonElement>("/api/v1" + case_);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1{add}") { Content = JsonContent.Create(new { answers = new { charge = "permit", amount = 85.5 }, note = "A petrol car." }) };
        request.Headers.TryAddWithoutValidation("If-Match", $"\"{now.GetProperty("case").GetProperty("version").GetInt32()}\"");
        using var answer = await program.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        (await program.GetFromJsonAsync<JsonElement>("/api/v1" + case_)).GetProperty("payments").EnumerateArray().Select(p => p.GetRawText()).ShouldBe(
            ["""{"charge":"subscribe-to-garden-waste/subscription","amount":6.50,"outstanding":0.00,"incomeCode":"GW-1001"}""", """{"charge":"permit","amount":85.50,"outstanding":0.00,"incomeCode":"PK-2001"}"""], ignoreOrder: true);
    }

    [Fact]
    public async Task What_is_due_to_a_partner_stands_on_the_case_until_it_is_passed_on()
    {
        var council = await councils.Sqlite;
        using var resident = await council.Client();
        using var made = await resident.PostAsJsonAsync("/api/v1/services/report-a-pothole/cases",
            new { channel = "web", answers = new { where = new { text = "Slip road of the A34 at Milton" }, size = "small" } });
        var reference = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("reference").GetString()!;
        var (case_, action) = ($"/desk/cases/{reference}", $"/desk/cases/{reference}/actions/pass-on");
        using var worker = await DeskBrowser.SignIn(council, "amara-okafor");
        (await worker.Open(case_)).QuerySelector(".owed")!.TextContent.ShouldContain("To be passed to National Highways under ISA-2024-003 (by hand until the exchange is there): Where it is, Size.");
        using var done = await worker.Send(await worker.Open(action), action);
        done.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await worker.Open(case_)).QuerySelector(".owed")!.TextContent.ShouldContain("Passed to National Highways");
    }

    [Fact]
    public async Task A_case_that_owes_nothing_has_no_such_action()
    {
        var council = await councils.Sqlite;
        var reference = await council.Pothole("Castle Street, Wallingford");
        using var worker = await DeskBrowser.SignIn(council, "amara-okafor");
        (await worker.Open($"/desk/cases/{reference}")).QuerySelector(".owed").ShouldBeNull();
        await worker.Open($"/desk/cases/{reference}/actions/record-payment", HttpStatusCode.NotFound);
    }
}
