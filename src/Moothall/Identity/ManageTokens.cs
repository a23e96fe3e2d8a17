using Moothall.Council;
using Moothall.Definitions;
using Moothall.Store;
using NodaTime;

namespace Moothall.Identity;

/// <summary>What an administrator typed about a token: whose, what it is for, what it may be used for, and how many days it lasts.</summary>
public sealed record TokenForm(string Member, string Name, IReadOnlyList<string> Scopes, string Days);

/// <summary>
/// What administrators do with the tokens and keys of programs: partners in staff.yaml whose councils are all theirs. A token of a member of staff would let whoever made it act as them, so those
/// are made at the command line only; here they can be seen and ended.
/// </summary>
public sealed class ManageTokens(CouncilFiles council, Caller by, Instant now)
{
    /// <summary>Longest name of a token or key, and most days that a token lasts.</summary>
    public const int LongestName = 60, MostDays = 3650;

    /// <summary>How long the token before still works after another took its place, so that a program can be changed over.</summary>
    public static readonly Duration Overlap = Duration.FromDays(7);

    /// <summary>The programs that an administrator makes tokens for, by name.</summary>
    public IReadOnlyList<Member> Programs => [.. council.Members.Values.Where(m => m.IsPartner && ManageStaff.MayChange(by, m)).OrderBy(m => m.Name, StringComparer.CurrentCulture)];

    /// <summary>Whether an administrator may see and end a token of somebody.</summary>
    public bool MayEnd(string member) => (council.Members.GetValueOrDefault(member) ?? council.Away.GetValueOrDefault(member)) is { } found && ManageStaff.MayChange(by, found);

    /// <summary>Makes a token; it is in the answer this once.</summary>
    public async Task<Result<MadeToken>> Make(Unit unit, TokenForm form)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(form);
        if (!Rights.HasRole(by, Right.Administer)) return Refusal.NotAllowed;
        var faults = new List<Fault>();
        void Wrong(string field, Message why) => faults.Add(new Fault(field, field, why));
        var program = Programs.FirstOrDefault(m => m.Id == form.Member);
        if (program is null) Wrong("member", new Message("Choose the program that the token is for"));
        var name = Tidy.Line(form.Name);
        if (name.Length == 0) Wrong("name", new Message("Enter what the token is for"));
        else if (Tidy.Length(name) > LongestName) Wrong("name", new Message("Name must be {most} characters or fewer", ("most", LongestName)));
        if (form.Scopes.Count == 0) Wrong("scopes", new Message("Choose what the token may be used for"));
        foreach (var scope in form.Scopes)
            if (Scopes.Find(scope) is not { } known) Wrong("scopes", new Message("Choose from the list"));
            else if (program is not null && !Scopes.Fits(council, program, known)) Wrong("scopes", new Message("{name} has no role for “{scope}”. Give it the role in staff.yaml first, or leave this out", ("name", program.Name), ("scope", known.Words)));
        if (!int.TryParse(form.Days, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var days) || days is < 1 or > MostDays) Wrong("days", new Message("Days must be a whole number between 1 and {most}", ("most", MostDays)));
        if (faults.Count > 0) return Refusal.Invalid([.. faults.Distinct()]);
        return await Tokens.Make(unit, new NewToken(program!.Id, now) { Name = name, Scopes = Line(form.Scopes), Lasts = Duration.FromDays(days), By = AuditBy.Of(by) });
    }

    /// <summary>Makes another token in place of one, which still works for <see cref="Overlap"/>.</summary>
    public async Task<Result<MadeToken>> Rotate(Unit unit, string id)
    {
        ArgumentNullException.ThrowIfNull(unit);
        if (!Rights.HasRole(by, Right.Administer)) return Refusal.NotAllowed;
        if (await Tokens.Find(unit, id, now) is not { } token || !MayEnd(token.Member)) return Refusal.NotFound;
        if (council.Members.GetValueOrDefault(token.Member) is not { IsPartner: true }) return Refusal.Invalid("This is the token of a member of staff. Make another at the command line: moothall token rotate");
        return await Tokens.Rotate(unit, token, AuditBy.Of(by), Overlap, now);
    }

    /// <summary>Ends a token at once.</summary>
    public async Task<Result<KeptToken>> End(Unit unit, string id)
    {
        ArgumentNullException.ThrowIfNull(unit);
        if (!Rights.HasRole(by, Right.Administer)) return Refusal.NotAllowed;
        if (await Tokens.Find(unit, id, now) is not { } token || !MayEnd(token.Member)) return Refusal.NotFound;
        await Tokens.End(unit, token, AuditBy.Of(by), now);
        return token;
    }

    /// <summary>Registers the public key of a program.</summary>
    public async Task<Result<ClientKey>> Register(Unit unit, string member, string typed)
    {
        ArgumentNullException.ThrowIfNull(unit);
        if (!Rights.HasRole(by, Right.Administer)) return Refusal.NotAllowed;
        if (Programs.FirstOrDefault(m => m.Id == member) is null) return Refusal.Invalid([new Fault("member", "member", new Message("Choose the program that the key is of"))]);
        var (key, why) = PublicKey.Read(typed);
        if (key is null) return Refusal.Invalid([new Fault("key", "key", why!)]);
        return await ClientKeys.Add(unit, member, key, AuditBy.Of(by), now) is { } added ? added : Refusal.Invalid([new Fault("key", "key", new Message("This key is registered already"))]);
    }

    /// <summary>Ends a key: the program fetches no token with it any more. Those that it fetched are over within minutes.</summary>
    public async Task<Result<ClientKey>> EndKey(Unit unit, string id)
    {
        ArgumentNullException.ThrowIfNull(unit);
        if (!Rights.HasRole(by, Right.Administer)) return Refusal.NotAllowed;
        if (await ClientKeys.Find(unit, id) is not { } key || !MayEnd(key.Member)) return Refusal.NotFound;
        await ClientKeys.End(unit, key, AuditBy.Of(by), now);
        return key;
    }

    static string Line(IEnumerable<string> scopes) => string.Join(' ', scopes.Distinct().Order(StringComparer.Ordinal));
}
