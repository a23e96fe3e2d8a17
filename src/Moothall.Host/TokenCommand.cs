using System.CommandLine;
using System.Globalization;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Store;
using NodaTime;

namespace Moothall.Host;

/// <summary>`moothall token create|list|rotate|end|key`: tokens and keys of programs. A token is printed once.</summary>
static class TokenCommand
{
    public static Command Make() => new("token", Phrases.Mark("Tokens with which programs use the API.")) { Create(), List(), Rotate(), End(), Key() };

    static Option<string> Who() => new("--as") { Description = Phrases.Mark("The id of a member of staff or a partner in council/staff.yaml."), Required = true };
    static Argument<string> Which() => new Argument<string>("id") { Description = Phrases.Mark("The id of the token, as “moothall token list” shows it.") }.NoOption();

    static Command Create()
    {
        var who = Who();
        var expires = new Option<int?>("--expires") { Description = Phrases.Mark("Days until the token expires. Default: 365.") };
        var scopes = new Option<string[]>("--scope") { Description = Phrases.Mark("What it may be used for; may be given several times. Without any: all that they may do, except to change people."), AllowMultipleArgumentsPerToken = true };
        var name = new Option<string?>("--name") { Description = Phrases.Mark("What it is for, for the list.") };
        var create = new Command("create", Phrases.Mark("Prints a bearer token for a program, once; only its hash is stored.")) { who, expires, scopes, name, CommandLine.Data, CommandLine.Database, CommandLine.Council };
        create.SetAction(async (parsed, cancel) =>
        {
            var settings = Settings.From(parsed);
            var folder = settings.ReadCouncil();
            var member = parsed.GetValue(who)!;
            var days = parsed.GetValue(expires) ?? 365;
            if (days is < 1 or > ManageTokens.MostDays) throw new CommandRefused(new Message("--expires must be between 1 and 3650 days."));
            await using var database = await settings.OpenStore();
            var council = await People.Over(database, folder);
            if (!council.Members.TryGetValue(member, out var found)) throw new CommandRefused(Nobody(council, settings, member, partnersToo: true));
            var wanted = parsed.GetValue(scopes) ?? [];
            foreach (var scope in wanted)
                if (Scopes.Find(scope) is not { } known) throw new CommandRefused(new Message("There is no scope “{scope}”. Known: {known}.", ("scope", scope), ("known", string.Join(", ", Scopes.All.Select(s => s.Name)))));
                else if (!Scopes.Fits(council, found, known)) throw new CommandRefused(new Message("“{member}” has no role for the scope “{scope}”. Give the role in staff.yaml first.", ("member", member), ("scope", scope)));
            var token = new NewToken(member, Now) { Detail = CommandAudit.Who, Lasts = Duration.FromDays(days), Name = parsed.GetValue(name), Scopes = wanted.Length == 0 ? null : string.Join(' ', wanted.Distinct().Order(StringComparer.Ordinal)) };
            Console.WriteLine((await database.Commit(unit => Tokens.Make(unit, token), cancel)).Token);
            return 0;
        });
        return create;
    }

    static Command List()
    {
        var who = Who();
        who.Required = false;
        var list = new Command("list", Phrases.Mark("Lists the tokens that count: id, whose, what for, scopes, when it ends.")) { who, CommandLine.Data, CommandLine.Database };
        list.SetAction(async (parsed, cancel) =>
        {
            await using var database = await Settings.From(parsed).OpenStore();
            var only = parsed.GetValue(who);
            foreach (var token in (await database.Read(session => Tokens.All(session, Now), cancel)).Where(t => only is null || t.Member == only))
                Console.WriteLine(string.Join('\t', token.Id, token.Member, token.Name ?? "-", token.Scopes ?? "*", token.Expires?.ToString("uuuu'-'MM'-'dd", CultureInfo.InvariantCulture) ?? "-"));
            return 0;
        });
        return list;
    }

    static Command Rotate()
    {
        var which = Which();
        var overlap = new Option<int?>("--overlap") { Description = Phrases.Mark("Days for which the token before still works. Default: 7; 0 ends it at once.") };
        var rotate = new Command("rotate", Phrases.Mark("Prints another token in place of one, once, with the same scopes and length.")) { which, overlap, CommandLine.Data, CommandLine.Database };
        rotate.SetAction(async (parsed, cancel) =>
        {
            var days = parsed.GetValue(overlap) ?? (int)ManageTokens.Overlap.TotalDays;
            if (days is < 0 or > 90) throw new CommandRefused(new Message("--overlap must be between 0 and 90 days."));
            await using var database = await Settings.From(parsed).OpenStore();
            var made = await database.Commit(async unit => await Tokens.Find(unit, parsed.GetValue(which)!, Now) is { } token ? await Tokens.Rotate(unit, token, AuditBy.CommandLine, Duration.FromDays(days), Now, CommandAudit.Who) : null, cancel);
            Console.WriteLine((made ?? throw new CommandRefused(NoToken(parsed.GetValue(which)!))).Token);
            return 0;
        });
        return rotate;
    }

    static Command End()
    {
        var which = Which();
        var end = new Command("end", Phrases.Mark("Ends a token. A node that used it just now follows within five seconds.")) { which, CommandLine.Data, CommandLine.Database };
        end.SetAction(async (parsed, cancel) =>
        {
            await using var database = await Settings.From(parsed).OpenStore();
            var ended = await database.Commit(async unit =>
            {
                if (await Tokens.Find(unit, parsed.GetValue(which)!, Now) is not { } token) return false;
                await Tokens.End(unit, token, AuditBy.CommandLine, Now, CommandAudit.Who);
                return true;
            }, cancel);
            if (!ended) throw new CommandRefused(NoToken(parsed.GetValue(which)!));
            return 0;
        });
        return end;
    }

    static Command Key()
    {
        var who = Who();
        var file = new Argument<string>("file") { Description = Phrases.Mark("The public key, as JWK or as PEM.") }.NoOption();
        var key = new Command("key", Phrases.Mark("Registers the public key with which a program fetches tokens at /oauth/token, and prints its id.")) { file, who, CommandLine.Data, CommandLine.Database, CommandLine.Council };
        key.SetAction(async (parsed, cancel) =>
        {
            var settings = Settings.From(parsed);
            var folder = settings.ReadCouncil();
            var (member, path) = (parsed.GetValue(who)!, parsed.GetValue(file)!);
            if (!File.Exists(path)) throw new CommandRefused(new Message("There is no file “{file}”.", ("file", path)));
            await using var database = await settings.OpenStore();
            var council = await People.Over(database, folder);
            if (!council.Members.TryGetValue(member, out var found)) throw new CommandRefused(Nobody(council, settings, member, partnersToo: true));
            if (!found.IsPartner) throw new CommandRefused(new Message("“{member}” is a member of staff. Only partners, which are programs, fetch tokens with a key.", ("member", member)));
            var (read, why) = PublicKey.Read(await File.ReadAllTextAsync(path, cancel));
            if (read is null) throw new CommandRefused(why!);
            var added = await database.Commit(unit => ClientKeys.Add(unit, member, read, AuditBy.CommandLine, Now, CommandAudit.Who), cancel);
            Console.WriteLine((added ?? throw new CommandRefused(new Message("This key is registered already"))).Id);
            return 0;
        });
        return key;
    }

    static Instant Now => SystemClock.Instance.GetCurrentInstant();

    static Message NoToken(string id) => new("No token that counts has the id “{id}”. “moothall token list” shows them.", ("id", id));

    /// <summary>Nobody has this id: where ids stand, and which are known.</summary>
    internal static Message Nobody(CouncilFiles council, Settings settings, string name, bool partnersToo) =>
        new Message("Nobody is called “{name}” in {file} or at the desk. Known: {known}.", ("name", name), ("file", Path.Combine(settings.Council, "staff.yaml")),
            ("known", string.Join(", ", council.Members.Values.Where(m => partnersToo || !m.IsPartner).Select(m => m.Id).Order())));
}
