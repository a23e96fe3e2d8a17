using Moothall.Definitions;
using Moothall.Store;

namespace Moothall;

/// <summary>Has what the store says of itself said in any language.</summary>
public static class StoreWordsSaid
{
    /// <summary>The words as a message; among their values further words are said in the same language.</summary>
    public static Message AsMessage(this StoreWords words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return new Message(words.English, [.. words.Values.Select(v => (v.Name, v.Value is StoreWords further ? further.AsMessage() : v.Value))]);
    }
}
