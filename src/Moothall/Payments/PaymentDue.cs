using Moothall.Store;
using NodaTime;

namespace Moothall.Payments;

/// <summary>One charge of a case: what is to be paid, to which code, and how much of it is settled.</summary>
/// <param name="Charge">The charge's name in the definition; `service/charge` for what was paid before the case was moved from another service.</param>
/// <param name="SettledPence">What was paid or waived so far.</param>
public sealed record PaymentDue(string Charge, long Pence, long SettledPence, string IncomeCode, string Vat, Instant DueAt)
{
    public long OutstandingPence => Pence - SettledPence;
    public bool IsSettled => OutstandingPence <= 0;
    /// <summary>The service that it was paid to before the case was moved to another; null for a charge of the case as it is.</summary>
    public string? EarlierService => Charge.IndexOf('/', StringComparison.Ordinal) is > 0 and var at ? Charge[..at] : null;
    /// <summary>The charge's name in the definition of its service.</summary>
    public string Name => Charge[(Charge.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <summary>The words for it in the first of some definitions that has it (only its own service's, where it is an earlier one's); null in none.</summary>
    public Definitions.Prose? LabelIn(IEnumerable<Definitions.ServiceDefinition> definitions) => LabelIn(definitions, EarlierService, Name);

    /// <summary>The words for a charge of a service (null: any) in the first of some definitions that has it; null in none.</summary>
    public static Definitions.Prose? LabelIn(IEnumerable<Definitions.ServiceDefinition> definitions, string? service, string name) =>
        definitions.Where(d => service is null || d.Name == service).SelectMany(d => d.Charges).FirstOrDefault(c => c.Name == name)?.Label;
}

/// <summary>Money that came for a case, or a charge that was waived, or what was paid before a move and counts for another charge now.</summary>
/// <param name="How">One of <see cref="RecordPayment.Ways"/>, or <see cref="SetOff.How"/>.</param>
public sealed record PaymentMade(int Number, string Charge, long Pence, string How, string? Receipt, Instant At, string? ByMember)
{
    /// <summary>The charge that the money had come for, where it was set against this one.</summary>
    public string? From { get; init; }
}

/// <summary>All that is to be paid, and was paid, for a case.</summary>
public sealed record CasePayments(IReadOnlyList<PaymentDue> Due, IReadOnlyList<PaymentMade> Made)
{
    public static readonly CasePayments None = new([], []);
    public long OutstandingPence => Due.Sum(d => d.OutstandingPence);
    /// <summary>The number of the next payment.</summary>
    public int NextNumber => Made.Select(m => m.Number).DefaultIfEmpty(0).Max() + 1;
    /// <summary>Money that came for a charge. What was waived is no money, and what was set against it came for another.</summary>
    public long MoneyPence(PaymentDue due) => Made.Where(m => m.Charge == due.Charge && m.How != "waived" && m.From is null).Sum(m => m.Pence);
    /// <summary>How much of the money that came for a charge before a move counts for other charges now.</summary>
    public long SetOffPence(PaymentDue due) => Made.Where(m => m.From == due.Charge).Sum(m => m.Pence);
    /// <summary>Charges of services that the case is no longer of for which money came, and how much of that counts for nothing now.</summary>
    public IEnumerable<(PaymentDue Due, long Pence)> Unused(string service) =>
        Due.Where(d => d.EarlierService is { } earlier && earlier != service).Select(d => (d, d.SettledPence - Made.Where(m => m.Charge == d.Charge && m.How == "waived").Sum(m => m.Pence))).Where(u => u.Item2 > 0);
    /// <summary>Money that came for services that the case is no longer of and counts for nothing now: it is to be given back.</summary>
    public long TooMuchPence(string service) => Unused(service).Sum(u => u.Pence);
    /// <summary>Whether another charge of a service may fall due yet, so that what was paid too much is better kept until then.</summary>
    /// <param name="undecided">Charges that wait for staff.</param>
    public bool MayGrow(Definitions.ServiceDefinition definition, IEnumerable<string> undecided)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return definition.Charges.Any(c => Due.All(d => d.Charge != c.Name) && (c.Stage is not null || undecided.Contains(c.Name)));
    }
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
            select number, charge, pence, how, receipt, at, by_member, from_charge from payment_made where reference = {reference} order by number
            """, row => new PaymentMade(row.Int(0), row.Text(1), row.Long(2), row.Text(3), row.TextOrNull(4), row.Instant(5), row.TextOrNull(6)) { From = row.TextOrNull(7) });
        return new CasePayments(due, made);
    }
}
