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
        owed.ShouldContain("before the case was moved. Give back what is too much.");
        (await resident.GetStringAsync($"/track/{reference}")).ShouldContain("You paid this before we passed it on. We will give back what you paid too much.");
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
