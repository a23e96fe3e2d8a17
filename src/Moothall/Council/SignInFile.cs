using System.Net;
using Moothall.Definitions;
using Moothall.Identity;

namespace Moothall.Council;

/// <summary>
/// Reads sign-in.yaml: who says who somebody is. A council needs none: its staff have passkeys then, and its residents need no account. A profile fills in what all
/// councils write alike.
/// </summary>
sealed class SignInFile(IReadOnlyCollection<string> authorities, IReadOnlyDictionary<string, Team> teams, FindingList findings)
{
    const string OneLogin = "gov-uk-one-login";
    static readonly string[] Keys = ["for", "profile", "title", "authorities", "issuer", "client", "scopes", "user-info", "signing", "claims", "known-by", "groups", "joiners", "two-factor", "medium"];
    static readonly string[] ClaimKeys = ["email", "name", "username", "groups", "trust-email"];
    static readonly string[] GroupKeys = ["roles", "authorities", "teams"];
    static readonly string[] Signings = ["RS256", "PS256", "ES256"];
    static readonly string[] StaffKeys = ["known-by", "groups", "joiners"];

    public List<SignInProvider> Read(YamlMap? file)
    {
        var providers = new List<SignInProvider>();
        file?.Only(findings, ["providers"]);
        file?.Need("providers", "providers:", findings);
        foreach (var entry in file?.MapOf("providers", findings)?.Things(new Message("the name of a provider"), Keys, findings) ?? [])
        {
            if (entry.Value is not YamlMap map)
                findings.Error(entry.Place, new Message("provider `{key}` needs `for`, an issuer and a client on the lines below it", ("key", entry.Key)));
            else if (ReadProvider(entry, map) is { } provider) providers.Add(provider);
        }
        return providers;
    }

    SignInProvider? ReadProvider(YamlEntry entry, YamlMap map)
    {
        map.Only(findings, Keys);
        map.Need("for", "for: staff", findings).Need("issuer", "issuer: https://login.council.example", findings).Need("client", "client: moothall", findings);
        var isOneLogin = ReadProfile(map);
        if (!isOneLogin) map.Need("title", "title: Northshire account", findings);
        var whom = ReadFor(map);
        if (isOneLogin && whom == SignInFor.Staff) findings.Error(map.Find("for")!.Value.Place, new Message("GOV.UK One Login is for residents; write `for: residents`"));
        if (whom == SignInFor.Residents)
            foreach (var key in StaffKeys.Where(map.Has)) findings.Error(map.Find(key)!.Place, new Message("`{key}` is for staff, and `{provider}` is for residents; take it out", ("key", key), ("provider", entry.Key)));
        var theirs = map.Has("authorities") ? Known(map, "authorities", NoAuthority, authorities) : [.. authorities];
        var signing = OneOf(map, "signing", isOneLogin ? ["RS256", "PS256"] : Signings);
        var usual = isOneLogin ? ["email"] : new[] { "profile", "email" };
        var (issuer, client) = (ReadIssuer(map), map.TextOf("client", findings)?.Text);
        var groups = ReadGroups(map, theirs);
        var joiners = map.YesNoOf("joiners", findings) ?? false;
        if (joiners && groups.Count == 0) findings.Error(map.Find("joiners")!.Place, new Message("nobody can join without a group that gives a role; write `groups`, or take `joiners` out"));
        if (issuer is null || client is null || whom is null) return null;
        return new(entry.Key, whom.Value, issuer, client)
        {
            Title = map.ProseOf("title", findings) ?? (isOneLogin ? new Prose("GOV.UK One Login") { Place = entry.Place } : Names.Label(entry.Key, entry.Place)),
            Authorities = theirs, Scopes = map.Has("scopes") ? [.. map.TextsOf("scopes", findings).Select(t => t.Text).Where(s => s != "openid")] : usual,
            UserInfo = map.YesNoOf("user-info", findings) ?? isOneLogin, Signing = signing, Claims = ReadClaims(map), KnownBy = ReadKnownBy(map), Groups = groups, Joiners = joiners,
            Levels = ReadLevels(map, isOneLogin),
        };
    }

    bool ReadProfile(YamlMap map) => OneOf(map, "profile", [OneLogin]) is not null;

    SignInFor? ReadFor(YamlMap map) => OneOf(map, "for", ["staff", "residents"]) switch { "staff" => SignInFor.Staff, "residents" => SignInFor.Residents, _ => null };

    string? OneOf(YamlMap map, string key, string[] known)
    {
        if (map.TextOf(key, findings) is not { } text) return null;
        if (known.Contains(text.Text)) return text.Text;
        findings.Error(text.Place, new Message("`{key}` is one of {known}, and `{text}` is not", ("key", key), ("known", DidYouMean.List(known)), ("text", text.Text)).With(DidYouMean.Ending(text.Text, known)));
        return null;
    }

    // An issuer is compared letter by letter with what the provider says, so that a slash at its end counts.
    string? ReadIssuer(YamlMap map)
    {
        if (map.TextOf("issuer", findings) is not { } text) return null;
        if (!Uri.TryCreate(text.Text, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http") || address.Query.Length > 0 || address.Fragment.Length > 0 || address.UserInfo.Length > 0)
            findings.Error(text.Place, new Message("`{address}` is not the address of a provider; write it as the provider does, like `{example}`", ("address", text.Text), ("example", "https://login.council.example")));
        else if (address.Scheme == "http" && !IsThisMachine(address))
            findings.Error(text.Place, new Message("a provider is asked over https only; write the address with https://"));
        else if (address.Host == "login.microsoftonline.com" && (address.AbsolutePath.StartsWith("/common", StringComparison.Ordinal) || address.AbsolutePath.StartsWith("/organizations", StringComparison.Ordinal) || address.AbsolutePath.StartsWith("/consumers", StringComparison.Ordinal)))
            findings.Error(text.Place, new Message("this address lets in people of any organisation; write the one with your own directory’s id in it"));
        else return text.Text;
        return null;
    }

    static bool IsThisMachine(Uri address) => address.Host == "localhost" || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));

    ProviderClaims ReadClaims(YamlMap map)
    {
        var usual = new ProviderClaims();
        if (!map.Has("claims") || map.MapOf("claims", findings) is not { } claims) return usual;
        claims.Only(findings, ClaimKeys);
        string Of(string key, string otherwise) => claims.TextOf(key, findings)?.Text ?? otherwise;
        return new(Of("email", usual.Email), Of("name", usual.Name), Of("username", usual.Username), Of("groups", usual.Groups), claims.YesNoOf("trust-email", findings) ?? false);
    }

    List<string> ReadKnownBy(YamlMap map) =>
        map.Has("known-by") ? Known(map, "known-by", way => new Message("staff are known by `email` or `username`, not by `{way}`", ("way", way)), [SignInProvider.ByEmail, SignInProvider.ByUsername]) : [SignInProvider.ByEmail];

    List<GroupGrant> ReadGroups(YamlMap map, IReadOnlyCollection<string> theirs)
    {
        var groups = new List<GroupGrant>();
        foreach (var entry in map.Has("groups") ? map.MapOf("groups", findings)?.Entries ?? [] : [])
        {
            if (entry.Value is not YamlMap grant)
            {
                findings.Error(entry.Place, new Message("group `{key}` needs roles and authorities on the lines below it", ("key", entry.Key)));
                continue;
            }
            grant.Only(findings, GroupKeys);
            grant.Need("roles", "roles: [worker]", findings).Need("authorities", "authorities: [my-council]", findings);
            var roles = Known(grant, "roles", role => new Message("no role is called `{name}`", ("name", role)), RoleNames.All).Select(r => RoleNames.Find(r)!.Value).ToHashSet();
            foreach (var role in roles.Where(r => !ManageStaff.Roles.Contains(r)))
                findings.Error(grant.Find("roles")!.Value.Place, new Message("the role `{role}` is for programs and no group gives it", ("role", RoleNames.Of(role))));
            var forThese = Known(grant, "authorities", NoAuthority, authorities);
            foreach (var other in forThese.Where(a => !theirs.Contains(a)))
                findings.Error(grant.Find("authorities")!.Value.Place, new Message("`{authority}` is none of this provider’s authorities, so none of its groups gives a role there", ("authority", other)));
            var inTeams = grant.Has("teams") ? Known(grant, "teams", team => new Message("no team is called `{name}`", ("name", team)), [.. teams.Keys]) : [];
            foreach (var team in inTeams.Where(t => forThese.Count > 0 && !teams[t].Authorities.Any(forThese.Contains)))
                findings.Error(grant.Find("teams")!.Value.Place, new Message("team `{team}` works for none of the authorities that group `{group}` gives", ("team", team), ("group", entry.Key)));
            groups.Add(new(entry.Key, roles, forThese.ToHashSet(), inTeams.ToHashSet()));
        }
        return groups;
    }

    ProviderLevels? ReadLevels(YamlMap map, bool isOneLogin)
    {
        var (medium, two) = (map.TextOf("medium", findings), map.TextOf("two-factor", findings));
        if (isOneLogin)
        {
            foreach (var given in new[] { medium, two }.OfType<YamlText>()) findings.Error(given.Place, new Message("the profile says how GOV.UK One Login is asked; take this out"));
            return new(true, "Cl", "Cl.Cm");
        }
        if (two is null)
        {
            if (medium is not null) findings.Error(medium.Place, new Message("`medium` has no `two-factor` beside it; write both as the provider calls them (acr), or neither"));
            return null;
        }
        return new(false, medium?.Text ?? "", two.Text);
    }

    static Message NoAuthority(string name) => new Message("no authority is called `{name}`", ("name", name));

    List<string> Known(YamlMap map, string key, Func<string, Message> unknown, IReadOnlyCollection<string> known)
    {
        var found = new List<string>();
        foreach (var text in map.Has(key) ? map.TextsOf(key, findings) : [])
            if (known.Contains(text.Text)) found.Add(text.Text);
            else findings.Error(text.Place, unknown(text.Text).With(DidYouMean.Ending(text.Text, known)));
        return found;
    }
}
