using Moothall.Store;

namespace Moothall.Journeys;

/// <summary>Questions about drafts that pages may ask.</summary>
public static class Drafts
{
    /// <summary>The draft of a browser's cookie, if it is one of this service.</summary>
    public static async Task<Draft?> Find(Session session, string id, string service) => await DraftRows.Find(session, id) is { } draft && draft.Service == service ? draft : null;
}
