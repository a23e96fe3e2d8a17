using Moothall.Cases;
using Moothall.Identity;
using Moothall.Store;
using NodaTime;

namespace Moothall.Journeys;

/// <summary>
/// What is left of the journey that a case came from. Its answers went when it was sent; how it was filled in goes after 28 days, or with the case. Joined by
/// Records only.
/// </summary>
public static class EraseDrafts
{
    /// <summary>Erases the ended drafts of a case that can still have any.</summary>
    public static async Task<int> Of(Unit unit, CouncilCase @case, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(@case);
        if (@case.Received + Draft.Life + Draft.Life < now) return 0;
        foreach (var draft in await unit.Query($"select id from draft where reference = {@case.Reference} and ended is not null", row => row.Text(0)))
            await Beside(unit, draft, now);
        return await unit.Execute($"delete from draft where reference = {@case.Reference} and ended is not null");
    }

    /// <summary>Erases what stands beside a draft: its link with the mails that brought it, its code for an advisor, its files, and who of the staff looked at it.</summary>
    internal static async Task Beside(Unit unit, string draft, Instant now)
    {
        await ComeBack.Erase(unit, draft);
        await HelpCodes.Erase(unit, draft);
        await FileStore.DeleteOf(unit, UploadFile.OwnerOf(draft));
        await ReadLog.EraseOf(unit, Draft.Stream(draft), now);
    }
}
