using NodaTime;

namespace Moothall.Store;

/// <summary>An effect as an administrator sees it.</summary>
public sealed record RecordedEffect(long Id, string Stream, int Version, string Recipient, string Kind, EffectState State, int Attempts, string? Why, Instant Changed);

/// <summary>Looking at effects, and trying parked ones again.</summary>
public static class Effects
{
    /// <summary>Effects that could not be done and wait for a person, oldest first.</summary>
    public static Task<List<RecordedEffect>> Parked(Session session, int most = 200) => session.Query(
        $"select id, stream, version, recipient, kind, state, attempts, why, changed from effect where state = 'parked' order by id limit {most}", Read);

    /// <summary>All effects of one stream, in order.</summary>
    public static Task<List<RecordedEffect>> Of(Session session, string stream) => session.Query(
        $"select id, stream, version, recipient, kind, state, attempts, why, changed from effect where stream = {stream} order by version, id", Read);

    /// <summary>Has a parked effect tried again from the start; false when it is not parked (any more).</summary>
    public static async Task<bool> Retry(Unit unit, long id)
    {
        var now = await unit.Now();
        return await unit.Execute($"update effect set state = 'waiting', attempts = 0, next_try = {now}, changed = {now} where id = {id} and state = 'parked'") == 1;
    }

    internal static string Code(EffectState state) => state switch
    {
        EffectState.Waiting => "waiting",
        EffectState.Doing => "doing",
        EffectState.Done => "done",
        EffectState.Parked => "parked",
        _ => "not-sent",
    };

    private static RecordedEffect Read(Row row) =>
        new(row.Long(0), row.Text(1), row.Int(2), row.Text(3), row.Text(4), State(row.Text(5)), row.Int(6), row.TextOrNull(7), row.Instant(8));

    private static EffectState State(string code) => code switch
    {
        "waiting" => EffectState.Waiting,
        "doing" => EffectState.Doing,
        "done" => EffectState.Done,
        "parked" => EffectState.Parked,
        _ => EffectState.NotSent,
    };
}
