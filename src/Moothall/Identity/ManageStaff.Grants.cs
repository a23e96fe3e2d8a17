using System.Collections.Frozen;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Store;

namespace Moothall.Identity;

/// <summary>
/// Roles for a time or for some services, and sensitive services by name. The strong ones (administrator, and whatever shows sensitive cases) are asked by one administrator and given by
/// another: nobody decides what they asked for, or what is for themselves.
/// </summary>
public sealed partial class ManageStaff
{
    /// <summary>Gives somebody something, or asks for it where it is strong.</summary>
    /// <param name="services">The services that are published, and those of them that are sensitive.</param>
    public async Task<Result<GrantEntry>> Give(Unit unit, string id, GrantForm form, IReadOnlySet<string> services, IReadOnlySet<string> sensitive)
    {
        ArgumentNullException.ThrowIfNull(form);
        var (rows, council, caller) = await Look(unit);
        if (Find(rows, council, id) is not { } entry || !MaySee(caller, entry.Member)) return Refusal.NotFound;
        if (!MayChange(caller, entry.Member)) return NotTheirs(entry.Member);
        if (id == caller.Id) return Refusal.Invalid("You cannot give yourself anything. Ask another administrator.");
        if (entry.State != StaffState.Works) return Refusal.Invalid("{name} does not work here now. Take them back first.", ("name", entry.Member.Name));
        var (grant, reason, faults) = form.Read(council.DayOf(now), services, sensitive);
        if (grant is null) return Refusal.Invalid(faults);
        if (entry.Member.Authorities.Count == 0) return Refusal.Invalid([new Fault("role", "role", new Message("{name} works for no council. Change that first", ("name", entry.Member.Name)))]);
        if (grant.Role is Role.Worker or Role.TeamLeader && entry.Member.Teams.Count == 0) return Refusal.Invalid([new Fault("role", "role", new Message("Choose a team for them first: workers and team leaders work the cases of their teams"))]);
        if ((await Grants.Of(unit, id)).Any(g => !g.IsOver(council.DayOf(now)) && SameThing(g.Grant, grant))) return Refusal.Invalid([new Fault("role", "role", new Message("They have this already, or it waits for another administrator"))]);
        return await Ask(unit, rows, entry, grant, reason);
    }

    static bool SameThing(Grant one, Grant other) => one.Role == other.Role && one.Sensitive == other.Sensitive && one.Services.SetEquals(other.Services) && one.From == other.From && one.Until == other.Until;

    async Task<GrantEntry> Ask(Unit unit, PeopleRows rows, StaffEntry entry, Grant grant, string reason)
    {
        var made = new GrantEntry(grant, entry.Member.Id, reason, grant.IsStrong ? GrantState.Asked : GrantState.Given, by.Id, now, null, null);
        await Grants.Insert(unit, made);
        await Keep(unit, rows, entry, grant.IsStrong ? "asked" : "given",
            [grant.IsStrong ? new Message("Asked for: {what}. Another administrator must agree.", ("what", GrantWords.Of(grant))) : new Message("Given: {what}.", ("what", GrantWords.Of(grant))), new Message("Why: {reason}", ("reason", reason))]);
        return made;
    }

    /// <summary>Agrees to what another administrator asked for, or refuses it.</summary>
    public async Task<Result<StaffEntry>> Decide(Unit unit, string id, string grant, bool agrees)
    {
        var (rows, council, caller) = await Look(unit);
        if (Find(rows, council, id) is not { } entry || !MaySee(caller, entry.Member) || await Grants.Find(unit, grant) is not { } asked || asked.Member != id) return Refusal.NotFound;
        if (!MayChange(caller, entry.Member)) return NotTheirs(entry.Member);
        if (id == caller.Id) return Refusal.Invalid("You cannot decide about yourself. Another administrator must.");
        if (asked.AskedBy == caller.Id && agrees) return Refusal.Invalid("You asked for this yourself, so another administrator must decide. You can take it back.");
        if (asked.State != GrantState.Asked) return Refusal.Changed("This was decided while you were looking.");
        if (agrees && entry.State != StaffState.Works) return Refusal.Invalid("{name} does not work here now. Take them back first.", ("name", entry.Member.Name));
        if (agrees && asked.Grant.Until < council.DayOf(now)) return Refusal.Invalid("Its last day is over. Refuse it, and ask for it anew.");
        // A role without an end, for everything, is one that they simply have from now on.
        var stays = agrees && asked.Grant is { Role: not null, Until: null, Services.Count: 0 };
        if (!await Grants.Move(unit, grant, GrantState.Asked, agrees ? stays ? GrantState.Ended : GrantState.Given : GrantState.Refused, caller.Id, now)) return Refusal.Changed("This was decided while you were looking.");
        if (stays) entry = entry with { Member = entry.Member with { Roles = entry.Member.Roles.Append(asked.Grant.Role!.Value).ToHashSet() } };
        var (what, asker) = (GrantWords.Of(asked.Grant), council.Members.GetValueOrDefault(asked.AskedBy)?.Name ?? asked.AskedBy);
        return await Keep(unit, rows, entry, agrees ? "given" : "refused",
            [agrees ? new Message("Agreed to: {what}. {name} had asked for it.", ("what", what), ("name", asker)) : new Message("Refused: {what}. {name} had asked for it.", ("what", what), ("name", asker))]);
    }

    /// <summary>Takes back what was given or asked for, before its last day.</summary>
    public async Task<Result<StaffEntry>> TakeBack(Unit unit, string id, string grant)
    {
        var (rows, council, caller) = await Look(unit);
        if (Find(rows, council, id) is not { } entry || !MaySee(caller, entry.Member) || await Grants.Find(unit, grant) is not { } known || known.Member != id) return Refusal.NotFound;
        if (!MayChange(caller, entry.Member)) return NotTheirs(entry.Member);
        if (id == caller.Id) return Refusal.Invalid("You cannot decide about yourself. Another administrator must.");
        if (known.State is not (GrantState.Asked or GrantState.Given)) return entry;
        if (!await Grants.Move(unit, grant, known.State, GrantState.Ended, caller.Id, now)) return Refusal.Changed("This was decided while you were looking.");
        return await Keep(unit, rows, entry, "taken-back", [new Message("Taken back: {what}.", ("what", GrantWords.Of(known.Grant)))]);
    }

    // What somebody becomes that takes a second administrator, and the rest of what was typed.
    static (Member Member, bool AsksAdministrator) WithoutStrong(Member? before, Member after) =>
        after.Roles.Contains(Role.Administrator) && before?.Roles.Contains(Role.Administrator) != true
            ? (after with { Roles = after.Roles.Where(r => r != Role.Administrator).ToHashSet() }, true) : (after, false);

    // An administrator who gets another council administers it too, which is as strong as becoming one.
    static Fault? Widened(Member before, Member after, CouncilFiles council) =>
        before.Roles.Contains(Role.Administrator) && after.Roles.Contains(Role.Administrator) && after.Authorities.FirstOrDefault(a => !before.Authorities.Contains(a)) is { } more
            ? new Fault("authorities", "authorities", new Message("{name} is an administrator and would administer {council} too. Take that role away and save; then tick both again, and another administrator agrees to it", ("name", before.Name), ("council", council.FindAuthority(more)?.Name ?? more))) : null;

    async Task<Result<StaffEntry>> AskToAdminister(Unit unit, CouncilFiles council, StaffEntry kept)
    {
        if ((await Grants.Of(unit, kept.Member.Id)).Any(g => g is { State: GrantState.Asked, Grant: { Role: Role.Administrator, Until: null } })) return kept;
        var grant = new Grant(GrantForm.NewId(), Role.Administrator, FrozenSet<string>.Empty, null, council.DayOf(now), null);
        await Grants.Insert(unit, new GrantEntry(grant, kept.Member.Id, "", GrantState.Asked, by.Id, now, null, null));
        return kept;
    }
}

/// <summary>What is given, in words.</summary>
public static class GrantWords
{
    /// <summary>Such as "worker, only for report-noise, from 6 March 2026 until 20 March 2026".</summary>
    public static Message Of(Grant grant)
    {
        ArgumentNullException.ThrowIfNull(grant);
        var what = grant.Sensitive is { } service ? new Message("the sensitive service {service}", ("service", service))
            : grant.Services.Count == 0 ? RoleWords.Of(grant.Role!.Value)
            : new Message("{role}, only for {services}", ("role", RoleWords.Of(grant.Role!.Value)), ("services", string.Join(", ", grant.Services.Order(StringComparer.Ordinal))));
        return grant.Until is { } until ? new Message("{what}, from {from} until {until}", ("what", what), ("from", grant.From), ("until", until)) : new Message("{what}, from {from}", ("what", what), ("from", grant.From));
    }
}
