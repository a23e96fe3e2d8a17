using System.Globalization;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Store;
using NodaTime;

namespace Moothall.Identity;

/// <summary>
/// Joiners, movers and leavers as the council's own directory tells them. They are the people of the desk (<see cref="ManageStaff"/>): what holds there holds here, within the councils
/// that the directory is for. Whoever is not active, or gone, has no session, passkey, invitation or token from that moment on.
/// </summary>
public sealed class DirectoryPeople(CouncilFiles folder, Caller by, Instant now)
{
    /// <summary>Longest name to sign in with, and longest id of the directory's own.</summary>
    public const int LongestUserName = 200;

    /// <summary>Everybody whom a directory may see, in the order of their ids.</summary>
    public static async Task<IReadOnlyList<DirectoryUser>> All(Session session, CouncilFiles council, Caller by)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(council);
        var rows = (await DirectoryRow.All(session)).ToDictionary(r => r.Member, StringComparer.Ordinal);
        return [.. (await People.All(session, council)).Where(e => IsSeen(by, e, rows.GetValueOrDefault(e.Member.Id))).OrderBy(e => e.Member.Id, StringComparer.Ordinal)
            .Select(e => As(e, rows.GetValueOrDefault(e.Member.Id), council))];
    }

    /// <summary>One of them by id; null when there is none, or not for this directory.</summary>
    public static async Task<DirectoryUser?> Find(Session session, CouncilFiles council, Caller by, string id)
    {
        ArgumentNullException.ThrowIfNull(session);
        var (entry, row) = (await People.Find(session, council, id), await DirectoryRow.OfMember(session, id));
        return entry is not null && IsSeen(by, entry, row) ? As(entry, row, council) : null;
    }

    /// <summary>One of them by the name that they sign in with.</summary>
    public static async Task<DirectoryUser?> FindByUserName(Session session, CouncilFiles council, Caller by, string userName)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(council);
        if (await DirectoryRow.OfUserName(session, userName) is { } row) return await Find(session, council, by, row.Member);
        // Of whom the directory has not spoken yet, the address is the name. The people of a council are in memory.
        foreach (var member in council.Members.Values.Concat(council.Away.Values).Where(m => !m.IsPartner && string.Equals(m.Email ?? m.Id, userName, StringComparison.OrdinalIgnoreCase)))
            if (await DirectoryRow.OfMember(session, member.Id) is null) return await Find(session, council, by, member.Id);
        return null;
    }

    /// <summary>One of them by the directory's own id.</summary>
    public static async Task<DirectoryUser?> FindByExternalId(Session session, CouncilFiles council, Caller by, string externalId)
    {
        ArgumentNullException.ThrowIfNull(session);
        return await DirectoryRow.OfExternalId(session, externalId) is { } row ? await Find(session, council, by, row.Member) : null;
    }

    /// <summary>Somebody joins. Whoever was taken out of the directory before and has the same name comes back.</summary>
    public async Task<DirectoryResult<DirectoryUser>> Join(Unit unit, DirectoryUserForm form)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(form);
        if (WhyNot(form) is { } wrong) return Invalid(wrong);
        var council = (await PeopleRows.Read(unit)).Over(folder);
        var row = await DirectoryRow.OfUserName(unit, form.UserName);
        if (row is { Deleted: not null })
        {
            if (await People.Find(unit, council, row.Member) is not { } gone || !ManageStaff.MayChange(by, gone.Member, Right.KeepPeople)) return Taken();
            await (row with { Deleted = null }).Write(unit);
            return await Move(unit, row.Member, null, form);
        }
        if (row is not null || await FindByUserName(unit, council, by, form.UserName) is not null) return Taken();
        var added = await Staff.Add(unit, new StaffForm(form.Name, form.Email ?? "", form.Roles, [.. Rights.AuthoritiesFor(by, Right.KeepPeople)], []));
        if (added.Value is not { } entry) return DirectoryResult.Refused<DirectoryUser>(added.Refusal!);
        await new DirectoryRow(entry.Member.Id, DirectoryRow.Folded(form.UserName), form.ExternalId, form.GivenName, form.FamilyName, now, now, null, 1).Write(unit);
        if (!form.IsActive && (await Staff.Set(unit, entry.Member.Id, entry.Version, StaffState.Suspended)).Refusal is { } no) return DirectoryResult.Refused<DirectoryUser>(no);
        return (await Find(unit, (await PeopleRows.Read(unit)).Over(folder), by, entry.Member.Id))!;
    }

    /// <summary>Somebody is called otherwise, does something else, comes back or is not active any more.</summary>
    /// <param name="seen">The version that the directory saw; null where it did not say.</param>
    public async Task<DirectoryResult<DirectoryUser>> Move(Unit unit, string id, string? seen, DirectoryUserForm form)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(form);
        var council = (await PeopleRows.Read(unit)).Over(folder);
        if (await Find(unit, council, by, id) is not { } user) return NotFound();
        if (seen is not null && seen != user.Version) return DirectoryResult.Changed<DirectoryUser>();
        if (WhyNot(form) is { } wrong) return Invalid(wrong);
        if (!string.Equals(form.UserName, user.UserName, StringComparison.OrdinalIgnoreCase) && await FindByUserName(unit, council, by, form.UserName) is { } other && other.Id != id) return Taken();
        if (await DirectoryRow.OfUserName(unit, form.UserName) is { } taken && taken.Member != id) return Taken();
        var entry = (await People.Find(unit, council, id))!;
        var wanted = StaffForm.Of(entry.Member) with { Name = form.Name, Email = form.Email ?? "", Roles = form.Roles };
        if (IsOther(StaffForm.Of(entry.Member), wanted))
        {
            var changed = await Staff.Change(unit, id, entry.Version, wanted);
            if (changed.Value is not { } after) return DirectoryResult.Refused<DirectoryUser>(changed.Refusal!);
            entry = after;
        }
        if (form.IsActive != user.IsActive && (await Staff.Set(unit, id, entry.Version, form.IsActive ? StaffState.Works : StaffState.Suspended)).Refusal is { } no) return DirectoryResult.Refused<DirectoryUser>(no);
        var row = await DirectoryRow.OfMember(unit, id);
        var next = new DirectoryRow(id, DirectoryRow.Folded(form.UserName), form.ExternalId, form.GivenName, form.FamilyName, row?.Made ?? now, now, null, (row?.Version ?? 0) + 1);
        if (row is null || row with { Changed = now, Version = next.Version } != next) await next.Write(unit);
        return (await Find(unit, (await PeopleRows.Read(unit)).Over(folder), by, id))!;
    }

    /// <summary>Somebody has left: for the directory they are no more.</summary>
    public async Task<DirectoryResult<DirectoryUser>> Leave(Unit unit, string id, string? seen)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var council = (await PeopleRows.Read(unit)).Over(folder);
        if (await Find(unit, council, by, id) is not { } user) return NotFound();
        if (seen is not null && seen != user.Version) return DirectoryResult.Changed<DirectoryUser>();
        var entry = (await People.Find(unit, council, id))!;
        if ((await Staff.Set(unit, id, entry.Version, StaffState.Left)).Refusal is { } no) return DirectoryResult.Refused<DirectoryUser>(no);
        var row = await DirectoryRow.OfMember(unit, id) ?? new DirectoryRow(id, DirectoryRow.Folded(user.UserName), null, null, null, now, now, null, 0);
        await (row with { Deleted = now, Changed = now, Version = row.Version + 1 }).Write(unit);
        return user;
    }

    ManageStaff Staff => new(folder, by, now, Right.KeepPeople);

    static bool IsSeen(Caller by, StaffEntry entry, DirectoryRow? row) => row?.Deleted is null && entry.Member.Authorities.Count > 0 && ManageStaff.MaySee(by, entry.Member, Right.KeepPeople);

    static DirectoryUser As(StaffEntry entry, DirectoryRow? row, CouncilFiles council) => new(entry.Member.Id, row?.UserName ?? (entry.Member.Email ?? entry.Member.Id).ToLowerInvariant(), row?.ExternalId,
        entry.Member.Name, row?.GivenName, row?.FamilyName, entry.Member.Email, entry.State == StaffState.Works, [.. entry.Member.Roles.Order().Select(RoleNames.Of)],
        [.. entry.Member.Teams.Select(t => council.Teams.GetValueOrDefault(t)).OfType<Team>().OrderBy(t => t.Id, StringComparer.Ordinal)],
        string.Create(CultureInfo.InvariantCulture, $"{entry.Version}.{row?.Version ?? 0}"), row?.Made, row?.Changed);

    static bool IsOther(StaffForm is_, StaffForm wanted) => is_.Name != wanted.Name || is_.Email != wanted.Email || !is_.Roles.ToHashSet().SetEquals(wanted.Roles);

    static Message? WhyNot(DirectoryUserForm form) =>
        form.UserName.Trim().Length is 0 or > LongestUserName ? new Message("“userName” must be 1 to {most} characters", ("most", LongestUserName))
        : form.ExternalId?.Length > LongestUserName ? new Message("“externalId” must be {most} characters or fewer", ("most", LongestUserName))
        : form.Roles.FirstOrDefault(r => RoleNames.Find(r) is null) is { } unknown ? new Message("There is no role “{role}”. Known: {known}", ("role", unknown), ("known", string.Join(", ", RoleNames.All))) : null;

    static DirectoryResult<DirectoryUser> NotFound() => new(null, DirectoryFault.NotFound, null);
    static DirectoryResult<DirectoryUser> Taken() => new(null, DirectoryFault.Taken, new Message("Somebody has this “userName” already."));
    static DirectoryResult<DirectoryUser> Invalid(Message why) => new(null, DirectoryFault.Invalid, why);
}
