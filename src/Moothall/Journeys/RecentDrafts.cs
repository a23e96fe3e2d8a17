using Moothall.Cases;
using Moothall.Definitions;
using NodaTime;

namespace Moothall.Journeys;

/// <summary>
/// What this node worked out of drafts a moment ago: their answers, read from the stored text, and the walk through them, so that the next page of a journey need do neither again. Each page that is
/// shown reads the draft's row and asks here by its revision, so what another node or another tab saved since is never missed; an answer is decided over what is remembered and written only over
/// that same revision. The page that an answer leads to is the answer's own: it is shown of what the answer saved, once and soon after, as if it had come back with it, and reads nothing; but only to a
/// browser that says this very revision is the last it heard of, as another node may have saved its next answer. Some hundred are remembered, in memory only: a newer one takes the place of an older.
/// </summary>
public sealed class RecentDrafts
{
    /// <summary>How long after an answer its page may be asked for: as long as a slow connection takes to follow.</summary>
    public static Duration Soon { get; } = Duration.FromSeconds(10);
    private const int Places = 256;
    private sealed record Seen(SavedDraft Saved, LocalDate Today)
    {
        // When it was saved, as long as its page was not shown.
        public Instant? Led { get; init; }
        public SentDraft? Sent { get; init; }
    }
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
        Volatile.Write(ref PlaceOf(draft.Id), new Seen(read, today));
        return read;
    }

    /// <summary>
    /// An open draft as this node saw it last, without looking whether it still is so; null where it is not remembered from that day. Whoever goes by it writes only where the draft is at that
    /// revision still, and shows nothing of it.
    /// </summary>
    public SavedDraft? Last(string draft, LocalDate today) =>
        Volatile.Read(ref PlaceOf(draft)) is { Saved: var known } seen && known.Draft.Id == draft && known.Draft.IsOpen && seen.Today == today ? known : null;

    /// <summary>What an answer, or the sending, just saved here, for the page that it leads to: given once, and only soon after. Null otherwise: then the draft is read.</summary>
    /// <param name="revision">The draft's revision after the last answer that the browser was told of, by whichever node.</param>
    public (SavedDraft Saved, SentDraft? Sent)? PageAfter(string draft, int revision, LocalDate today, Instant now)
    {
        ref var place = ref PlaceOf(draft);
        if (Volatile.Read(ref place) is not { Led: { } led, Saved: var known } seen || known.Draft.Id != draft || known.Draft.Revision != revision || seen.Today != today || now < led || now - led > Soon) return null;
        return Interlocked.CompareExchange(ref place, seen with { Led = null, Sent = null }, seen) == seen ? (known, seen.Sent) : null;
    }

    /// <summary>Keeps what was just saved in mind, where it was decided on this day.</summary>
    public void Remember(SavedDraft saved, LocalDate today, Instant now)
    {
        ArgumentNullException.ThrowIfNull(saved);
        Volatile.Write(ref PlaceOf(saved.Draft.Id), new Seen(saved, today) { Led = now });
    }

    /// <summary>It was sent; nothing of its answers is left in it.</summary>
    public void Remember(SentDraft sent, ServiceDefinition definition, LocalDate today, Instant now)
    {
        ArgumentNullException.ThrowIfNull(sent);
        Volatile.Write(ref PlaceOf(sent.Draft.Id), new Seen(new SavedDraft(sent.Draft, definition, Answers.None, Journey.Walk(definition, Answers.None, today)), today) { Led = now, Sent = sent });
    }

    private ref Seen? PlaceOf(string draft) => ref places[(uint)draft.GetHashCode(StringComparison.Ordinal) % Places];
}
