using System.Text.Json.Nodes;
using Moothall.Identity;
using Moothall.Web.Design;
using Moothall.Web.MyAccount;
using NodaTime;
using NodaTime.Text;

namespace Moothall.Web.Desk.Records;

/// <summary>A person's account in their copy of what the council holds about them.</summary>
static class AccountInCopy
{
    static string At(Instant at) => InstantPattern.General.Format(at);

    public static JsonNode Data(AccountCopy copy) => new JsonObject
    {
        ["made"] = At(copy.Account.Made), ["lastSignedIn"] = At(copy.Account.Seen), ["language"] = copy.Account.Language, ["email"] = copy.Email?.Address, ["emailConfirmed"] = copy.Email is { } email ? At(email.Confirmed) : null,
        ["filledIn"] = new JsonArray([.. copy.Details.Select(d => (JsonNode)new JsonObject { ["what"] = d.Kind, ["answer"] = JsonNode.Parse(d.Json), ["from"] = d.Reference, ["at"] = At(d.At) })]),
        ["passkeys"] = new JsonArray([.. copy.Passkeys.Select(k => (JsonNode)new JsonObject { ["device"] = k.Name, ["made"] = At(k.Made), ["lastUsed"] = k.LastUsed is { } used ? At(used) : null })]),
        ["providers"] = new JsonArray([.. copy.Providers.Select(p => (JsonNode)new JsonObject { ["issuer"] = p.Issuer, ["subject"] = p.Subject, ["added"] = At(p.Added) })]),
        ["acting"] = new JsonArray([.. copy.Agreements.Select(a => (JsonNode)new JsonObject { ["actor"] = a.ActorName, ["subject"] = a.SubjectName, ["why"] = a.Why, ["asked"] = At(a.Asked), ["until"] = At(a.Until), ["ended"] = a.Ended is { } ended ? At(ended) : null })]),
        ["cases"] = new JsonArray([.. copy.Cases.Select(c => (JsonNode)new JsonObject { ["reference"] = c.Reference, ["since"] = At(c.Since), ["how"] = c.How })]),
    };

    public static void Write(HtmlWriter html, DeskVisit desk, AccountCopy copy)
    {
        var look = desk.Look;
        string When(Instant at) => look.At(at, desk.Zone);
        void Line(string what, string said) => html.Raw("<dt>"u8).Text(what).Raw("</dt><dd>"u8).Text(said).Raw("</dd>"u8);
        html.Raw("<h2>"u8).Text(look.Say("Your account")).Raw("</h2><dl>"u8);
        Line(look.Say("Made on"), When(copy.Account.Made));
        Line(look.Say("Last signed in"), When(copy.Account.Seen));
        if (copy.Email is { } email) Line(look.Say("Email address"), look.Say("{address}, confirmed on {day}.", ("address", email.Address), ("day", When(email.Confirmed))));
        foreach (var detail in copy.Details) Line(DetailWords.Kind(look, detail.Kind), string.Join(", ", DetailWords.Lines(look, detail)) + ". " + look.Say("From you, in {reference}, on {day}.", ("reference", detail.Reference), ("day", When(detail.At))));
        foreach (var key in copy.Passkeys) Line(look.Say("Passkey"), Moothall.Definitions.Message.FromText(key.Name).In(look.Phrases));
        foreach (var provider in copy.Providers) Line(look.Say("Signs in by"), provider.Issuer);
        foreach (var agreement in copy.Agreements) Line(look.Say("Acting for somebody else"), look.Say("{actor} for {subject}, until {day}", ("actor", agreement.ActorName ?? "?"), ("subject", agreement.SubjectName ?? "?"), ("day", When(agreement.Until))));
        html.Raw("</dl>"u8);
    }
}
