namespace Moothall.Store;

/// <summary>What a unit of work came to, where that may be a no: a unit that was refused is rolled back, and whoever asked for it gets the no.</summary>
public interface IOutcome
{
    /// <summary>True when nothing that the unit wrote may stay.</summary>
    bool RollsBack { get; }
}
