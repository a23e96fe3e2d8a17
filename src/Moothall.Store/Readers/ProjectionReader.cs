using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Moothall.Store.Readers;

/// <summary>A projection as the host runs it, on the live tables.</summary>
internal sealed class ProjectionReader(Database database, IProjection projection, string holder, ReaderSettings settings, ILogger log)
    : FollowedReader(database, projection.Name, holder, settings, log)
{
    protected override string? Form => FormOf(projection, Database.Dialect);

    // A projection that is behind folds many events into the same few rows, so that it comes up the faster the further it is behind.
    protected override int MostAtOnce => base.MostAtOnce * 10;

    public override async Task Register() => await Database.Commit(unit => Register(unit, projection));

    /// <summary>Whether the live tables were made by another form of this projection, so that they must be built again.</summary>
    public async Task<bool> IsOutdated() =>
        await Database.Read(session => session.First($"select form from reader where name = {Name}", row => row.TextOrNull(0))) != Form;

    protected override Task Apply(Unit unit, IReadOnlyList<LogEvent> events) => projection.Apply(unit, TableNames.Live, events);

    /// <summary>Makes row and live tables of a projection that is new to this database.</summary>
    public static async Task<bool> Register(Unit unit, IProjection projection)
    {
        if (!await ReaderTable.Add(unit, projection.Name, LogPosition.Start, FormOf(projection, unit.Dialect), TableList(projection))) return false;
        await unit.Script(projection.Schema(unit.Dialect, TableNames.Live));
        return true;
    }

    public static string FormOf(IProjection projection, Dialect dialect) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(projection.Schema(dialect, TableNames.Live))));

    public static string TableList(IProjection projection) => string.Join(',', projection.Tables);
}

/// <summary>An owner as the host runs it: it decides first, and its place moves on last.</summary>
internal sealed class OwnerReader(Database database, IOwner owner, string holder, ReaderSettings settings, ILogger log)
    : FollowedReader(database, owner.Name, holder, settings, log)
{
    protected override bool MovesFirst => false;

    public override async Task Register() => await Database.Commit(unit => ReaderTable.Add(unit, Name, LogPosition.Start, null, null));

    protected override Task Apply(Unit unit, IReadOnlyList<LogEvent> events) => owner.Handle(unit, events);
}

/// <summary>An effect's reader: only writes down what is to be done; the doing comes after the minute of undo. Begins with the next event, never with old ones.</summary>
internal sealed class EffectReader(Database database, IEffect effect, string holder, ReaderSettings settings, ILogger log)
    : FollowedReader(database, effect.Name, holder, settings, log)
{
    private readonly ReaderSettings settings = settings;

    public override async Task Register() =>
        await Database.Commit(async unit => await ReaderTable.Add(unit, Name, await Log.LogReading.End(unit), null, null));

    protected override async Task Apply(Unit unit, IReadOnlyList<LogEvent> events)
    {
        List<(LogEvent Event, string Recipient)> due = [.. events.Where(e => !e.Imported).SelectMany(e => effect.Recipients(e).Select(recipient => (e, recipient)))];
        if (due.Count == 0) return;
        var now = await unit.Now();
        foreach (var (e, recipient) in due)
            await unit.Add($"""
                insert into effect (reader, stream, version, recipient, kind, state, attempts, next_try, changed)
                values ({Name}, {e.Stream}, {e.Version}, {recipient}, {effect.Kind}, 'waiting', 0, {now + settings.Undo}, {now})
                on conflict (stream, version, recipient, kind) do nothing
                """);
    }
}
