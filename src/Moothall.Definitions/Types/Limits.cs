using NodaTime;

namespace Moothall.Definitions;

/// <summary>Says when a number, an amount or a date lies outside the question's `at-least` and `at-most`.</summary>
static class Limits
{
    /// <summary>The message for a number outside its limits, or null when it lies within; show writes a limit.</summary>
    public static string? Wrong(Question question, decimal number, decimal? least, decimal? most, Wording words, Func<decimal, string> show)
    {
        if ((least is null || number >= least) && (most is null || number <= most))
            return null;
        return (least, most) switch
        {
            ({ } low, { } high) => words.Between(question, show(low), show(high)),
            ({ } low, null) => words.AtLeast(question, show(low)),
            (null, { } high) => words.AtMost(question, show(high)),
            _ => null,
        };
    }

    /// <summary>The message for a date outside its limits, or null when it lies within.</summary>
    public static string? Wrong(Question question, LocalDate date, LocalDate today, Wording words) => Wrong(
        question, date, question.AtLeast?.On(today), question.AtMost?.On(today), words, words.Date);

    /// <summary>The message for a month none of whose days is within the limits, or null.</summary>
    public static string? Wrong(Question question, YearMonth month, LocalDate today, Wording words)
    {
        var least = question.AtLeast?.On(today)?.ToYearMonth().OnDayOfMonth(1);
        var most = question.AtMost?.On(today)?.ToYearMonth().OnDayOfMonth(1);
        if (question is { AtMost: { IsToday: true, Days: 0 }, AtLeast: null } && month.OnDayOfMonth(1) > most) return words.ThisMonthOrPast(question);
        if (question is { AtLeast: { IsToday: true, Days: 0 }, AtMost: null } && month.OnDayOfMonth(1) < least) return words.ThisMonthOrFuture(question);
        return Wrong(question, month.OnDayOfMonth(1), least, most, words, limit => words.Month(limit.ToYearMonth()));
    }

    static string? Wrong(Question question, LocalDate date, LocalDate? least, LocalDate? most, Wording words, Func<LocalDate, string> show)
    {
        var early = least is { } low && date < low;
        var late = most is { } high && date > high;
        if (!early && !late)
            return null;
        if (question is { AtLeast: { IsToday: true, Days: 0 or 1 }, AtMost: null })
            return question.AtLeast.Days == 0 ? words.TodayOrFuture(question) : words.InFuture(question);
        if (question is { AtMost: { IsToday: true, Days: 0 or -1 } } && (late || question.AtLeast is null))
            return question.AtMost.Days == 0 ? words.TodayOrPast(question) : words.InPast(question);
        return (least, most) switch
        {
            ({ } from, { } to) => words.Between(question, show(from), show(to)),
            ({ } from, null) => words.OnOrAfter(question, show(from)),
            _ => words.OnOrBefore(question, show(most!.Value)),
        };
    }
}
