using Moothall.Identity;
using Moothall.Web.Design;

namespace Moothall.Web.MyAccount;

/// <summary>Acting for somebody else, in words for residents and staff.</summary>
static class ActingWords
{
    /// <summary>Who sent a case for whom, as a sentence.</summary>
    public static string Sent(Look look, SentFor sent)
    {
        var (actor, subject) = (sent.Actor ?? look.Say("Somebody"), sent.Subject ?? look.Say("somebody else"));
        return sent.Why switch
        {
            "parent" => look.Say("{actor} sent this for {subject}, as their parent or guardian.", ("actor", actor), ("subject", subject)),
            "carer" => look.Say("{actor} sent this for {subject}, as their carer.", ("actor", actor), ("subject", subject)),
            "advice" => look.Say("{actor} sent this for {subject}, for an advice agency.", ("actor", actor), ("subject", subject)),
            "agent" => look.Say("{actor} sent this for {subject}, as their agent.", ("actor", actor), ("subject", subject)),
            _ => look.Say("{actor} sent this for {subject}.", ("actor", actor), ("subject", subject)),
        };
    }

    /// <summary>Why somebody acts for somebody else.</summary>
    public static string Why(Look look, string why) => why switch
    {
        "parent" => look.Say("Parent or guardian"),
        "carer" => look.Say("Carer"),
        "advice" => look.Say("Advice agency"),
        "agent" => look.Say("Agent, such as a landlord’s"),
        _ => look.Say("Another reason"),
    };
}
