using System.Globalization;
using System.Text;
using Moothall.Council;
using Moothall.Definitions;

namespace Moothall.Identity;

/// <summary>What an administrator typed about a member of staff: a name, an address, and which roles, authorities and teams are ticked.</summary>
public sealed record StaffForm(string Name, string Email, IReadOnlyList<string> Roles, IReadOnlyList<string> Authorities, IReadOnlyList<string> Teams)
{
    const int LongestName = 100;

    /// <summary>What a member's form shows before anything is typed.</summary>
    public static StaffForm Of(Member member)
    {
        ArgumentNullException.ThrowIfNull(member);
        return new(member.Name, member.Email ?? "", [.. member.Roles.Select(RoleNames.Of)], [.. member.Authorities], [.. member.Teams]);
    }

    /// <summary>An e-mail address in its tidy form, or null when it is none.</summary>
    public static string? EmailOf(string typed) => EmailType.Find(Tidy.Line(typed ?? ""));

    /// <summary>The member that the form describes, or what is wrong with it, each with its field.</summary>
    /// <param name="teamsLater">Whether somebody may be without the team that their role needs, because they are put into it afterwards.</param>
    public (Member? Member, IReadOnlyList<Fault> Faults) Read(string id, CouncilFiles council, bool teamsLater = false)
    {
        ArgumentNullException.ThrowIfNull(council);
        var faults = new List<Fault>();
        void Wrong(string field, Message message) => faults.Add(new Fault(field, field, message));
        var (name, address) = (Tidy.Line(Name), Tidy.Line(Email));
        if (name.Length == 0) Wrong("name", new Message("Enter their name"));
        else if (Tidy.Length(name) > LongestName) Wrong("name", new Message("Name must be {most} characters or fewer", ("most", LongestName)));
        var email = address.Length == 0 ? null : EmailOf(address);
        if (address.Length > 0 && email is null) Wrong("email", new Message("Enter an email address in the correct format, like name@example.com"));
        var roles = new HashSet<Role>();
        foreach (var role in Roles)
            if (RoleNames.Find(role) is { } known) roles.Add(known);
            else Wrong("roles", new Message("Choose roles from the list"));
        if (Authorities.Any(a => council.FindAuthority(a) is null)) Wrong("authorities", new Message("Choose councils from the list"));
        if (roles.Count > 0 && Authorities.Count == 0) Wrong("authorities", new Message("Choose the councils they work for"));
        foreach (var team in Teams)
            if (!council.Teams.TryGetValue(team, out var found)) Wrong("teams", new Message("Choose teams from the list"));
            else if (Authorities.Count > 0 && !found.Authorities.Any(Authorities.Contains)) Wrong("teams", new Message("{team} works for no council that you chose. Choose its council too, or leave the team out", ("team", found.Name)));
        if (!teamsLater && roles.Overlaps([Role.Worker, Role.TeamLeader]) && Teams.Count == 0) Wrong("teams", new Message("Choose a team: workers and team leaders work the cases of their teams"));
        return faults.Count > 0 ? (null, [.. faults.Distinct()]) : (new Member(id, name, roles, Authorities.ToHashSet(), Teams.ToHashSet(), false) { Email = email }, []);
    }

    /// <summary>An id made of a name, as staff.yaml writes them, that nobody has had: `tomasz-zielinski`.</summary>
    public static string NewId(string name, Predicate<string> isTaken)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(isTaken);
        var letters = new StringBuilder();
        foreach (var c in name.Normalize(NormalizationForm.FormD))
            if (char.IsAsciiLetterOrDigit(c)) letters.Append(char.ToLowerInvariant(c));
            else if (c is 'ł' or 'Ł') letters.Append('l');
            else if (c is 'ø' or 'Ø') letters.Append('o');
            else if (c is 'đ' or 'Đ') letters.Append('d');
            else if (CharUnicodeInfo.GetUnicodeCategory(c) is not UnicodeCategory.NonSpacingMark && letters is [.., not '-']) letters.Append('-');
        if (letters.Length > 50) letters.Length = 50;
        var stem = letters.ToString().Trim('-');
        if (stem.Length == 0) stem = "staff";
        for (var number = 1; ; number++)
        {
            var id = number == 1 ? stem : string.Create(CultureInfo.InvariantCulture, $"{stem}-{number}");
            if (!isTaken(id)) return id;
        }
    }
}
