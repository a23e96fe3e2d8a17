namespace Moothall.Store;

/// <summary>
/// Marks work that nobody waits for in front of a screen: readers of the log, timers, effects, mail. What it writes to SQLite gives way to what people write, and is done in small pieces while they do.
/// </summary>
public static class Unhurried
{
    private static readonly AsyncLocal<bool> here = new();

    /// <summary>All that this method does from now on, and all that it begins, is unhurried; its caller is not.</summary>
    public static void Begin() => here.Value = true;

    internal static bool IsHere => here.Value;
}
