using System.Data.Common;
using System.Text.Json;

namespace Moothall.Torture;

/// <summary>What is kept, held against what was answered: read with plain SQL from the tables themselves.</summary>
sealed class Checks(DbConnection kept, Findings findings)
{
    bool IsPostgres => kept is Npgsql.NpgsqlConnection;

    public List<T> Rows<T>(string sql, Func<DbDataReader, T> read)
    {
        using var command = kept.CreateCommand();
#pragma warning disable CA2100 // Sentences of this program.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.CommandTimeout = 120;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    }

    public long Count(string sql) => Rows(sql, row => Convert.ToInt64(row.GetValue(0), System.Globalization.CultureInfo.InvariantCulture))[0];

    string Json(string column, string name) => IsPostgres ? $"{column}::jsonb->>'{name}'" : $"json_extract({column}, '$.{name}')";

    /// <summary>Every 201 is there exactly once; what was never answered is there at most once.</summary>
    public void Cases(IReadOnlyCollection<Attempt> attempts)
    {
        var byEmail = Rows($"select a.reference, {(IsPostgres ? "a.answers::jsonb->'you'->>'email'" : "json_extract(a.answers, '$.you.email')")} from case_answers a where a.service = 'report-a-pothole'", row => (Reference: row.GetString(0), Email: row.IsDBNull(1) ? "" : row.GetString(1)))
            .ToLookup(r => r.Email, r => r.Reference);
        var cases = Rows("select reference, status from council_case", row => (row.GetString(0), row.GetString(1))).ToDictionary();
        findings.Check("an answered report is there exactly once", attempts.Count(a => a.Reference is not null), attempts.Where(a => a.Reference is not null)
            .Where(a => byEmail[a.Email].Count() != 1 || byEmail[a.Email].First() != a.Reference || !cases.ContainsKey(a.Reference!))
            .Select(a => $"{a.Reference} was answered, kept are [{string.Join(", ", byEmail[a.Email])}]"));
        findings.Check("a report that nobody answered is there at most once", attempts.Count(a => a.Reference is null), attempts.Where(a => a.Reference is null && byEmail[a.Email].Count() > 1).Select(a => string.Join(", ", byEmail[a.Email])));
        findings.Check("the same key gets the same reference", attempts.Count, attempts.Where(a => a.OtherReference is not null).Select(a => $"{a.Reference} and {a.OtherReference}"));
        findings.Check("nothing is there that nobody sent", cases.Count, byEmail.Where(e => attempts.All(a => a.Email != e.Key)).SelectMany(e => e));
        findings.Check("an answered close is closed", attempts.Count(a => a.ClosedAnswered), attempts.Where(a => a.ClosedAnswered && cases.GetValueOrDefault(a.Reference!) != "closed").Select(a => a.Reference!));
    }

    /// <summary>The log itself: versions of a stream without a gap, and the rows that each event stands for.</summary>
    public void Log()
    {
        var streams = Rows("select stream, count(*), min(version), max(version) from event group by stream", row => (Stream: row.GetString(0), Count: row.GetInt64(1), First: Convert.ToInt64(row.GetValue(2), null), Last: Convert.ToInt64(row.GetValue(3), null)));
        findings.Check("versions of a stream have no gap", streams.Count, streams.Where(s => s.First != 1 || s.Last != s.Count).Select(s => s.Stream));
        var received = Rows("select stream from event where type = 'case.received'", row => row.GetString(0)).ToHashSet();
        var cases = Rows("select reference from council_case", row => "case/" + row.GetString(0)).ToHashSet();
        findings.Check("each case has its event and each event its case", cases.Count, received.Except(cases).Concat(cases.Except(received)));
        var closings = Rows("select stream, count(*) from event where type = 'case.closed' group by stream", row => (Stream: row.GetString(0), Count: row.GetInt64(1)));
        findings.Check("no case was closed twice", closings.Count, closings.Where(c => c.Count > 1).Select(c => c.Stream));
    }

    /// <summary>What the log adds up to, by service, authority and channel, and what is published.</summary>
    public IReadOnlyDictionary<string, long> Recount()
    {
        var sums = new Dictionary<string, long>();
        foreach (var (type, name) in new[] { ("case.received", "received"), ("case.closed", "closed") })
            foreach (var (line, count) in Rows($"select {Json("data", "service")}, {Json("data", "authority")}, count(*) from event where type = '{type}' group by 1, 2", row => ($"{row.GetString(0)} {row.GetString(1)} {name}", row.GetInt64(2))))
                sums[line] = count;
        return sums;
    }

    public static async Task<IReadOnlyDictionary<string, long>> Published(HttpClient server)
    {
        var (from, to) = (DateTime.UtcNow.AddDays(-3), DateTime.UtcNow.AddDays(3));
        using var report = JsonDocument.Parse(await server.GetStringAsync(FormattableString.Invariant($"/api/v1/performance?from={from:yyyy-MM-dd}&to={to:yyyy-MM-dd}")));
        var sums = new Dictionary<string, long>();
        foreach (var service in report.RootElement.GetProperty("services").EnumerateArray())
            foreach (var name in new[] { "received", "closed" })
                if (service.GetProperty("cases").GetProperty(name).GetInt64() is > 0 and var count)
                    sums[$"{service.GetProperty("service").GetString()} {service.GetProperty("authority").GetString()} {name}"] = count;
        return sums;
    }

    /// <summary>Waits until the published figures stand still or are right, then says which differ.</summary>
    public async Task Figures(HttpClient server, TimeSpan patience)
    {
        var expected = Recount();
        IReadOnlyDictionary<string, long> published = new Dictionary<string, long>();
        for (var until = DateTime.UtcNow + patience; DateTime.UtcNow < until; await Task.Delay(500))
            try
            {
                published = await Published(server);
                if (expected.All(e => published.GetValueOrDefault(e.Key) == e.Value) && published.Count == expected.Count) break;
            }
            catch (HttpRequestException) { /* It comes back. */ }
        findings.Check("every published figure equals a recount of the log", expected.Count, expected.Keys.Union(published.Keys).Where(k => expected.GetValueOrDefault(k) != published.GetValueOrDefault(k))
            .Select(k => FormattableString.Invariant($"{k}: log {expected.GetValueOrDefault(k)}, published {published.GetValueOrDefault(k)}")));
    }

    /// <summary>Waits until nothing is left to be sent, then holds the mails against the cases.</summary>
    public async Task Mails(MailSink sink, IReadOnlyCollection<Attempt> attempts, TimeSpan patience)
    {
        const string Waiting = "select (select count(*) from effect where state in ('waiting', 'doing')) + (select count(*) from message where state in ('waiting', 'doing'))";
        var until = DateTime.UtcNow + patience;
        while (Count(Waiting) > 0 && DateTime.UtcNow < until) await Task.Delay(1000);
        findings.Check("nothing that is to be told is left over", Count("select count(*) from message"), Count(Waiting) is > 0 and var left ? [FormattableString.Invariant($"{left} wait still")] : []);
        var told = sink.Mails.SelectMany(m => m.References.Select(r => (m.To, Reference: r))).ToList();
        var owner = attempts.Where(a => a.Reference is not null).ToDictionary(a => a.Reference!, a => a.Email);
        var reached = told.ToHashSet();
        findings.Check("everybody who was answered was told", owner.Count, owner.Where(o => !reached.Contains((o.Value, o.Key))).Select(o => o.Key));
        findings.Check("nobody was told of another's case", told.Count, told.Where(t => owner.TryGetValue(t.Reference, out var email) && email != t.To).Select(t => $"{t.Reference} to {t.To}"));
        Console.WriteLine(FormattableString.Invariant($"        {sink.Mails.Count} mails for {told.Distinct().Count()} different tellings"));
    }

    /// <summary>What the partner heard: everything, each stream in order.</summary>
    public async Task Heard(Listener listener, TimeSpan patience)
    {
        var log = Rows("select stream, version from event", row => (row.GetString(0), Convert.ToInt32(row.GetValue(1), null))).ToHashSet();
        for (var until = DateTime.UtcNow + patience; DateTime.UtcNow < until && listener.First.Count < log.Count; await Task.Delay(500)) { }
        var heard = listener.First.ToList();
        findings.Check("every event left for the queue", log.Count, log.Except(heard).Select(e => $"{e.Item1} {e.Item2} was never heard"));
        var at = new Dictionary<string, int>();
        var wrong = new List<string>();
        foreach (var (stream, version) in heard)
        {
            if (version != at.GetValueOrDefault(stream) + 1) wrong.Add(FormattableString.Invariant($"{stream}: {version} came after {at.GetValueOrDefault(stream)}"));
            at[stream] = version;
        }
        findings.Check("first comings of a stream are in order", heard.Count, wrong);
        Console.WriteLine(FormattableString.Invariant($"        {listener.All} deliveries of {heard.Count} events"));
    }

    /// <summary>Notes each move of each reader, before the torture begins. A reader's place goes forward, and its epoch never back.</summary>
    public void WatchReaders() => Rows("""
        create table torture_move (number bigint generated always as identity, name text, before text, after text, epoch_before bigint, epoch_after bigint, holder text);
        create function torture_move() returns trigger language plpgsql as $$ begin
          insert into torture_move (name, before, after, epoch_before, epoch_after, holder) values (new.name, old.position, new.position, old.epoch, new.epoch, new.holder);
          return new; end $$;
        create trigger torture_move after update on reader for each row when (old.position <> new.position or old.epoch <> new.epoch) execute function torture_move();
        """, _ => 0);

    public void Readers()
    {
        static (long, long) Place(string text) => text.Split(':') is [var transaction, var number] ? (long.Parse(transaction, null), long.Parse(number, null)) : (0, 0);
        var moves = Rows("select name, before, after, epoch_before, epoch_after from torture_move order by number", row => (Name: row.GetString(0), Before: row.GetString(1), After: row.GetString(2), EpochBefore: row.GetInt64(3), EpochAfter: row.GetInt64(4)));
        findings.Check("no reader was moved by somebody who had lost it", moves.Count, moves.Where(m => m.EpochAfter < m.EpochBefore || Place(m.After).CompareTo(Place(m.Before)) < 0).Select(m => $"{m.Name} from {m.Before} to {m.After}, epoch {m.EpochBefore} to {m.EpochAfter}"));
        Console.WriteLine(FormattableString.Invariant($"        readers were taken over {moves.Count(m => m.EpochAfter > m.EpochBefore)} times"));
    }
}
