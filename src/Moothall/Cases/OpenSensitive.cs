using System.Security.Cryptography;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Notifications;
using Moothall.Running;
using Moothall.Store;

namespace Moothall.Cases;

/// <summary>
/// Somebody opens one case of a sensitive service that is not theirs, in an emergency and with a reason (break glass). They must be able to read that council's other cases.
/// It is recorded as a reading, raises an alert, is written to those who lead the team, and stands where these and administrators see it. Whoever may not, or
/// names what does not exist, is told the same.
/// </summary>
/// <param name="Reference">The whole reference, as it was typed.</param>
/// <param name="Reason">Why they must see it.</param>
public sealed record OpenSensitive(string Reference, string Reason, Caller By)
{
    /// <returns>The reference of the case that they may now see.</returns>
    public async Task<Result<string>> Open(House house, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(house);
        if (!Rights.HasRole(By, Right.ReadCases)) return Refusal.NotAllowed;
        var faults = new List<Fault>();
        var (reference, reason) = (CaseReference.Tidy(Reference), Tidy.Lines(Reason).Trim());
        if (reference is null) faults.Add(new Fault("reference", "reference", new Message("Enter the whole reference of the case")));
        if (Tidy.Length(reason) < BreakGlass.Shortest) faults.Add(new Fault("reason", "reason", new Message("Enter why you must see it now, in a sentence")));
        else if (Tidy.Length(reason) > BreakGlass.Longest) faults.Add(new Fault("reason", "reason", new Message("Your reason must be {most} characters or fewer", ("most", BreakGlass.Longest))));
        if (faults.Count > 0) return Refusal.Invalid(faults);
        return await house.Database.Commit<Result<string>>(async unit =>
        {
            var found = await CaseRows.Find(unit, reference!);
            if (found is { IsErased: false } && Rights.May(By, Right.ReadCases, found.Authority, found.Team, found.Service)) return reference!;
            if (found is not { IsErased: false } || !Rights.MayBreakGlass(By, found.Authority, found.Team, found.Service))
                return Refusal.Invalid([new Fault("reference", "reference", new Message("There is no case with this reference that you may open. Check it"))]);
            if (await BreakGlass.Find(unit, reference!, By.Id, house.Now) is not null) return reference!;
            var glass = new BrokenGlass(RandomNumberGenerator.GetHexString(8, lowercase: true), reference!, By.Id, reason, house.Now, house.Now + BreakGlass.Lasts, found.Authority, found.Team, found.Service);
            await BreakGlass.Insert(unit, glass);
            await ReadLog.Record(unit, house.Now, By, found.ForReading, AuditKinds.GlassBroken, reason);
            await Alerts.Begin(unit, house, FaultOf(glass, house));
            await Tell(unit, house, glass);
            return reference!;
        }, cancel);
    }

    /// <summary>The alert that stands as long as the case may be seen.</summary>
    public static RunningFault FaultOf(BrokenGlass glass, House house)
    {
        ArgumentNullException.ThrowIfNull(glass);
        ArgumentNullException.ThrowIfNull(house);
        return new RunningFault(AlertKind.GlassBroken, glass.Id, new Message("It is a case of the team {team}. Who it was and why stands at the desk under “Sensitive cases”.", ("team", house.Council.Teams.GetValueOrDefault(glass.Team)?.Name ?? glass.Team)));
    }

    static async Task Tell(Unit unit, House house, BrokenGlass glass)
    {
        foreach (var leader in house.Council.Members.Values.Where(m => m is { IsPartner: false, Email: not null } && m.Id != glass.Member
            && Rights.May(StaffSessions.CallerFor(house.Council, m.Id, house.Now), Right.LeadTeam, glass.Authority, glass.Team, glass.Service)))
        {
            var phrases = Phrases.In((house.Council.FindAuthority(glass.Authority) ?? house.Council.Authorities[0]).Languages[0]);
            await QueueMail.Queue(unit, house, new OutgoingMail
            {
                Key = $"glass/{glass.Id}/{leader.Id}", Kind = "alert", Authority = glass.Authority, To = leader.Email, Language = phrases.Language, IsForApplicant = false, AtOnce = true,
                Subject = phrases.Say("A sensitive case of your team was opened by somebody else"),
                Body = phrases.Say("Somebody outside your team gave a reason and opened one of its sensitive cases. They can see it for an hour.") + "\n\n" + phrases.Say("Open “Sensitive cases” at the desk: it says who it was, which case, and why. Ask them if you do not know of it."),
            });
        }
    }
}
