using System.Globalization;
using System.Text.RegularExpressions;
using Moothall.Definitions;
using Moothall.Store;
using NodaTime;

namespace Moothall.Payments;

/// <summary>A member of staff took money for a case by phone, counter or post, or waived a charge. Recorded by hand until people can pay online.</summary>
public sealed partial record RecordPayment
{
    /// <summary>How money comes; `waived` means that none does.</summary>
    public static readonly IReadOnlyList<string> Ways = ["card", "cash", "cheque", "bank-transfer", "direct-debit", "waived"];

    public required string Reference { get; init; }
    public required string Service { get; init; }
    public required string Authority { get; init; }
    /// <summary>The charge that it is for; empty for the first that is not settled.</summary>
    public required string Charge { get; init; }
    /// <summary>The amount as typed: "55", "£55.00".</summary>
    public required string Amount { get; init; }
    public required string How { get; init; }
    /// <summary>The number of the receipt; may be left out only where a charge is waived.</summary>
    public required string Receipt { get; init; }
    public required Instant At { get; init; }
    public required Actor By { get; init; }
    public string? ByMember { get; init; }

    /// <summary>The payment and the charge that it settles, or what is wrong with it, field by field. Pure.</summary>
    public Result<(PaymentDue Due, PaymentMade Made)> Decide(CasePayments known)
    {
        ArgumentNullException.ThrowIfNull(known);
        var due = Charge.Length == 0 ? known.FirstOutstanding : known.Due.FirstOrDefault(d => d.Charge == Charge);
        if (due is null) return known.Due.Count == 0 ? Refusal.Invalid("Nothing is to be paid for this case.") : Refusal.Invalid("Everything is paid for this case.");
        if (due.IsSettled) return Refusal.Invalid("This is paid already.");
        var faults = new List<Fault>();
        var pence = Pence(Amount);
        if (pence is null or 0) faults.Add(new Fault("amount", "amount", new Message("Enter the amount in pounds, like 55 or 12.50")));
        else if (pence > due.OutstandingPence) faults.Add(new Fault("amount", "amount", new Message("The amount must be {amount} or less, which is what is still to be paid", ("amount", InPounds(due.OutstandingPence)))));
        if (!Ways.Contains(How)) faults.Add(new Fault("how", "how", new Message("Choose how it was paid")));
        if (Receipt.Length == 0 ? How != "waived" : !ReceiptNumber().IsMatch(Receipt))
            faults.Add(new Fault("receipt", "receipt", new Message("Enter the receipt number: up to 40 letters, figures, hyphens and slashes")));
        if (faults.Count > 0) return Refusal.Invalid(faults);
        return (due, new PaymentMade(known.NextNumber, due.Charge, pence!.Value, How, Receipt.Length == 0 ? null : Receipt, At, ByMember));
    }

    /// <summary>Decides and writes in the caller's unit; refused with nothing written.</summary>
    public async Task<Result<PaymentMade>> Record(Unit unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        // The version first: what came to the payments after it was read makes the appending fail, and all of it is done anew.
        var version = await unit.VersionOf(Falling.Stream(Reference));
        var known = await PaymentQueries.Of(unit, Reference);
        var decided = Decide(known);
        if (!decided.IsDone) return decided.Refusal!;
        var (due, made) = decided.Value;
        await unit.Execute($"update payment_due set settled_pence = {due.SettledPence + made.Pence} where reference = {Reference} and charge = {due.Charge}");
        await Insert(unit, Reference, made);
        await unit.Append(Falling.Stream(Reference), version,
            [EventJson.ToLog(new PaymentRecorded(Service, Authority, due.Charge, (int)made.Pence, due.IncomeCode, made.How, By), At)]);
        return made;
    }

    internal static Task Insert(Unit unit, string reference, PaymentMade made) => unit.Execute($"""
        insert into payment_made (reference, number, charge, pence, how, receipt, at, by_member, from_charge)
        values ({reference}, {made.Number}, {made.Charge}, {made.Pence}, {made.How}, {made.Receipt}, {made.At}, {made.ByMember}, {made.From})
        """);

    /// <summary>"£55.00", "£1,250.00".</summary>
    public static string InPounds(long pence) => string.Create(CultureInfo.InvariantCulture, $"£{pence / 100m:#,##0.00}");

    /// <summary>Pence of an amount as people type it: "55", "£1,250.00"; null where it is none, or more than ten million pounds.</summary>
    internal static long? Pence(string typed)
    {
        var text = Tidy.Line(typed).Trim().TrimStart('£').Replace(",", "", StringComparison.Ordinal);
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var pounds) && pounds is > 0 and < 10_000_000 && pounds * 100 % 1 == 0 ? (long)(pounds * 100) : null;
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9/-]{0,39}$")]
    private static partial Regex ReceiptNumber();
}
