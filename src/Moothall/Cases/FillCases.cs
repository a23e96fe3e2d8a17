using Moothall.Store;
using NodaTime;

namespace Moothall.Cases;

/// <summary>
/// Gives older cases what a version writes of new ones. A portion a unit, remembered in the same unit: a node that stops goes on where it was, and nobody waits for it. While
/// nodes of another version serve, new cases may still come without it; so it goes on until they have stopped, and looks through all cases once more then.
/// </summary>
public abstract class FillCases(House house) : ITimerHandler
{
    /// <summary>Cases looked at in one unit.</summary>
    public const int Portion = 100;
    static readonly Duration WaitForOthers = Duration.FromSeconds(5);

    protected House House => house;

    /// <summary>Under which name it is remembered how far it has come.</summary>
    protected abstract string Name { get; }

    public abstract string Kind { get; }

    /// <summary>Gives one case what it lacks; does nothing where it lacks nothing.</summary>
    protected abstract Task Fill(Unit unit, string reference);

    /// <summary>Sets the timer while there is something to do; once it is done, never again.</summary>
    protected static async Task Begin(Unit unit, string timer, string name, Instant now)
    {
        if (!await unit.First($"select done from filling where name = {name}", row => row.Bool(0))) await unit.SetTimerIfNone(timer, "", now);
    }

    public async Task Handle(Unit unit, string key, Instant due)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var (behind, began) = await unit.First($"select number, beside_others from filling where name = {Name}", row => (row.Long(0), row.BoolOrNull(1) ?? false));
        var others = await Nodes.OfSeveralVersions(unit);
        var beside = began || others;
        var cases = await unit.Query($"select number, reference from council_case where number > {behind} order by number limit {Portion}", row => (Number: row.Long(0), Reference: row.Text(1)));
        foreach (var (_, reference) in cases) await Fill(unit, reference);
        var reached = cases.Count > 0 ? cases[^1].Number : behind;
        var isEnd = cases.Count < Portion;
        var done = isEnd && !beside;
        // The others have stopped, and what they wrote last may have a lower number than what was looked at before: once more from the first.
        if (isEnd && beside && !others) (reached, beside) = (0, false);
        await unit.Execute($"""
            insert into filling (name, number, done, beside_others) values ({Name}, {reached}, {done}, {beside})
            on conflict (name) do update set number = excluded.number, done = excluded.done, beside_others = excluded.beside_others
            """);
        if (!done) await unit.SetTimer(Kind, key, Instant.Max(due, house.Now) + (isEnd && others ? WaitForOthers : Duration.FromMilliseconds(1)));
    }
}
