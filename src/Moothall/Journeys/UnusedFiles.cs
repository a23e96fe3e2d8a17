using Moothall.Records;
using Moothall.Store;
using NodaTime;

namespace Moothall.Journeys;

/// <summary>
/// Files that somebody sent and no answer took up. After a day nothing can use them any more; they go by a list then, on which a file is called by its id and said to be
/// of its kind, never by its name. Nobody is known to whom one belongs, so a hold keeps one by its reference only.
/// </summary>
public static class UnusedFiles
{
    const string Rule = "1 day after they came";

    /// <summary>Those whose time is over, by id.</summary>
    public static async Task<List<LooseRecord>> Over(Session session, Instant now, string after, int most) =>
        [.. (await FileStore.Unused(session, now - FileStore.UnusedLife, after, most)).Select(Listed)];

    /// <summary>One of them; null when it is gone, in use, or its time is not over.</summary>
    public static async Task<LooseRecord?> FindOver(Session session, Instant now, string key) =>
        await FileStore.Find(session, key) is { Owner: null } file && file.Created < now - FileStore.UnusedLife ? Listed(file) : null;

    /// <summary>Whose a file is for lists: nobody's alone; null when there is none, or something uses it.</summary>
    public static async Task<string?> AuthorityOf(Session session, string key) => await FileStore.Find(session, key) is { Owner: null } ? "" : null;

    static LooseRecord Listed(StoredFile file) => new(file.Id, "", Rule, file.Created, file.Kind, IsHeld: false);
}
