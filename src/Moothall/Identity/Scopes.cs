using System.Collections.Frozen;
using System.Collections.Immutable;
using Moothall.Council;
using Moothall.Definitions;

namespace Moothall.Identity;

/// <summary>One thing that a token may be used for, with the rights that it carries.</summary>
/// <param name="Name">What it is called in tokens and at `/oauth/token`.</param>
/// <param name="Rights">What it carries; the first is what it is for.</param>
/// <param name="Words">What it lets a program do, for whoever gives it.</param>
public sealed record Scope(string Name, IReadOnlyList<Right> Rights, Message Words);

/// <summary>
/// What tokens may be used for. A scope gives nothing: whoever's token it is must have the right too. A token without scopes does all that its member may,
/// except to change people, which takes the scope by name.
/// </summary>
public static class Scopes
{
    /// <summary>The scope of a council's directory.</summary>
    public const string Directory = "scim";

    public static IReadOnlyList<Scope> All { get; } =
    [
        new("cases.read", [Right.ReadCases], new Message("Read cases")),
        new("cases.work", [Right.WorkCases, Right.ReadCases, Right.LeadTeam], new Message("Take actions on cases")),
        new("cases.send", [Right.SubmitForOthers, Right.RecordContacts], new Message("Send services for others and note contacts")),
        new("history", [Right.ImportHistory], new Message("Bring in history")),
        new("mail", [Right.ReturnMail], new Message("Hand in mails that came back")),
        new(Directory, [Right.KeepPeople], new Message("Bring joiners, movers and leavers from the council’s directory")),
    ];

    static readonly FrozenDictionary<string, Scope> ByName = All.ToFrozenDictionary(s => s.Name, StringComparer.Ordinal);

    /// <summary>The scope of that name, or null.</summary>
    public static Scope? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>Whether a token of a member could use a scope at all.</summary>
    public static bool Fits(CouncilFiles council, Member member, Scope scope)
    {
        ArgumentNullException.ThrowIfNull(council);
        ArgumentNullException.ThrowIfNull(member);
        ArgumentNullException.ThrowIfNull(scope);
        var caller = Caller.Of(council, member, null) with { Only = scope.Rights.ToImmutableHashSet() };
        return Identity.Rights.HasRole(caller, scope.Rights[0]);
    }

    /// <summary>The rights of some scopes as they stand in a token; null where a token has none and is not limited.</summary>
    public static IReadOnlySet<Right>? RightsOf(string? scopes) =>
        scopes is null ? null : Words(scopes).Select(Find).OfType<Scope>().SelectMany(s => s.Rights).ToImmutableHashSet();

    /// <summary>The names in a line of scopes.</summary>
    public static string[] Words(string scopes)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        return scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }
}
