using Shouldly;
using static Moothall.Web.Tests.Resident.Walking;

namespace Moothall.Web.Tests.MyAccount;

/// <summary>Residents who sign in as people do: by the link that comes to their mailbox.</summary>
static class SignedIn
{
    public static string NewAddress() => $"a{Guid.NewGuid():n}@mail.example";

    /// <summary>Asks for a link; its path, as the mail says.</summary>
    public static async Task<string> AskForLink(RunningCouncil council, Browser browser, string address, string page = "/account/sign-in")
    {
        council.House.MailIsSet = true;
        var sent = await browser.Send(await browser.Open(page), With(("email", address)));
        sent.Address.ShouldBe("/account/sign-in/sent");
        return Mails.LinkIn(await council.MailTo(address), "/account/link/");
    }

    /// <summary>A browser in which somebody is signed in.</summary>
    public static async Task<Browser> Browser(RunningCouncil council, string address)
    {
        var browser = new Browser(await council.Client());
        var link = await AskForLink(council, browser, address);
        (await browser.Send(await browser.Open(link))).Address.ShouldStartWith("/account");
        return browser;
    }
}
