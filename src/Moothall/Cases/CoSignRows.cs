using Moothall.Store;
using NodaTime;

namespace Moothall.Cases;

/// <summary>How asking somebody to agree stands.</summary>
/// <param name="Number">The number in the code of the newest link: a new one ends the link before.</param>
/// <param name="Tries">Wrong addresses that were entered at the link.</param>
/// <param name="Due">The event `co-sign.due` that it was sent for, by its version.</param>
/// <param name="Ends">The first moment at which the link does not work any more.</param>
/// <param name="Answer">`agreed` or `declined` by the link; null while there is no answer.</param>
sealed record CoSignRow(string Reference, int Number, int Tries, int Due, Instant Asked, Instant Ends, Instant? Reminded, string? Answer, Instant? Answered)
{
    /// <summary>The last day on which the link works.</summary>
    public LocalDate LastDay(DateTimeZone zone) => Ends.InZone(zone).Date.PlusDays(-1);
}

/// <summary>The rows of those who are asked to agree. Who they are stands in the case's answers and its history alone.</summary>
static class CoSignRows
{
    public static string Stream(string reference) => "co-sign/" + reference;

    public static Task<CoSignRow?> Find(Session session, string reference) => session.First($"""
        select reference, number, tries, due, asked, ends, reminded, answer, answered from case_co_sign where reference = {reference}
        """, Read);

    /// <summary>The row of a link, by its code.</summary>
    public static Task<CoSignRow?> OfLink(Session session, string code) => session.First($"""
        select reference, number, tries, due, asked, ends, reminded, answer, answered from case_co_sign where link = {TrackingCodes.HashOf(code)}
        """, Read);

    static CoSignRow Read(Row row) => new(row.Text(0), row.Int(1), row.Int(2), row.Int(3), row.Instant(4), row.Instant(5), row.InstantOrNull(6), row.TextOrNull(7), row.InstantOrNull(8));

    /// <summary>Writes a new link over the one before.</summary>
    public static Task Write(Unit unit, CoSignRow row, string code) => unit.Execute($"""
        insert into case_co_sign (reference, number, link, tries, due, asked, ends, reminded, answer, answered)
        values ({row.Reference}, {row.Number}, {TrackingCodes.HashOf(code)}, {row.Tries}, {row.Due}, {row.Asked}, {row.Ends}, {row.Reminded}, {row.Answer}, {row.Answered})
        on conflict (reference) do update set number = excluded.number, link = excluded.link, tries = excluded.tries, due = excluded.due, asked = excluded.asked, ends = excluded.ends,
            reminded = excluded.reminded, answer = excluded.answer, answered = excluded.answered
        """);

    public static Task Tried(Unit unit, string reference) => unit.Execute($"update case_co_sign set tries = tries + 1 where reference = {reference}");

    public static Task Reminded(Unit unit, string reference, Instant now) => unit.Execute($"update case_co_sign set reminded = {now} where reference = {reference}");

    public static Task Answered(Unit unit, string reference, string answer, Instant now) => unit.Execute($"update case_co_sign set answer = {answer}, answered = {now} where reference = {reference}");

    /// <summary>Erases what is known of asking somebody, with what was to be done about it.</summary>
    public static async Task<int> Erase(Unit unit, string reference)
    {
        await unit.CancelTimer(CoSignTimes.Timer, reference);
        return await unit.Execute($"delete from case_co_sign where reference = {reference}");
    }
}
