using Moothall.Council;
using Moothall.Definitions;
using Moothall.Exchange;
using Moothall.Journeys;
using Moothall.Payments;
using Moothall.Store;
using NodaTime;

namespace Moothall.Cases;

/// <summary>A charge and how much of it, as the history of a case keeps it.</summary>
public sealed record NamedCharge(string Service, string Charge, long Pence);

/// <summary>What a move to another service (or another act) came to for payments and partners, as the history of the case keeps it. Codes and pence.</summary>
/// <param name="PaidPence">Money that had come for services which the case is no longer of, and counts for nothing now.</param>
/// <param name="NotWorkedOut">Charges of the new service that the answers do not tell.</param>
public sealed record MoveCameTo(IReadOnlyList<NamedCharge> Withdrawn, IReadOnlyList<NamedCharge> Falling, long PaidPence, IReadOnlyList<NamedCharge> NotWorkedOut,
    IReadOnlyList<string> PartnersWithdrawn, IReadOnlyList<string> PartnersDue)
{
    /// <summary>What was paid before and counts for charges now: each charge and how much of it.</summary>
    public IReadOnlyList<NamedCharge> SetOff { get; init; } = [];
    /// <summary>Whether another charge may fall due yet, until when what was paid too much is kept.</summary>
    public bool Keeps { get; init; }

    /// <summary>Charges that fell due, with what was set against them; null where none did.</summary>
    public static MoveCameTo? Of(string service, IReadOnlyList<PaymentDue> falling, IReadOnlyList<SetOff> setOffs) => falling.Count == 0 ? null
        : new MoveCameTo([], [.. falling.Select(f => new NamedCharge(service, f.Charge, f.Pence))], 0, [], [], []) { SetOff = Named(service, setOffs) };

    internal static IReadOnlyList<NamedCharge> Named(string service, IReadOnlyList<SetOff> setOffs) =>
        [.. setOffs.GroupBy(s => s.Charge).Select(s => new NamedCharge(service, s.Key, s.Sum(one => one.Pence)))];

    public bool IsNothing => Withdrawn.Count + Falling.Count + NotWorkedOut.Count + PartnersWithdrawn.Count + PartnersDue.Count == 0 && PaidPence == 0;
}

/// <summary>What a case has to pay and to give to partners, with the answers that both go by: read once, before a move is decided.</summary>
/// <param name="AnswersDefinition">The definition that the answers were given to; null where they are not kept.</param>
sealed record OwedByCase(int PaymentsVersion, CasePayments Payments, int SharingsVersion, IReadOnlyList<SharingDue> Sharings, ServiceDefinition? AnswersDefinition, Answers Answers)
{
    public static async Task<OwedByCase> Read(Session session, PublishedServices services, string reference)
    {
        // The versions first: what comes after they were read makes the appending fail, and all of it is done anew.
        var (payments, sharings) = (await session.VersionOf(Falling.Stream(reference)), await session.VersionOf(Exchange.Sharings.Stream(reference)));
        var (due, shared) = (await PaymentQueries.Of(session, reference), await Exchange.Sharings.Of(session, reference));
        if (await CaseRows.AnswersOf(session, reference) is not { } stored) return new OwedByCase(payments, due, sharings, shared, null, Answers.None);
        var definition = (await services.Version(stored.Service, stored.Version)).Definition;
        return new OwedByCase(payments, due, sharings, shared, definition, AnswersJson.Read(definition, stored.Json));
    }
}

/// <summary>What a move to another service makes of what a case has to pay and to give to partners. Decided apart from the writing, so that it can be said before.</summary>
sealed record MoveBeside(MovedPayments Payments, MovedSharings Sharings, FallDue? Moment, MoveCameTo CameTo)
{
    /// <summary>Decides. Pure.</summary>
    /// <param name="situation">The case before.</param>
    /// <param name="after">The case as it is moved.</param>
    /// <param name="to">The definition of the service that it is moved to.</param>
    public static MoveBeside Decide(CaseSituation situation, CouncilCase after, ServiceDefinition to, Offer? offer, OwedByCase owed, IReadOnlyDictionary<string, SharingAgreement> agreements)
    {
        var today = situation.Calendar.DayOf(situation.Now);
        var carried = CarriedAnswers.To(to, owed.AnswersDefinition ?? to, owed.Answers, today);
        var told = carried.Told();
        string Of(bool its) => its || owed.AnswersDefinition is not { } first ? situation.Case.Service : first.Name;
        var moment = offer is null || told.Charges.Count == 0 ? null : new FallDue
        {
            Reference = after.Reference, Definition = told, Answers = carried.Kept, Offer = offer, Stage = after.Stage, OnReceipt = true, At = situation.Now, Today = today, By = situation.By,
        };
        var payments = MovedPayments.Decide(owed.Payments, charge => Of(situation.Definition.Charges.Any(c => c.Name == charge)), moment);
        var sharings = MovedSharings.Decide(owed.Sharings, partner => Of(situation.Definition.Share.Any(s => s.Partner == partner)), to.Name, SharingDue.Decide(told, carried.Kept, agreements, today));
        var unknown = to.Charges.Where(c => (c.Stage is null || c.Stage == after.Stage) && !carried.CanWorkOut(c)).Select(c => c.Name).ToList();
        return new MoveBeside(payments, sharings, moment, new MoveCameTo([.. payments.Withdrawn.Select(w => new NamedCharge(w.Service, w.Charge, w.Pence))],
            [.. payments.Falling.Select(f => new NamedCharge(to.Name, f.Charge, f.Pence))], payments.After.TooMuchPence(to.Name),
            [.. unknown.Select(c => new NamedCharge(to.Name, c, 0))], [.. sharings.Withdrawn.Select(s => s.Partner)], [.. sharings.Falling.Select(s => s.Partner)])
        {
            SetOff = MoveCameTo.Named(to.Name, payments.SetOffs), Keeps = payments.After.MayGrow(to, unknown),
        });
    }

    /// <summary>Writes it in the unit that moves the case; what takes it back.</summary>
    public async Task<(PaymentsBefore? Payments, SharingsBefore? Sharings)> Write(Unit unit, CaseSituation situation, CouncilCase after, OwedByCase owed)
    {
        var payments = await Payments.Write(unit, after.Reference, situation.Case.Service, after.Authority, owed.Payments, owed.PaymentsVersion, Moment, situation.Now, situation.By);
        return (payments, await Sharings.Write(unit, after.Reference, after.Service, after.Authority, owed.Sharings, owed.SharingsVersion, situation.Now, situation.By));
    }

    /// <summary>The charges of a case that was moved which its answers do not tell: those due when a case is received, and those of stages it was at since. Pure.</summary>
    public static IReadOnlyList<Charge> NotWorkedOut(CouncilCase @case, ServiceDefinition definition, ServiceDefinition answersDefinition, Answers answers, IReadOnlyList<HistoryEntry> history,
        CasePayments payments, LocalDate today)
    {
        if (!@case.IsOpen || definition.Charges.Count == 0) return [];
        var undone = history.Select(h => h.Undoes).OfType<int>().ToHashSet();
        var since = history.LastOrDefault(h => h.Kind == "moved" && h.GivenTo == @case.Service && !undone.Contains(h.Version))?.Version ?? int.MaxValue;
        var stages = history.Where(h => h.Version >= since && !undone.Contains(h.Version)).Select(h => h.Stage).ToHashSet();
        var carried = CarriedAnswers.To(definition, answersDefinition, answers, today);
        return [.. definition.Charges.Where(c => (c.Stage is null || stages.Contains(c.Stage)) && payments.Due.All(d => d.Charge != c.Name) && !carried.CanWorkOut(c))];
    }
}
