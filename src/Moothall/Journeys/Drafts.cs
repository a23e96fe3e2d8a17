using Moothall.Store;

namespace Moothall.Journeys;

/// <summary>Questions about drafts that pages may ask.</summary>
public static class Drafts
{
    /// <summary>Those drafts of a browser that can be gone on with, the newest first.</summary>
    public static async Task<IReadOnlyList<Draft>> Open(Session session, IEnumerable<string> ids, NodaTime.Instant now)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var open = new List<Draft>();
        foreach (var id in ids)
            if (await DraftRows.Find(session, id) is { } draft && ComeBack.MayGoOn(draft, now)) open.Add(draft);
        return [.. open.OrderByDescending(d => d.Touched)];
    }

    /// <summary>Most drafts that are shown of an account.</summary>
    const int MostOfAccount = 50;

    /// <summary>The drafts of an account that can be gone on with, the newest first.</summary>
    public static async Task<IReadOnlyList<Draft>> OfAccount(Session session, string account, NodaTime.Instant now) =>
        [.. (await DraftRows.OfAccount(session, account, MostOfAccount)).Where(d => ComeBack.MayGoOn(d, now))];

    /// <summary>Keeps a draft with an account; one that is kept with another already stays there.</summary>
    public static Task<bool> KeepWith(Unit unit, string id, string account) => DraftRows.KeepWith(unit, id, account);

    /// <summary>The account is closed: its drafts go with their time, as anybody's. Joined by the account's closing only.</summary>
    internal static Task<int> LetGo(Unit unit, string account) => DraftRows.LetGo(unit, account);

    /// <summary>A draft by its id, for an advisor who was let in to it.</summary>
    public static Task<Draft?> Find(Session session, string id) => DraftRows.Find(session, id);

    /// <summary>The draft of a browser's cookie, if it is one of this service.</summary>
    public static async Task<Draft?> Find(Session session, string id, string service) => await DraftRows.Find(session, id) is { } draft && draft.Service == service ? draft : null;
}
