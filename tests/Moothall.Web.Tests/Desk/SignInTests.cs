using System.Net;
using Moothall.Host;
using Moothall.Web.Desk;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Desk;

public sealed class SignInTests(Councils councils)
{
    [Theory]
    [InlineData("/desk", "/desk/sign-in")]
    [InlineData("/desk?due=late", "/desk/sign-in?return=%2Fdesk%3Fdue%3Dlate")]
    [InlineData("/desk/cases/POT-0000-0000", "/desk/sign-in?return=%2Fdesk%2Fcases%2FPOT-0000-0000")]
    [InlineData("/desk/new/report-a-pothole", "/desk/sign-in?return=%2Fdesk%2Fnew%2Freport-a-pothole")]
    [InlineData("/desk/files/0123?case=POT-0000-0000", "/desk/sign-in?return=%2Fdesk%2Ffiles%2F0123%3Fcase%3DPOT-0000-0000")]
    [InlineData("/desk/no-such-page", "/desk/sign-in?return=%2Fdesk%2Fno-such-page")]
    public async Task Nobody_sees_the_desk_before_signing_in(string path, string signIn)
    {
        using var anyone = await (await councils.Sqlite).Client();
        using var answer = await anyone.GetAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        answer.Headers.Location!.OriginalString.ShouldBe(signIn);
    }

    [Fact]
    public async Task Nobody_acts_before_signing_in()
    {
        using var anyone = await (await councils.Sqlite).Client();
        using var answer = await anyone.PostAsync("/desk/cases/POT-0000-0000/actions/note", new FormUrlEncodedContent([KeyValuePair.Create("_note", "x")]));
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        answer.Headers.Location!.OriginalString.ShouldStartWith("/desk/sign-in?return=");
    }

    [Theory]
    [InlineData("/desk/cases/POT-7F3K-92QX", "/desk/cases/POT-7F3K-92QX")]
    [InlineData("/desk?due=late", "/desk?due=late")]
    [InlineData("//elsewhere.example/desk/", "/desk")]
    [InlineData("https://elsewhere.example/desk/", "/desk")]
    [InlineData("/desk/\\elsewhere", "/desk")]
    [InlineData("/desk/x\r\nSet-Cookie: a=b", "/desk")]
    [InlineData("/desk/sign-out", "/desk")]
    [InlineData("/deskfalse", "/desk")]
    [InlineData("", "/desk")]
    public void Signing_in_leads_back_to_a_page_of_the_desk_only(string wanted, string led) => SignInEndpoints.LocalPath(wanted).ShouldBe(led);

    [Fact]
    public async Task Whoever_signs_out_is_nobody_again()
    {
        using var worker = await DeskBrowser.SignIn(await councils.Sqlite, "amara-okafor");
        var queue = await worker.Open("/desk");
        using var left = await worker.Send(queue, "/desk/sign-out");
        left.Headers.Location!.OriginalString.ShouldBe("/desk/sign-in");
        using var after = await worker.Get("/desk");
        after.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task A_name_without_the_form_of_our_page_signs_nobody_in()
    {
        using var anyone = await (await councils.Sqlite).Client();
        using var answer = await anyone.PostAsync("/desk/sign-in", new FormUrlEncodedContent([KeyValuePair.Create("member", "amara-okafor")]));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var queue = await anyone.GetAsync("/desk");
        queue.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task Outside_the_demo_no_name_can_be_chosen()
    {
        var data = Directory.CreateTempSubdirectory("moothall-web-").FullName;
        await using (var serving = await Serving.Start(new Settings
        {
            Urls = "http://127.0.0.1:0", Environment = "Development", Data = data,
            Services = Path.Combine(RunningCouncil.Repository, "services"), Council = Path.Combine(RunningCouncil.Repository, "council"),
        }))
        {
            using var anyone = new HttpClient { BaseAddress = new Uri(serving.Addresses[0]) };
            var page = await anyone.GetStringAsync("/desk/sign-in");
            page.ShouldContain("passkey");
            page.ShouldNotContain("amara-okafor");
            using var answer = await anyone.PostAsync("/desk/sign-in", new FormUrlEncodedContent([KeyValuePair.Create("member", "amara-okafor")]));
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }
        Directory.Delete(data, recursive: true);
    }
}
