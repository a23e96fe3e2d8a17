using Moothall.Store;
using NodaTime;

namespace Moothall.Payments;

/// <summary>
/// Money that came for a charge of a service that the case is no longer of, set against a charge of the service that it is now. It stays under the charge that it
/// came for as a payment, and settles the other one; another move releases it first.
/// </summary>
/// <param name="From">The charge it came for, as <see cref="PaymentDue.Charge"/> has it: `service/charge`.</param>
/// <param name="Number">The number of the payment that says so.</param>
/// <param name="At">When it was set off.</param>
public sealed record SetOff(string From, string FromIncomeCode, string Charge, string IncomeCode, long Pence, int Number, Instant At)
{
    /// <summary>How a payment came that is such money.</summary>
    public const string How = "set-off";

    /// <summary>What is set against charges that fall due, the first first. Pure.</summary>
    /// <param name="service">The service that the charges are of.</param>
    public static IReadOnlyList<SetOff> Decide(CasePayments known, string service, IReadOnlyList<PaymentDue> falling, Instant now)
    {
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(falling);
        var (left, found, number) = (known.Unused(service).ToList(), new List<SetOff>(), known.NextNumber);
        foreach (var due in falling)
        {
            var open = due.OutstandingPence;
            for (var i = 0; i < left.Count && open > 0; i++)
            {
                var pence = Math.Min(open, left[i].Pence);
                if (pence == 0) continue;
                found.Add(new SetOff(left[i].Due.Charge, left[i].Due.IncomeCode, due.Charge, due.IncomeCode, pence, number++, now));
                left[i] = (left[i].Due, left[i].Pence - pence);
                open -= pence;
            }
        }
        return found;
    }

    /// <summary>What is set off now of a case's payments. Pure.</summary>
    public static IReadOnlyList<SetOff> Of(CasePayments known)
    {
        ArgumentNullException.ThrowIfNull(known);
        string Code(string charge) => known.Due.FirstOrDefault(d => d.Charge == charge)?.IncomeCode ?? "";
        return [.. known.Made.Where(m => m.From is not null).Select(m => new SetOff(m.From!, Code(m.From!), m.Charge, Code(m.Charge), m.Pence, m.Number, m.At))];
    }

    /// <summary>Payments as they are without what is set off. Pure.</summary>
    public static CasePayments Release(CasePayments known)
    {
        ArgumentNullException.ThrowIfNull(known);
        var (to, from) = (known.Made.Where(m => m.From is not null).ToLookup(m => m.Charge, m => m.Pence), known.Made.Where(m => m.From is not null).ToLookup(m => m.From!, m => m.Pence));
        return new CasePayments([.. known.Due.Select(d => d with { Pence = d.Pence + from[d.Charge].Sum(), SettledPence = d.SettledPence + from[d.Charge].Sum() - to[d.Charge].Sum() })],
            [.. known.Made.Where(m => m.From is null)]);
    }

    /// <summary>Payments as they are with some more set off. Pure.</summary>
    internal static CasePayments Apply(CasePayments known, IReadOnlyList<SetOff> setOffs)
    {
        var (to, from) = (setOffs.ToLookup(s => s.Charge, s => s.Pence), setOffs.ToLookup(s => s.From, s => s.Pence));
        return new CasePayments([.. known.Due.Select(d => d with { Pence = d.Pence - from[d.Charge].Sum(), SettledPence = d.SettledPence - from[d.Charge].Sum() + to[d.Charge].Sum() })],
            [.. known.Made, .. setOffs.Select(s => s.Made)]);
    }

    /// <summary>The row that says it.</summary>
    internal PaymentMade Made => new(Number, Charge, Pence, How, null, At, null) { From = From };

    /// <summary>Writes them; the version of the payments' stream after it.</summary>
    internal static async Task<int> Write(Unit unit, string reference, string service, string authority, IReadOnlyList<SetOff> setOffs, int version, Instant now, Actor by)
    {
        foreach (var one in setOffs)
        {
            await Shift(unit, reference, one, one.Pence);
            await RecordPayment.Insert(unit, reference, one.Made);
            version = await unit.Append(Falling.Stream(reference), version, [EventJson.ToLog(one.Event(service, authority, by), now)]);
        }
        return version;
    }

    /// <summary>Takes them back within the minute, or because the case is moved again; the version of the payments' stream after it.</summary>
    internal static async Task<int> TakeBack(Unit unit, string reference, string service, string authority, IReadOnlyList<SetOff> setOffs, int version, Instant now, Actor by)
    {
        foreach (var one in setOffs)
        {
            await Shift(unit, reference, one, -one.Pence);
            await unit.Execute($"delete from payment_made where reference = {reference} and number = {one.Number}");
            version = await unit.Append(Falling.Stream(reference), version, [EventJson.ToLog(new PaymentTakenBack(service, authority, one.Charge, (int)one.Pence, one.IncomeCode, How, null, one.At, by), now)]);
        }
        return version;
    }

    /// <summary>The event that says it.</summary>
    internal PaymentSetOff Event(string service, string authority, Actor by)
    {
        var slash = From.IndexOf('/', StringComparison.Ordinal);
        return new PaymentSetOff(service, authority, Charge, (int)Pence, IncomeCode, From[..slash], From[(slash + 1)..], FromIncomeCode, by);
    }

    static async Task Shift(Unit unit, string reference, SetOff one, long pence)
    {
        await unit.Execute($"update payment_due set pence = pence - {pence}, settled_pence = settled_pence - {pence} where reference = {reference} and charge = {one.From}");
        await unit.Execute($"update payment_due set settled_pence = settled_pence + {pence} where reference = {reference} and charge = {one.Charge}");
    }
}
