using Moothall.Definitions;
using NodaTime;

namespace Moothall.Journeys;

/// <summary>
/// What this node worked out of drafts a moment ago: their answers, read from the stored text, and the walk through them, so that the next page of a journey need do neither again. Each page that is
/// shown reads the draft's row and asks here by its revision, so what another node or another tab saved since is never missed; an answer is decided over what is remembered and written only over
/// that same revision. Some hundred are remembered, in memory only: a newer one takes the place of an older, and one that was sent is forgotten.
/// </summary>
public sealed class RecentDrafts
{
    private const int Places = 256;
    private sealed record Seen(SavedDraft Saved, LocalDate Today);
    private readonly Seen?[] places = new Seen?[Places];

    /// <summary>A draft as its row is now, with its answers and the walk through them.</summary>
    /// <param name="definition">The definition of the draft's version.</param>
    /// <param name="today">The day in the council's zone, on which a walk may hang.</param>
    public SavedDraft Of(Draft draft, ServiceDefinition definition, LocalDate today)
    {
        ArgumentNullException.ThrowIfNull(draft);
        if (Volatile.Read(ref PlaceOf(draft.Id)) is { Saved: var known } seen && known.Draft.Id == draft.Id && known.Draft.Revision == draft.Revision && seen.Today == today && ReferenceEquals(known.Definition, definition))
            return known with { Draft = draft };
        var answers = AnswersJson.Read(definition, draft.AnswersJson);
        var read = new SavedDraft(draft, definition, answers, Journey.Walk(definition, answers, today));
        Remember(read, today);
        return read;
    }

    /// <summary>
    /// An open draft as this node saw it last, without looking whether it still is so; null where it is not remembered from that day. Whoever goes by it writes only where the draft is at that
    /// revision still, and shows nothing of it.
    /// </summary>
    public SavedDraft? Last(string draft, LocalDate today) =>
        Volatile.Read(ref PlaceOf(draft)) is { Saved: var known } seen && known.Draft.Id == draft && known.Draft.IsOpen && seen.Today == today ? known : null;

    /// <summary>Keeps what was just saved in mind, where it was decided on this day.</summary>
    public void Remember(SavedDraft saved, LocalDate today)
    {
        ArgumentNullException.ThrowIfNull(saved);
        Volatile.Write(ref PlaceOf(saved.Draft.Id), new Seen(saved, today));
    }

    /// <summary>It was sent, or ended otherwise.</summary>
    public void Forget(string draft)
    {
        ref var place = ref PlaceOf(draft);
        if (Volatile.Read(ref place)?.Saved.Draft.Id == draft) Volatile.Write(ref place, null);
    }

    private ref Seen? PlaceOf(string draft) => ref places[(uint)draft.GetHashCode(StringComparison.Ordinal) % Places];
}
