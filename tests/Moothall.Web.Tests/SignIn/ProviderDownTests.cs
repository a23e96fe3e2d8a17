using System.Net;
using Moothall.Store;
using Moothall.Web.Tests.Desk;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.SignIn;

/// <summary>A provider that is down or slow: residents report all the same, and staff have their other ways in.</summary>
public sealed class ProviderDownTests
{
    [Fact]
    public async Task Residents_report_and_staff_sign_in_otherwise_while_the_provider_is_down_and_by_it_when_it_is_back()
    {
        await using var with = await ProvidedCouncil.Start(Dialect.Sqlite);
        foreach (var isSlow in new[] { false, true })
        {
            (with.Provider.IsDown, with.IsSlow) = (!isSlow, isSlow);
            using var desk = await with.Council.Client();
            var page = await Sight.Of(await desk.GetAsync("/desk/sign-in/council?return=%2Fdesk%2Fyou"), "");
            page.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
            page.Words.ShouldContain("We cannot reach the sign-in of Wessex account just now.");
            page.Document.QuerySelectorAll("a").ShouldContain(a => a.GetAttribute("href") == "/desk/sign-in/council?return=%2Fdesk%2Fyou", "they may try again and come to the page they wanted");
            (await with.Rows()).ShouldBe(ProvidedCouncil.NoRows);
            (await with.Council.Pothole()).ShouldNotBeEmpty();
            with.Council.Clock.Advance(Duration.FromSeconds(6));
        }
        (with.Provider.IsDown, with.IsSlow) = (false, false);
        using (var again = await with.Council.Client())
            (await with.SignIn(again, "p-amara")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        using var otherwise = await DeskBrowser.SignIn(with.Council, "amara-okafor");
    }

    [Fact]
    public async Task What_was_known_of_a_provider_an_hour_ago_is_used_while_it_does_not_say_it_again()
    {
        await using var with = await ProvidedCouncil.Start(Dialect.Sqlite);
        using var desk = await with.Council.Client();
        (await with.SignIn(desk, "p-amara")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        with.Council.Clock.Advance(Duration.FromMinutes(61));
        with.Provider.Instead["/.well-known/openid-configuration"] = (503, "");
        (await desk.GetAsync("/desk/sign-in/council")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        // A lie is not excused by an older truth.
        with.Provider.Instead.Clear();
        with.Provider.Discovery = d => d["issuer"] = "https://elsewhere.example";
        with.Council.Clock.Advance(Duration.FromSeconds(6));
        (await desk.GetAsync("/desk/sign-in/council")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task The_council_is_told_more_about_somebody_where_it_asks_for_it_and_only_about_who_signed_in()
    {
        await using var with = await ProvidedCouncil.Start(Dialect.Sqlite, userInfo: true);
        using var desk = await with.Council.Client();
        (await with.SignIn(desk, "p-amara")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        with.Provider.Asked.ShouldContain(a => a.Path == "/me");
        with.Provider.UserInfo = u => u["sub"] = "p-ewa";
        using var other = await with.Council.Client();
        (await with.SignIn(other, "p-amara")).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        with.Provider.UserInfo = u => u["email_verified"] = false;
        using var third = await with.Council.Client();
        (await with.SignIn(third, "p-tomasz")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
