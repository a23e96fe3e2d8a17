using Moothall.Store;
using NodaTime;

namespace Moothall.Cases;

/// <summary>What the next version brings: older cases get their code.</summary>
public sealed class FillCodes(House house) : FillCases(house)
{
    const string Timer = "fill-codes", OwnName = "codes";

    protected override string Name => OwnName;
    public override string Kind => Timer;

    internal static Task Begin(Unit unit, Instant now) => Begin(unit, Timer, OwnName, now);

    protected override async Task Fill(Unit unit, string reference) =>
        await unit.Execute($"update council_case set code = {reference[^9..]} where reference = {reference} and code is null");
}
