using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Store;

namespace Moothall.Cases;

/// <summary>A member of staff opens a case: they read personal data, so that they did is recorded before they see it.</summary>
public static class OpenCase
{
    /// <param name="how">How it was read: at the desk, where a sensitive case that was opened with a reason is shown too, or by a program.</param>
    public static async Task<Result<CaseFile>> Open(House house, string reference, Caller caller, AuditKind how, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(house);
        ArgumentNullException.ThrowIfNull(caller);
        if (CaseReference.Tidy(reference) is not { } tidy) return Refusal.NotFound;
        var opened = await house.Database.Read(session => CaseQueries.Open(session, house.Services, tidy, caller, how == AuditKinds.CaseRead ? house.Now : null), cancel);
        if (opened.Value is { } file) await house.Database.Commit(unit => ReadLog.Record(unit, house.Now, caller, file.Case.ForReading, how), cancel);
        return opened;
    }

    /// <summary>One file of a case, for a member of staff who may read the case; null, as for one that does not exist, for anybody else.</summary>
    public static async Task<StoredFile?> OpenFile(House house, string reference, string id, Caller caller, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(house);
        ArgumentNullException.ThrowIfNull(caller);
        if (CaseReference.Tidy(reference) is not { } tidy) return null;
        var (found, file) = await house.Database.Read(async session => await CaseRows.Find(session, tidy) is { } found && await CaseQueries.MayRead(session, found, caller, house.Now)
            && await FileStore.Find(session, id) is { } stored && stored.Owner == CaseRows.Stream(tidy) ? (found, stored) : default, cancel);
        if (file is not null) await house.Database.Commit(unit => ReadLog.Record(unit, house.Now, caller, found!.ForReading, AuditKinds.FileRead), cancel);
        return file;
    }
}
