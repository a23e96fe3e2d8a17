namespace Moothall.Store.Log;

/// <summary>
/// What came after a place in the log, as it was last read by a reader of this node. Most of its readers stand at one place, and each read the same rows for itself. What was read stays true: nothing
/// comes to lie before it any more. It is read anew as soon as the log is known to go further.
/// </summary>
/// <param name="head">The last event that readers may see, as last looked at.</param>
internal sealed class SharedRows(Func<LogPosition> head)
{
    private sealed record Read(LogPosition From, int Most, List<LogReading.Found> Rows);

    private volatile Read? last;

    public async Task<List<LogReading.Found>> After(LogPosition from, int most, Func<Task<List<LogReading.Found>>> read)
    {
        if (last is { } known && known.From == from && (known.Most == most || known.Rows.Count < Math.Min(known.Most, most)) && (known.Rows.Count == known.Most || known.Rows[^1].Event.Position >= head()))
            return known.Rows;
        var rows = await read();
        if (rows.Count > 0) last = new Read(from, most, rows);
        return rows;
    }
}
