using Moothall.Definitions;
using Moothall.Identity;

namespace Moothall.Web.SignIn;

/// <summary>What people are told of trouble with a provider: what happened, and that there is another way.</summary>
static class ProviderWords
{
    /// <summary>For a member of staff.</summary>
    public static Message ForStaff(ProviderNo no, string account) => no.Trouble switch
    {
        ProviderTrouble.Unavailable => new Message("We cannot reach the sign-in of {account} just now. Nobody was signed in. Try again in a few minutes, or sign in with a passkey.", ("account", account)),
        ProviderTrouble.Cancelled => new Message("You did not sign in with {account}. Try again, or sign in with a passkey.", ("account", account)),
        ProviderTrouble.NotAsked => new Message("This sign-in took too long, was used already, or was begun in another browser or tab. Try again."),
        ProviderTrouble.TooWeak => new Message("{account} did not ask you for a second proof of who you are. Try again. If it goes wrong again, ask your administrator.", ("account", account)),
        _ => new Message("What came back from {account} did not prove who you are. Nobody was signed in. Try again. If it goes wrong again, tell your administrator.", ("account", account)),
    };

    /// <summary>For a resident, who needs no account to report something.</summary>
    public static Message ForResidents(ProviderNo no, string account) => no.Trouble switch
    {
        ProviderTrouble.Unavailable => new Message("We cannot reach {account} just now, so we could not sign you in. Try again in a few minutes, or choose another way", ("account", account)),
        ProviderTrouble.Cancelled => new Message("You did not sign in with {account}. Try again, or choose another way", ("account", account)),
        ProviderTrouble.NotAsked => new Message("Signing in took too long, was done already, or was begun in another browser or tab. Try again"),
        ProviderTrouble.TooWeak => new Message("{account} did not ask you for a second proof of who you are. Try again, or choose another way", ("account", account)),
        _ => new Message("What came back from {account} did not prove who you are, so you are not signed in. Try again, or choose another way", ("account", account)),
    };

    /// <summary>The status of a page that says so.</summary>
    public static int Status(ProviderNo no) => no.Trouble switch { ProviderTrouble.Unavailable => 503, ProviderTrouble.NotAsked => 400, _ => 422 };
}
