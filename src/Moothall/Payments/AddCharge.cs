using Moothall.Council;
using Moothall.Definitions;
using Moothall.Store;
using NodaTime;

namespace Moothall.Payments;

/// <summary>
/// A member of staff says what is to be paid, because a charge of the service could not be worked out: the answers do not tell it, or the council has no price for
/// it. It is one of the service's own charges, so that it is booked where that one is, and it falls due once.
/// </summary>
public sealed record AddCharge
{
    public required string Reference { get; init; }
    /// <summary>The definition that the case keeps.</summary>
    public required ServiceDefinition Definition { get; init; }
    /// <summary>Whose income codes hold.</summary>
    public required Offer Offer { get; init; }
    /// <summary>The name of the charge; empty for the only one that there is.</summary>
    public required string Charge { get; init; }
    /// <summary>The amount as typed: "55", "£55.00".</summary>
    public required string Amount { get; init; }
    /// <summary>Why it is charged, for staff; the history of the case keeps it.</summary>
    public required string? Reason { get; init; }
    public required Instant At { get; init; }
    public required Actor By { get; init; }

    /// <summary>The charges of a service that do not stand on a case yet. Pure.</summary>
    public static IReadOnlyList<Charge> Possible(ServiceDefinition definition, CasePayments known)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(known);
        return [.. definition.Charges.Where(c => known.Due.All(d => d.Charge != c.Name))];
    }

    /// <summary>The charge that falls due, or what is wrong with it, field by field. Pure.</summary>
    public Result<PaymentDue> Decide(CasePayments known)
    {
        var possible = Possible(Definition, known);
        if (possible.Count == 0) return Definition.Charges.Count == 0 ? Refusal.Invalid("This service charges nothing.") : Refusal.Invalid("All charges of this service stand on the case already.");
        var faults = new List<Fault>();
        var charge = Charge.Length == 0 && possible.Count == 1 ? possible[0] : possible.FirstOrDefault(c => c.Name == Charge);
        if (charge is null) faults.Add(new Fault("charge", "charge", new Message("Choose what is to be paid for")));
        var pence = RecordPayment.Pence(Amount);
        if (pence is null) faults.Add(new Fault("amount", "amount", new Message("Enter the amount in pounds, like 55 or 12.50")));
        else if (pence > Definitions.Amount.MostPence) faults.Add(new Fault("amount", "amount", new Message("The amount must be {amount} or less", ("amount", RecordPayment.InPounds(Definitions.Amount.MostPence)))));
        if (string.IsNullOrWhiteSpace(Reason)) faults.Add(new Fault("note", "note", new Message("Enter why it is charged")));
        return faults.Count > 0 ? Refusal.Invalid(faults) : new PaymentDue(charge!.Name, pence!.Value, 0, FallDue.IncomeCodeOf(charge, Offer), charge.Vat, At);
    }

    /// <summary>Decides and writes in the caller's unit, with what was paid before a move set against it; refused with nothing written.</summary>
    public async Task<Result<(PaymentDue Due, IReadOnlyList<SetOff> SetOffs)>> Add(Unit unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        // The version first: what came to the payments after it was read makes the appending fail, and all of it is done anew.
        var version = await unit.VersionOf(Falling.Stream(Reference));
        var known = await PaymentQueries.Of(unit, Reference);
        var decided = Decide(known);
        if (decided.Value is not { } due) return decided.Refusal!;
        await Falling.Insert(unit, Reference, due);
        version = await unit.Append(Falling.Stream(Reference), version, [EventJson.ToLog(new PaymentAdded(Definition.Name, Offer.Authority, due.Charge, (int)due.Pence, due.IncomeCode, due.Vat, By), At)]);
        var setOffs = SetOff.Decide(known, Definition.Name, [due], At);
        await SetOff.Write(unit, Reference, Definition.Name, Offer.Authority, setOffs, version, At, By);
        return (due, setOffs);
    }
}
