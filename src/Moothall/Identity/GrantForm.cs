using System.Collections.Frozen;
using System.Security.Cryptography;
using Moothall.Council;
using Moothall.Definitions;
using NodaTime;
using NodaTime.Text;

namespace Moothall.Identity;

/// <summary>What an administrator typed to give somebody a role for a time or for some services, or a sensitive service by name.</summary>
public sealed record GrantForm(string Role, IReadOnlyList<string> Services, string Sensitive, string From, string Until, string Reason)
{
    /// <summary>The longest time that a role is given for.</summary>
    public static readonly NodaTime.Period Longest = NodaTime.Period.FromYears(1);
    const int LongestReason = 500;

    /// <summary>The grant that the form describes, or what is wrong with it, each with its field.</summary>
    /// <param name="services">The services that are published.</param>
    /// <param name="sensitive">Those of them that are sensitive.</param>
    public (Grant? Grant, string Reason, IReadOnlyList<Fault> Faults) Read(LocalDate today, IReadOnlySet<string> services, IReadOnlySet<string> sensitive)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(sensitive);
        var faults = new List<Fault>();
        void Wrong(string field, Message message) => faults.Add(new Fault(field, field, message));
        Role? role = null;
        if (Role.Length > 0 && ((role = RoleNames.Find(Role)) is null || !ManageStaff.Roles.Contains(role.Value))) Wrong("role", new Message("Choose a role from the list"));
        if (Sensitive.Length > 0 && !sensitive.Contains(Sensitive)) Wrong("sensitive", new Message("Choose a sensitive service from the list"));
        if (Services.Any(s => !services.Contains(s))) Wrong("services", new Message("Choose services from the list"));
        if (Role.Length == 0 == (Sensitive.Length == 0)) Wrong("role", new Message("Choose either a role or a sensitive service"));
        if (Services.Count > 0 && (role is Identity.Role.Administrator or Identity.Role.Designer or Identity.Role.Analyst || Role.Length == 0)) Wrong("services", new Message("Only the roles of advisor, worker and team leader can be for some services"));
        var from = Day(From.Length == 0 ? LocalDatePattern.Iso.Format(today) : From);
        if (from is null) Wrong("from", new Message("Enter the first day, like 6 3 2026"));
        else if (from < today) Wrong("from", new Message("The first day must be today or later"));
        var until = Until.Length == 0 ? null : Day(Until);
        if (Until.Length > 0 && until is null) Wrong("until", new Message("Enter the last day, like 20 3 2026, or leave it empty"));
        else if (until < from) Wrong("until", new Message("The last day must not be before the first"));
        else if (from is { } begins && until > begins + Longest) Wrong("until", new Message("A role is given for a year at most; give it again then"));
        else if (Until.Length == 0 && role is not null && Services.Count == 0) Wrong("until", new Message("Enter the last day. A role without an end, for all services, is ticked under “Change”"));
        var reason = Tidy.Lines(Reason).Trim();
        if (reason.Length == 0) Wrong("reason", new Message("Enter why they need it"));
        else if (Tidy.Length(reason) > LongestReason) Wrong("reason", new Message("Why they need it must be {most} characters or fewer", ("most", LongestReason)));
        return faults.Count > 0 ? (null, reason, faults)
            : (new Grant(NewId(), role, Services.ToFrozenSet(StringComparer.Ordinal), Sensitive.Length > 0 ? Sensitive : null, from!.Value, until), reason, []);
    }

    internal static string NewId() => RandomNumberGenerator.GetHexString(16, lowercase: true);

    // 2026-03-06 as browsers send it, or a day as people write it in numbers.
    static LocalDate? Day(string typed)
    {
        if (LocalDatePattern.Iso.Parse(typed.Trim()) is { Success: true } iso) return iso.Value.Year is >= 2000 and < 2100 ? iso.Value : null;
        var numbers = typed.Split([' ', '/', '.', '-'], StringSplitOptions.RemoveEmptyEntries);
        return numbers.Length == 3 && LocalDatePattern.CreateWithInvariantCulture("d/M/uuuu").Parse(string.Join('/', numbers)) is { Success: true } parsed && parsed.Value.Year is >= 2000 and < 2100 ? parsed.Value : null;
    }
}
