using Moothall.Store;
using NodaTime;

namespace Moothall.Payments;

/// <summary>One charge of a case: what is to be paid, to which code, and how much of it is settled.</summary>
/// <param name="Charge">The charge's name in the definition.</param>
/// <param name="SettledPence">What was paid or waived so far.</param>
public sealed record PaymentDue(string Charge, long Pence, long SettledPence, string IncomeCode, string Vat, Instant DueAt)
{
    public long OutstandingPence => Pence - SettledPence;
    public bool IsSettled => OutstandingPence <= 0;
}

/// <summary>Money that came for a case, or a charge that was waived.</summary>
/// <param name="How">One of <see cref="RecordPayment.Ways"/>.</param>
public sealed record PaymentMade(int Number, string Charge, long Pence, string How, string? Receipt, Instant At, string? ByMember);

/// <summary>All that is to be paid, and was paid, for a case.</summary>
public sealed record CasePayments(IReadOnlyList<PaymentDue> Due, IReadOnlyList<PaymentMade> Made)
{
    public static readonly CasePayments None = new([], []);
    public long OutstandingPence => Due.Sum(d => d.OutstandingPence);
    /// <summary>The first charge that is not settled, or null.</summary>
    public PaymentDue? FirstOutstanding => Due.FirstOrDefault(d => !d.IsSettled);
}

/// <summary>Questions about payments that other rooms may ask.</summary>
public static class PaymentQueries
{
    /// <summary>What is to be paid for a case and what was paid, each in the order it came.</summary>
    public static async Task<CasePayments> Of(Session session, string reference)
    {
        var due = await session.Query($"""
            select charge, pence, settled_pence, income_code, vat, due_at from payment_due where reference = {reference} order by due_at, charge
            """, row => new PaymentDue(row.Text(0), row.Long(1), row.Long(2), row.Text(3), row.Text(4), row.Instant(5)));
        if (due.Count == 0) return CasePayments.None;
        var made = await session.Query($"""
            select number, charge, pence, how, receipt, at, by_member from payment_made where reference = {reference} order by number
            """, row => new PaymentMade(row.Int(0), row.Text(1), row.Long(2), row.Text(3), row.TextOrNull(4), row.Instant(5), row.TextOrNull(6)));
        return new CasePayments(due, made);
    }
}
