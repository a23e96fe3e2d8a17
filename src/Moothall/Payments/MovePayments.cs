using Moothall.Definitions;
using Moothall.Store;
using NodaTime;

namespace Moothall.Payments;

/// <summary>A part of a charge that is not to be paid any more.</summary>
public sealed record WithdrawnCharge(string Service, string Charge, long Pence, string IncomeCode);

/// <summary>
/// What a move to another service makes of the payments of a case: what the service it was had made due and nobody paid is withdrawn, what was paid stays under
/// that service's name, what the new service asks falls due, and what was paid is set against it.
/// </summary>
/// <param name="Released">What an earlier move had set against charges that are withdrawn now.</param>
/// <param name="Kept">What was paid to services that it was, each as <see cref="PaymentDue.EarlierService"/> says.</param>
/// <param name="Renamed">Payments by number, and the charge under which they are kept now.</param>
/// <param name="After">The payments as they are after it.</param>
public sealed record MovedPayments(IReadOnlyList<SetOff> Released, IReadOnlyList<WithdrawnCharge> Withdrawn, IReadOnlyList<PaymentDue> Kept, IReadOnlyDictionary<int, string> Renamed,
    IReadOnlyList<PaymentDue> Falling, IReadOnlyList<SetOff> SetOffs, CasePayments After)
{
    /// <summary>Decides. Pure.</summary>
    /// <param name="serviceOf">The service whose definition made a charge due.</param>
    /// <param name="moment">The beginning of the new service, with those of its charges that the answers allow to be worked out; null where it charges nothing.</param>
    public static MovedPayments Decide(CasePayments known, Func<string, string> serviceOf, FallDue? moment)
    {
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(serviceOf);
        var released = SetOff.Of(known);
        known = SetOff.Release(known);
        var (withdrawn, kept, renamed) = (new List<WithdrawnCharge>(), known.Due.Where(d => d.EarlierService is not null).ToList(), new Dictionary<int, string>());
        foreach (var due in known.Due.Where(d => d.EarlierService is null))
        {
            var service = serviceOf(due.Charge);
            if (!due.IsSettled) withdrawn.Add(new WithdrawnCharge(service, due.Charge, due.OutstandingPence, due.IncomeCode));
            if (due.SettledPence == 0) continue;
            var name = $"{service}/{due.Charge}";
            foreach (var made in known.Made.Where(m => m.Charge == due.Charge)) renamed[made.Number] = name;
            var same = kept.FindIndex(d => d.Charge == name);
            if (same < 0) kept.Add(due with { Charge = name, Pence = due.SettledPence });
            else kept[same] = kept[same] with { Pence = kept[same].Pence + due.SettledPence, SettledPence = kept[same].SettledPence + due.SettledPence };
        }
        var before = new CasePayments(kept, [.. known.Made.Select(m => m with { Charge = renamed.GetValueOrDefault(m.Number, m.Charge) })]);
        if (moment is null) return new MovedPayments(released, withdrawn, kept, renamed, [], [], before);
        var falling = moment.Rows(before);
        var setOffs = SetOff.Decide(before, moment.Definition.Name, falling, moment.At);
        return new MovedPayments(released, withdrawn, kept, renamed, falling, setOffs, SetOff.Apply(new CasePayments([.. kept, .. falling], before.Made), setOffs));
    }

    /// <summary>Writes it in the unit of whoever moves the case.</summary>
    /// <param name="service">The service that it was.</param>
    /// <param name="version">The version of the payments' stream, read before they were.</param>
    /// <returns>What takes it back.</returns>
    public async Task<PaymentsBefore?> Write(Unit unit, string reference, string service, string authority, CasePayments known, int version, FallDue? moment, Instant now, Actor by)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(known);
        if (known.Due.Count == 0 && Falling.Count == 0) return null;
        version = await SetOff.TakeBack(unit, reference, service, authority, Released, version, now, by);
        await Replace(unit, reference, Kept);
        foreach (var (number, charge) in Renamed) await unit.Execute($"update payment_made set charge = {charge} where reference = {reference} and number = {number}");
        foreach (var gone in Withdrawn)
            version = await unit.Append(Payments.Falling.Stream(reference), version, [EventJson.ToLog(new PaymentWithdrawn(gone.Service, authority, gone.Charge, (int)gone.Pence, gone.IncomeCode, by), now)]);
        IReadOnlyList<SetOff> setOffs = [];
        if (moment is not null && Falling.Count > 0) (_, setOffs, version) = await Payments.Falling.Due(unit, moment);
        return new PaymentsBefore(version, now, known.Due, known.Made.Where(m => Renamed.ContainsKey(m.Number)).ToDictionary(m => m.Number, m => m.Charge), Withdrawn) { Released = Released, SetOffs = setOffs };
    }

    internal static async Task Replace(Unit unit, string reference, IReadOnlyList<PaymentDue> rows)
    {
        await unit.Execute($"delete from payment_due where reference = {reference}");
        foreach (var row in rows) await Payments.Falling.Insert(unit, reference, row);
    }
}

/// <summary>The payments of a case before a move, kept for the minute in which it can be taken back.</summary>
/// <param name="Version">The version of the payments' stream that the move made.</param>
/// <param name="At">When it was moved.</param>
/// <param name="Charges">Payments by number, and the charge that they were made for.</param>
public sealed record PaymentsBefore(int Version, Instant At, IReadOnlyList<PaymentDue> Due, IReadOnlyDictionary<int, string> Charges, IReadOnlyList<WithdrawnCharge> Withdrawn)
{
    /// <summary>What was set off before, and the move released.</summary>
    public IReadOnlyList<SetOff> Released { get; init; } = [];
    /// <summary>What the move set off.</summary>
    public IReadOnlyList<SetOff> SetOffs { get; init; } = [];

    /// <summary>Why they cannot be put back; null when they can.</summary>
    public async Task<Refusal?> WhyNot(Session session, string reference)
    {
        ArgumentNullException.ThrowIfNull(session);
        return await session.VersionOf(Falling.Stream(reference)) != Version ? TakeBackPayments.MoneyCame : null;
    }

    /// <summary>Puts them back as they were, and says so in the log.</summary>
    /// <param name="service">The service that the case was moved to.</param>
    /// <param name="before">The service that it was.</param>
    public async Task PutBack(Unit unit, string reference, string service, string before, string authority, Instant now, Actor by)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var version = await SetOff.TakeBack(unit, reference, service, authority, SetOffs, Version, now, by);
        var known = await PaymentQueries.Of(unit, reference);
        async Task Keep(string of, string charge, long pence, string code, string what, Instant at) =>
            version = await unit.Append(Falling.Stream(reference), version, [EventJson.ToLog(new PaymentTakenBack(of, authority, charge, (int)pence, code, what, null, at, by), now)]);
        foreach (var due in known.Due.Where(d => d.EarlierService is null)) await Keep(service, due.Charge, due.Pence, due.IncomeCode, "due", due.DueAt);
        foreach (var gone in Withdrawn) await Keep(gone.Service, gone.Charge, gone.Pence, gone.IncomeCode, "withdrawn", At);
        await MovedPayments.Replace(unit, reference, Due);
        foreach (var (number, charge) in Charges) await unit.Execute($"update payment_made set charge = {charge} where reference = {reference} and number = {number}");
        foreach (var again in Released)
        {
            await RecordPayment.Insert(unit, reference, again.Made);
            version = await unit.Append(Falling.Stream(reference), version, [EventJson.ToLog(again.Event(before, authority, by), now)]);
        }
    }
}
