using Moothall.Store;

namespace Moothall.Payments;

/// <summary>
/// Takes back, in the unit that undoes an act, what the act had put into the payments of a case: charges that it made due, or a payment that it recorded.
/// The rows are as before; the log says what was taken back, so that sums over it come out right. What money came for stays.
/// </summary>
public static class TakeBackPayments
{
    /// <summary>Why charges cannot be taken back; null when they can. Pure.</summary>
    /// <param name="setOffs">What the act itself set against them.</param>
    public static Refusal? WhyNot(CasePayments known, IReadOnlyCollection<string> charges, IReadOnlyList<SetOff> setOffs)
    {
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(charges);
        return known.Due.Any(d => charges.Contains(d.Charge) && d.SettledPence > setOffs.Where(s => s.Charge == d.Charge).Sum(s => s.Pence)) ? MoneyCame : null;
    }

    internal static readonly Refusal MoneyCame = Refusal.Invalid("Money came meanwhile for what this made due, so it cannot be undone. Put it right by another step.");

    /// <summary>Takes back charges that fell due by the act, what it set against them, and the payment with a number (null: none).</summary>
    public static async Task From(Unit unit, string reference, string service, string authority, IReadOnlyCollection<string> charges, IReadOnlyList<SetOff> setOffs, int? payment, NodaTime.Instant now, Actor by)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(charges);
        if (charges.Count == 0 && payment is null) return;
        var version = await unit.VersionOf(Falling.Stream(reference));
        var known = await PaymentQueries.Of(unit, reference);
        if (known.Made.FirstOrDefault(m => m.Number == payment) is { } made)
        {
            await unit.Execute($"delete from payment_made where reference = {reference} and number = {made.Number}");
            await unit.Execute($"update payment_due set settled_pence = settled_pence - {made.Pence} where reference = {reference} and charge = {made.Charge}");
            var code = known.Due.FirstOrDefault(d => d.Charge == made.Charge)?.IncomeCode ?? "";
            version = await unit.Append(Falling.Stream(reference), version,
                [EventJson.ToLog(new PaymentTakenBack(service, authority, made.Charge, (int)made.Pence, code, "recorded", made.How, made.At, by), now)]);
        }
        version = await SetOff.TakeBack(unit, reference, service, authority, setOffs, version, now, by);
        foreach (var due in known.Due.Where(d => charges.Contains(d.Charge)))
        {
            await unit.Execute($"delete from payment_due where reference = {reference} and charge = {due.Charge}");
            version = await unit.Append(Falling.Stream(reference), version,
                [EventJson.ToLog(new PaymentTakenBack(service, authority, due.Charge, (int)due.Pence, due.IncomeCode, "due", null, due.DueAt, by), now)]);
        }
    }
}
