using Moothall.Definitions;
using Moothall.Identity;

namespace Moothall.Cases;

/// <summary>A member of staff opens a case: they read personal data, so that they did is recorded before they see it.</summary>
public static class OpenCase
{
    /// <param name="where">Where it was read: desk or api.</param>
    public static async Task<Result<CaseFile>> Open(House house, string reference, Caller caller, string where, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(house);
        ArgumentNullException.ThrowIfNull(caller);
        if (CaseReference.Tidy(reference) is not { } tidy) return Refusal.NotFound;
        var opened = await house.Database.Read(session => CaseQueries.Open(session, house.Services, tidy, caller), cancel);
        if (opened.IsDone) await house.Database.Commit(unit => ReadLog.Record(unit, house.Now, caller.Id, tidy, where), cancel);
        return opened;
    }
}
