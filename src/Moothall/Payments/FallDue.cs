using Moothall.Council;
using Moothall.Definitions;
using Moothall.Store;
using NodaTime;

namespace Moothall.Payments;

/// <summary>A case has come to a moment at which charges of its definition fall due: its receipt, or the beginning of a stage.</summary>
public sealed record FallDue
{
    public required string Reference { get; init; }
    /// <summary>The definition of the case's version: a later price in words changes nothing for it.</summary>
    public required ServiceDefinition Definition { get; init; }
    /// <summary>Only the answers on the path.</summary>
    public required Answers Answers { get; init; }
    /// <summary>Whose fees and income codes hold.</summary>
    public required Offer Offer { get; init; }
    /// <summary>The stage that begins.</summary>
    public required string Stage { get; init; }
    /// <summary>Whether the case is received now; what is due on receipt falls due then only.</summary>
    public bool OnReceipt { get; init; }
    public required Instant At { get; init; }
    public required LocalDate Today { get; init; }
    /// <summary>Who brought the case there.</summary>
    public Actor By { get; init; } = Actor.Program;

    /// <summary>What falls due at this moment. Pure.</summary>
    public IReadOnlyList<ChargeDue> Decide() =>
        [.. Charges.Of(Definition, Answers, Offer.Fees, Today).Where(due => due.Charge.Stage is { } stage ? stage == Stage : OnReceipt)];

    /// <summary>What falls due at this moment and did not before, less what was paid of it before the case was moved away and came back. Pure.</summary>
    public IReadOnlyList<ChargeDue> New(CasePayments known)
    {
        ArgumentNullException.ThrowIfNull(known);
        if (Definition.Charges.Count == 0) return [];
        long Paid(string charge) => known.Due.Where(d => d.EarlierService == Definition.Name && d.Name == charge).Sum(d => d.SettledPence);
        return [.. Decide().Where(c => known.Due.All(d => d.Charge != c.Charge.Name)).Select(c => c with { Pence = c.Pence - Paid(c.Charge.Name) }).Where(c => c.Pence > 0)];
    }

    /// <summary>The same as the rows of the case's payments. Pure.</summary>
    public IReadOnlyList<PaymentDue> Rows(CasePayments known) => [.. New(known).Select(due => new PaymentDue(due.Charge.Name, due.Pence, 0, IncomeCodeOf(due.Charge, Offer), due.Charge.Vat, At))];

    /// <summary>The code a charge is booked to: the council's own, or else the definition's.</summary>
    public static string IncomeCodeOf(Charge charge, Offer offer)
    {
        ArgumentNullException.ThrowIfNull(charge);
        ArgumentNullException.ThrowIfNull(offer);
        return offer.IncomeCodes.GetValueOrDefault(charge.Name, charge.IncomeCode);
    }
}

/// <summary>What fell due at a moment.</summary>
/// <param name="Charges">The names of the charges.</param>
/// <param name="SetOffs">What was set against them of money that came before the case was moved.</param>
/// <param name="Version">The version of the payments' stream after it.</param>
public sealed record FellDue(IReadOnlyList<string> Charges, IReadOnlyList<SetOff> SetOffs, int Version);

/// <summary>Writes what falls due in the unit of whoever moves the case.</summary>
public static class Falling
{
    /// <summary>Records each charge once: a case that comes to the same stage again is not charged again. Money that came before a move is set against it at once.</summary>
    public static async Task<FellDue> Due(Unit unit, FallDue moment)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(moment);
        if (moment.Definition.Charges.Count == 0) return new FellDue([], [], 0);
        var version = await unit.VersionOf(Stream(moment.Reference));
        var known = await PaymentQueries.Of(unit, moment.Reference);
        var (service, authority) = (moment.Definition.Name, moment.Offer.Authority);
        var fallen = moment.Rows(known);
        foreach (var due in fallen)
        {
            await Insert(unit, moment.Reference, due);
            version = await unit.Append(Stream(moment.Reference), version, [EventJson.ToLog(new PaymentFellDue(service, authority, due.Charge, (int)due.Pence, due.IncomeCode, due.Vat), moment.At)]);
        }
        var setOffs = SetOff.Decide(known, service, fallen, moment.At);
        version = await SetOff.Write(unit, moment.Reference, service, authority, setOffs, version, moment.At, moment.By);
        return new FellDue([.. fallen.Select(f => f.Charge)], setOffs, version);
    }

    internal static Task Insert(Unit unit, string reference, PaymentDue due) => unit.Add($"""
        insert into payment_due (reference, charge, pence, settled_pence, income_code, vat, due_at)
        values ({reference}, {due.Charge}, {due.Pence}, {due.SettledPence}, {due.IncomeCode}, {due.Vat}, {due.DueAt})
        """);

    /// <summary>The stream of a case's payments: an event for each charge and each payment.</summary>
    internal static string Stream(string reference) => "payment/" + reference;
}
