using Moothall.Council;
using Moothall.Definitions;
using Moothall.Notifications;
using Moothall.Payments;
using Moothall.Store;
using NodaTime;

namespace Moothall.Cases;

/// <summary>What an action would come to.</summary>
/// <param name="After">The case after it.</param>
/// <param name="CameTo">What it makes due to be paid, and what was paid for that before; null where nothing.</param>
/// <param name="Tells">Who is told.</param>
public sealed record Consequence(CouncilCase After, MoveCameTo? CameTo, ToldAhead Tells);

/// <summary>
/// What may be done with a case, looked at before it is done: decided by the very functions that do it, with nothing written. Answers that an action asks
/// for change none of it.
/// </summary>
public sealed class Consequences
{
    readonly CaseFile file;
    readonly CaseSituation situation;
    readonly TellingAhead telling;
    readonly House house;

    Consequences(House house, CaseFile file, CaseSituation situation, TellingAhead telling) => (this.house, this.file, this.situation, this.telling) = (house, file, situation, telling);

    /// <summary>Reads what the consequences of a case's actions depend on.</summary>
    public static async Task<Consequences> Of(Session session, House house, CaseFile file, string member, Instant now)
    {
        ArgumentNullException.ThrowIfNull(house);
        ArgumentNullException.ThrowIfNull(file);
        var authority = house.Council.FindAuthority(file.Case.Authority) ?? house.Council.Authorities[0];
        var situation = new CaseSituation(file.Case, file.Definition, house.Council.FindOffer(file.Case.Service, file.Case.Authority), authority.Calendar, now, Actor.Worker, member);
        return new Consequences(house, file, situation, await TellingAhead.Of(session, house, file.Case));
    }

    /// <summary>What an action comes to; null where it cannot be taken now, or comes to nothing before something is chosen.</summary>
    public Consequence? Of(string action)
    {
        if (Decide(action).Value is not { } change) return null;
        var due = file.AnswersAreKept ? CaseActions.StageMoment(situation, change.After, file.AnswersDefinition, file.Answers)?.Rows(file.Payments) ?? [] : [];
        var cameTo = MoveCameTo.Of(file.Case.Service, due, SetOff.Decide(file.Payments, file.Case.Service, due, situation.Now));
        return new Consequence(change.After, cameTo, telling.Of(change, situation.Definition));
    }

    /// <summary>Whether those who are told of a move depends on the service that it goes to.</summary>
    public bool DependsOnTheService()
    {
        bool Tells(string service) => house.Services.Find(service)?.Definition.Tells("moved", null) == true;
        return house.Services.All.Any(s => house.Council.FindOffer(s.Definition.Name, file.Case.Authority) is not null && Tells(s.Definition.Name) != Tells(file.Case.Service));
    }

    /// <summary>What a move to each other service that the authority offers would come to for payments and partners; those where it comes to nothing are left out.</summary>
    public IReadOnlyList<(ServiceDefinition To, MoveCameTo CameTo)> ByService()
    {
        var owed = new OwedByCase(0, file.Payments, 0, file.ToPassOn, file.AnswersAreKept ? file.AnswersDefinition : null, file.Answers);
        var found = new List<(ServiceDefinition, MoveCameTo)>();
        foreach (var to in house.Services.All)
        {
            var offer = house.Council.FindOffer(to.Definition.Name, file.Case.Authority);
            if (MoveCase.ToService(situation, to.Definition, to.Version, offer, null, 0).Value is not { } change) continue;
            var came = MoveBeside.Decide(situation, change.After, to.Definition, offer, owed, house.Council.Agreements).CameTo;
            if (!came.IsNothing) found.Add((to.Definition, came));
        }
        return found;
    }

    // Words that the decisions want and the consequences do not depend on.
    const string Anything = "-";

    Result<CaseChange> Decide(string action)
    {
        switch (action)
        {
            case "assign": return HandleCase.Assign(situation, situation.ByMember, mayWork: true, null, 0);
            case "note": return HandleCase.Note(situation, Anything, 0);
            case "ask-customer": return HandleCase.AskCustomer(situation, Anything, 0);
            case "move": return MoveCase.ToTeam(situation, house.Council.Teams.Values.FirstOrDefault(t => t.Id != situation.Case.Team && t.Authorities.Contains(situation.Case.Authority)), null, 0);
            case "reopen": return ReopenCase.Decide(situation, Anything, 0);
            case "withdraw": return WithdrawCase.Decide(situation, null, 0);
            case "record-payment": return HandleCase.Payment(situation, null, 0);
            case "add-charge": return HandleCase.Charge(situation, Anything, 0);
            case "send-link": return HandleCase.SendLink(situation, Answers.None, null, 0);
            case "pass-on": return HandleCase.PassedOn(situation, null, 0);
        }
        var found = TakeAction.Find(situation.Case, situation.Definition, action);
        return found.Value is { } of ? TakeAction.Decide(situation, of, Answers.None, null, 0) : found.Refusal!;
    }
}
