using System.Net.Mail;
using System.Text.RegularExpressions;
using Moothall.Definitions;

namespace Moothall.Council;

/// <summary>A text that staff send again and again, in one or several languages. ((names)) in it stand for facts of the case.</summary>
/// <param name="Service">The service it is for; null for all.</param>
public sealed record StandardReply(string Id, Prose Title, Prose Text, string? Service)
{
    /// <summary>What may stand in double brackets.</summary>
    public static readonly IReadOnlyList<string> Fields = ["reference", "service", "name", "close-by", "council", "phone", "worker"];
}

/// <summary>A firm that works for the council by order. It is sent lists by e-mail.</summary>
/// <param name="Services">The services it works for; none: all.</param>
/// <param name="Teams">The teams that may send it cases; none: all.</param>
/// <param name="Language">The language it is written to in; null: the first of the council whose cases they are.</param>
public sealed record Contractor(string Id, string Name, string Email, IReadOnlySet<string> Services, IReadOnlySet<string> Teams, string? Language = null)
{
    /// <summary>Whether a case of this service and team may go to it.</summary>
    public bool Takes(string service, string team) => (Services.Count == 0 || Services.Contains(service)) && (Teams.Count == 0 || Teams.Contains(team));
}

/// <summary>Reads replies.yaml and contractors.yaml: what the desk writes and to whom it sends lists. A council needs neither.</summary>
sealed partial class DeskFiles(FindingList findings)
{
    static readonly string[] ReplyKeys = ["title", "text", "service"];
    static readonly string[] ContractorKeys = ["name", "email", "services", "teams", "language"];

    public List<StandardReply> ReadReplies(YamlMap? file)
    {
        var replies = new List<StandardReply>();
        file?.Only(findings, ["replies"]);
        foreach (var entry in file?.MapOf("replies", findings)?.Things(new Message("the name of a reply"), ReplyKeys, findings) ?? [])
        {
            if (entry.Value is not YamlMap map)
            {
                findings.Error(entry.Place, new Message("reply `{key}` needs a title and a text on the lines below it", ("key", entry.Key)));
                continue;
            }
            map.Only(findings, ReplyKeys);
            map.Need("title", "title: Ask for a photo", findings).Need("text", "text: Thank you for telling us.", findings);
            if (map.ProseOf("text", findings) is not { } text) continue;
            foreach (var name in text.Texts.Values.SelectMany(words => Brackets().Matches(words)).Select(field => field.Groups[1].Value).Distinct())
                if (!StandardReply.Fields.Contains(name))
                    findings.Error(text.Place ?? entry.Place, new Message("there is no {field} in a reply", ("field", $"(({name}))")).With(DidYouMean.Ending(name, StandardReply.Fields)));
            replies.Add(new(entry.Key, map.ProseOf("title", findings) ?? Names.Label(entry.Key, entry.Place), text, map.TextOf("service", findings)?.Text));
        }
        return replies;
    }

    public List<Contractor> ReadContractors(YamlMap? file, IReadOnlyCollection<string> teams)
    {
        var contractors = new List<Contractor>();
        file?.Only(findings, ["contractors"]);
        foreach (var entry in file?.MapOf("contractors", findings)?.Things(new Message("the name of a contractor"), ContractorKeys, findings) ?? [])
        {
            if (entry.Value is not YamlMap map)
            {
                findings.Error(entry.Place, new Message("contractor `{key}` needs a name and an email on the lines below it", ("key", entry.Key)));
                continue;
            }
            map.Only(findings, ContractorKeys);
            map.Need("name", "name: Northshire Surfacing", findings).Need("email", "email: orders@surfacing.example", findings);
            var email = map.TextOf("email", findings);
            if (email is not null && !MailAddress.TryCreate(email.Text, out _))
                findings.Error(email.Place, new Message("`{address}` is not an e-mail address; write it like `{example}`", ("address", email.Text), ("example", "orders@surfacing.example")));
            var language = map.TextOf("language", findings);
            if (language is not null && Phrases.Find(language.Text) is null)
                findings.Error(language.Place, new Message("there is no language `{language}`", ("language", language.Text)).With(DidYouMean.Ending(language.Text, [.. Phrases.All.Select(p => p.Language)])));
            var theirs = map.Has("teams") ? map.TextsOf("teams", findings) : [];
            foreach (var team in theirs.Where(t => !teams.Contains(t.Text)))
                findings.Error(team.Place, new Message("no team is called `{name}`", ("name", team.Text)).With(DidYouMean.Ending(team.Text, teams)));
            contractors.Add(new(entry.Key, map.TextOf("name", findings)?.Text ?? Names.InWords(entry.Key), email?.Text ?? "",
                (map.Has("services") ? map.TextsOf("services", findings) : []).Select(t => t.Text).ToHashSet(), theirs.Select(t => t.Text).ToHashSet(), language?.Text));
        }
        return contractors;
    }

    [GeneratedRegex(@"\(\(([^()]*)\)\)")]
    private static partial Regex Brackets();
}
