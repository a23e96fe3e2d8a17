using Moothall.Definitions;

namespace Moothall.Council;

/// <summary>Reads records.yaml: how many days a list of records that are to be erased stands, for somebody to look at it, and after how long an account that nobody uses goes.</summary>
static class RecordsFile
{
    public const int UsualDays = 7, UsualMonths = 24;

    public static (int ListStandsDays, int AccountsUnusedMonths) Read(YamlMap? file, FindingList findings)
    {
        if (file is null) return (UsualDays, UsualMonths);
        file.Only(findings, ["list-stands", "accounts-unused"]);
        return (ListStands(file, findings), AccountsUnused(file, findings));
    }

    static int ListStands(YamlMap file, FindingList findings)
    {
        if (file.TextOf("list-stands", findings) is not { } text) return UsualDays;
        if (Period.Parse(text.Text) is { Unit: PeriodUnit.Days, Amount: >= 1 and <= 90 } period) return period.Amount;
        findings.Error(text.Place, new Message("`{text}` does not say how long a list stands before it is carried out; write 1 day to 90 days, for example `7 days`", ("text", text.Text)));
        return UsualDays;
    }

    static int AccountsUnused(YamlMap file, FindingList findings)
    {
        if (file.TextOf("accounts-unused", findings) is not { } text) return UsualMonths;
        var months = Period.Parse(text.Text) switch { { Unit: PeriodUnit.Months } period => period.Amount, { Unit: PeriodUnit.Years } period => period.Amount * 12, _ => 0 };
        if (months is >= 6 and <= 120) return months;
        findings.Error(text.Place, new Message("`{text}` does not say after how long an account that nobody uses goes; write 6 months to 10 years, for example `2 years`", ("text", text.Text)));
        return UsualMonths;
    }
}
