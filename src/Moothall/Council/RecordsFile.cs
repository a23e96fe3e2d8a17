using Moothall.Definitions;

namespace Moothall.Council;

/// <summary>Reads records.yaml: how many days a list of records that are to be erased stands, for somebody to look at it.</summary>
static class RecordsFile
{
    public const int UsualDays = 7;

    public static int Read(YamlMap? file, FindingList findings)
    {
        if (file is null) return UsualDays;
        file.Only(findings, ["list-stands"]);
        if (file.TextOf("list-stands", findings) is not { } text) return UsualDays;
        if (Period.Parse(text.Text) is { Unit: PeriodUnit.Days, Amount: >= 1 and <= 90 } period) return period.Amount;
        findings.Error(text.Place, new Message("`{text}` does not say how long a list stands before it is carried out; write 1 day to 90 days, for example `7 days`", ("text", text.Text)));
        return UsualDays;
    }
}
