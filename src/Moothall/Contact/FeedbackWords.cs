using Moothall.Store;
using NodaTime;

namespace Moothall.Contact;

/// <summary>The words of feedback may name somebody; they go when a record of the same day would. Scores stay.</summary>
public static class FeedbackWords
{
    /// <summary>Erases the words about a service that were given before a time; says how many.</summary>
    public static Task<int> Erase(Unit unit, string service, Instant before)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return unit.Execute($"update feedback set words = null where service = {service} and at < {before} and words is not null");
    }
}
