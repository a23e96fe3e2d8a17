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

    /// <summary>The code a charge is booked to: the council's own, or else the definition's.</summary>
    public static string IncomeCodeOf(Charge charge, Offer offer)
    {
        ArgumentNullException.ThrowIfNull(charge);
        ArgumentNullException.ThrowIfNull(offer);
        return offer.IncomeCodes.GetValueOrDefault(charge.Name, charge.IncomeCode);
    }
}

/// <summary>Writes what falls due in the unit of whoever moves the case.</summary>
public static class Falling
{
    /// <summary>Records each charge once: a case that comes to the same stage again is not charged again.</summary>
    /// <returns>The names of the charges that fell due now.</returns>
    public static async Task<IReadOnlyList<string>> Due(Unit unit, FallDue moment)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(moment);
        if (moment.Definition.Charges.Count == 0) return [];
        var version = await unit.VersionOf(Stream(moment.Reference));
        var known = await PaymentQueries.Of(unit, moment.Reference);
        var fallen = new List<string>();
        foreach (var (charge, pence) in moment.New(known))
        {
            fallen.Add(charge.Name);
            var code = FallDue.IncomeCodeOf(charge, moment.Offer);
            await Insert(unit, moment.Reference, new PaymentDue(charge.Name, pence, 0, code, charge.Vat, moment.At));
            version = await unit.Append(Stream(moment.Reference), version,
                [EventJson.ToLog(new PaymentFellDue(moment.Definition.Name, moment.Offer.Authority, charge.Name, (int)pence, code, charge.Vat), moment.At)]);
        }
        return fallen;
    }

    internal static Task Insert(Unit unit, string reference, PaymentDue due) => unit.Add($"""
        insert into payment_due (reference, charge, pence, settled_pence, income_code, vat, due_at)
        values ({reference}, {due.Charge}, {due.Pence}, {due.SettledPence}, {due.IncomeCode}, {due.Vat}, {due.DueAt})
        """);

    /// <summary>The stream of a case's payments: an event for each charge and each payment.</summary>
    internal static string Stream(string reference) => "payment/" + reference;
}
