namespace Moothall.Store;

/// <summary>
/// The names of a projection's tables: the live ones, or those of a shadow that a replay builds. Every table and index
/// of a projection is named through this, so that both can stand side by side. Index names stay with their generation.
/// </summary>
public sealed class TableNames
{
    private readonly long epoch;
    private readonly bool shadow;

    private TableNames(long epoch, bool shadow)
    {
        this.epoch = epoch;
        this.shadow = shadow;
    }

    /// <summary>The tables that people's pages read.</summary>
    public static readonly TableNames Live = new(0, false);

    /// <summary>A table by its plain name.</summary>
    public SqlName this[string table] => new(shadow ? $"{table}_r{epoch}" : table);

    /// <summary>The name for an index: never the same in two generations.</summary>
    public SqlName Index(string name) => new(epoch == 0 ? name : $"{name}_r{epoch}");

    internal static TableNames Shadow(long epoch) => new(epoch, true);
}
