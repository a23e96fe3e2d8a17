using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Moothall.Adapters.ClamAv;
using Moothall.Journeys;
using Moothall.Store;
using Moothall.Testing;
using Moothall.Web.Tests.Api;
using Moothall.Web.Tests.Desk;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Attack;

/// <summary>Files with a virus in them come to nobody: refused when they are sent; kept and shown to nobody while the scanner does not answer; their content gone when it finds one later.</summary>
public sealed class InfectedFilesTests
{
    const string Refused = "The selected file contains a virus. Choose another file, or have somebody look at your device first";

    static Picked Photo(string words) => new("hole.jpg", [0xFF, 0xD8, 0xFF, 0xDA, 0, 2, .. Encoding.ASCII.GetBytes(words), 0xFF, 0xD9]);

    static async Task<string> Upload(HttpClient client, Picked file)
    {
        using var answer = await client.PostAsync("/api/v1/files", Calls.Form(file));
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("file").GetString()!;
    }

    static Task<RunningCouncil> Start(Dialect dialect, Clamd clamd) => RunningCouncil.Start(dialect, change: s => s with { Scanner = ClamAddress.Read(clamd.Socket) });

    [Theory, BothDatabases]
    public async Task A_virus_is_refused_in_plain_words_on_the_page_and_by_the_api(Dialect dialect)
    {
        await using var clamd = await Clamd.Make();
        await clamd.Start();
        await using var council = await Start(dialect, clamd);
        using var browser = new Browser(await council.Client());
        using var refused = await browser.Client.PostAsync("/api/v1/files", Calls.Form(Photo(Clamd.Virus)));
        (await CleanAnswer.Problem(refused, HttpStatusCode.UnprocessableEntity)).GetProperty("detail").GetString().ShouldBe(Refused);

        var page = await browser.Send(await browser.Send(await browser.Open("/services/report-a-pothole/start"), Resident.Walking.With(("where", "Broadway, Didcot"))), Resident.Walking.With(("size", "small")));
        var again = await browser.Send(page, files: new Dictionary<string, IReadOnlyList<Picked>> { ["photo"] = [Photo(Clamd.Virus)] });
        again.Errors.ShouldBe([Refused]);
        (await council.House.Database.Read(s => s.Number($"select count(*) from file"))).ShouldBe(0);
        var good = await browser.Send(again, files: new Dictionary<string, IReadOnlyList<Picked>> { ["photo"] = [Photo("All is well.")] });
        good.Errors.ShouldBeEmpty();
        (await council.House.Database.Read(s => s.Query($"select scan from file", row => row.TextOrNull(0)))).ShouldBe([ScanFiles.Clean]);
    }

    [Theory, BothDatabases]
    public async Task While_the_scanner_is_down_residents_go_on_and_nobody_opens_what_it_has_not_seen(Dialect dialect)
    {
        await using var clamd = await Clamd.Make();
        await using var council = await Start(dialect, clamd);
        using var client = await council.Client();
        var (good, bad) = (await Upload(client, Photo("All is well.")), await Upload(client, Photo(Clamd.Virus)));
        var (clean, infected) = (await council.Pothole(photo: new[] { good }), await council.Pothole(photo: new[] { bad }));
        using var desk = await DeskBrowser.SignIn(council, "amara-okafor");
        foreach (var (reference, file) in new[] { (clean, good), (infected, bad) })
        {
            using var waits = await desk.Get($"/desk/files/{file}?case={reference}");
            waits.StatusCode.ShouldBe(HttpStatusCode.Conflict);
            (await CleanAnswer.Body(waits)).ShouldContain("This file is not looked at for viruses yet");
        }
        using var administrator = await DeskBrowser.SignIn(council, "fatima-al-sayed");
        (await administrator.Open("/desk/running")).QuerySelector("main")!.TextContent.ShouldContain("ClamAV cannot be reached");

        await clamd.Start();
        council.Clock.Advance(Duration.FromSeconds(31));
        await council.Serving.Scanning.Round();
        using var opened = await desk.Get($"/desk/files/{good}?case={clean}");
        opened.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await opened.Content.ReadAsStringAsync()).ShouldContain("All is well.");
        // Whatever it is, it cannot run: it is shown in a box of its own.
        opened.Content.Headers.ContentType!.ToString().ShouldBe("image/jpeg");
        opened.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("inline");
        opened.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        opened.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldEndWith("; sandbox");
        opened.Headers.GetValues("Cross-Origin-Resource-Policy").ShouldBe(["same-origin"]);
        using var gone = await desk.Get($"/desk/files/{bad}?case={infected}");
        gone.StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await gone.Content.ReadAsStringAsync()).ShouldContain("There was a virus in this file");
        (await council.House.Database.Read(s => s.Number($"select count(*) from file_chunk where file = {bad}"))).ShouldBe(0);
        (await council.House.Database.Read(s => s.Number($"select count(*) from file where scan is null"))).ShouldBe(0);
    }
}
