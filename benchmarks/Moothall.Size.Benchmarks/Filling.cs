using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Moothall.Definitions;
using NodaTime;

namespace Moothall.Benchmarks.Size;

/// <summary>
/// Fills a store with made-up cases of the shape that the product writes, straight into its tables: one real case is the pattern of each. Every thirteenth
/// case, up to 73,000, is of one person. Five events a case: two of the journey, three or four of the case. Places on the map are not filled.
/// </summary>
internal sealed class Filling(string file, int cases, IReadOnlyList<string> services) : IDisposable
{
    /// <summary>The address under which one person has very many cases.</summary>
    public const string BusyPerson = "everything@busy.example";
    public const int MostOfBusyPerson = 73_000;

    static readonly string[] FirstNames = ["Amina", "Bryn", "Carys", "Dilip", "Eleri", "Farah", "Gareth", "Huw", "Ines", "Jack", "Kofi", "Lena", "Mair", "Nia", "Owen", "Priya"];
    static readonly Instant First = Instant.FromUtc(2024, 11, 1, 8, 0);

    readonly SqliteConnection connection = new($"Data Source={file};Pooling=False");
    readonly List<string> references = new(cases);

    public string Sample(int number) => references[number];

    /// <summary>The words by which the case of a number is found.</summary>
    public static (string First, string Last, string Email) PersonOf(int number) => (FirstNames[number % FirstNames.Length], string.Create(CultureInfo.InvariantCulture, $"Name{number % 5003:00000}"),
        number % 13 == 0 && number / 13 < MostOfBusyPerson ? BusyPerson : string.Create(CultureInfo.InvariantCulture, $"person{number}@mail.example"));

    public void Run(string pattern)
    {
        connection.Open();
        Execute("pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -600000; pragma locking_mode = exclusive");
        var row = Pattern(pattern);
        var indexes = Texts("select sql from sqlite_master where type = 'index' and tbl_name in ('council_case', 'case_search_word') and sql is not null");
        foreach (var name in Texts("select name from sqlite_master where type = 'index' and tbl_name in ('council_case', 'case_search_word') and sql is not null")) Execute($"drop index {name}");
        using (var transaction = connection.BeginTransaction())
        {
            Insert(row, transaction);
            transaction.Commit();
        }
        foreach (var index in indexes) Execute(index);
        // Owners and effects have handled nothing of what is made up; figures are built by a replay afterwards.
        Execute("update reader set position = '0:' || (select max(number) from event) where name not in ('performance', 'queue-counts')");
        Execute("analyze; pragma journal_mode = wal");
    }

    sealed record CasePattern(string Authority, string Team, string Stage, string Decided, string Answers);

    CasePattern Pattern(string reference)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "select c.authority, c.team, c.stage, c.decided, a.answers from council_case c join case_answers a on a.reference = c.reference where c.reference = $r";
        command.Parameters.AddWithValue("$r", reference);
        using var reader = command.ExecuteReader();
        reader.Read();
        return new(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4));
    }

    void Insert(CasePattern pattern, SqliteTransaction transaction)
    {
        var council = Prepare(transaction, "insert into council_case (reference, service, definition_version, authority, team, stage, status, outcome, channel, received, closed, close_by, stage_due, due, assigned, decided, version, link_number, imported)", 19);
        var answers = Prepare(transaction, "insert into case_answers (reference, service, definition_version, answers)", 4);
        var circumstance = Prepare(transaction, "insert into case_circumstance (reference, language, device)", 3);
        var history = Prepare(transaction, "insert into case_history (reference, version, at, kind, by_member, stage, handling_seconds)", 7);
        var words = Prepare(transaction, "insert or ignore into case_search_word (word, number)", 2);
        var events = Prepare(transaction, "insert into event (stream, version, type, schema, at, imported, data)", 7);
        var decided = JsonSerializer.Deserialize<Dictionary<string, string>>(pattern.Decided)!;
        var step = Duration.FromDays(730) / cases;
        var taken = new HashSet<string>(cases, StringComparer.Ordinal);
        // Cases are numbered as they come.
        var before = long.Parse(Texts("select max(number) from council_case")[0], CultureInfo.InvariantCulture);
        for (var i = 0; i < cases; i++)
        {
            var service = services[i % services.Count];
            var at = First + step * i;
            var authority = i % 3 == 0 ? "mercia" : "wessex";
            // Among a million random references of one prefix some come twice, which the product tries again.
            string reference;
            do reference = CaseReference.New("MADE");
            while (!taken.Add(reference));
            references.Add(reference);
            var (first, last, email) = PersonOf(i);
            var isOpen = StaysOpen(i);
            var closed = at + Duration.FromDays(5);
            var due = at + Duration.FromDays(20);
            var team = (i % 4) switch { 0 => $"{authority}-highways", 1 => $"{authority}-waste", _ => pattern.Team };
            Run(council, reference, service, 1, authority, team, pattern.Stage, isOpen ? "open" : "closed", isOpen ? null : "repaired", i % 5 == 0 ? "phone" : "web", Text(at), isOpen ? null : Text(closed), Text(due),
                Text(at + Duration.FromDays(4)), isOpen ? Text(at + Duration.FromDays(4)) : Text(closed), i % 9 == 0 ? "tomasz-zielinski" : null, pattern.Decided, isOpen ? 2 : 3, 1, 0);
            Run(answers, reference, service, 1, pattern.Answers.Replace("pattern@mail.example", email, StringComparison.Ordinal).Replace("Pat Tern", $"{first} {last}", StringComparison.Ordinal));
            Run(circumstance, reference, "en", "mobile");
            Run(history, reference, 1, Text(at), "received", null, pattern.Stage, 0);
            Run(history, reference, 2, Text(at + Duration.FromDays(1)), "note", "tomasz-zielinski", pattern.Stage, 60);
            if (!isOpen) Run(history, reference, 3, Text(closed), "closed", "tomasz-zielinski", pattern.Stage, 300);
            foreach (var word in (string[])[first.ToLowerInvariant(), last.ToLowerInvariant(), email, "high", "street", string.Create(CultureInfo.InvariantCulture, $"~{51 + i % 900 / 1000.0:F3},{-1.2 + i % 700 / 1000.0:F3}")])
                Run(words, word, before + 1 + i);

            var journey = $"journey/{Guid.NewGuid():n}";
            Log(events, journey, 1, new JourneyStarted(service, authority, "web"), at);
            Log(events, journey, 2, new JourneyEnded(service, authority, authority, "web", "submitted", null, at, null, 5, 0, 0, 0, 95), at);
            Log(events, "case/" + reference, 1, new CaseReceived(service, 1, authority, team, pattern.Stage, "web", Actor.Resident, due, at + Duration.FromDays(4), decided, 5, 0, 0, 0, 0, true, true), at);
            // What is worked is worked while others come in.
            if (i >= 200) Worked(events, i - 200, pattern, step);
            if (i >= 1_500) Closed(events, i - 1_500, pattern, step);
        }
        for (var i = Math.Max(0, cases - 200); i < cases; i++) Worked(events, i, pattern, step);
        for (var i = Math.Max(0, cases - 1_500); i < cases; i++) Closed(events, i, pattern, step);
    }

    static bool StaysOpen(int i) => i % 7 == 0;

    void Worked(SqliteCommand events, int i, CasePattern pattern, Duration step)
    {
        var authority = i % 3 == 0 ? "mercia" : "wessex";
        Log(events, "case/" + references[i], 2, new CaseHandled(services[i % services.Count], authority, pattern.Team, "web", "note", Actor.Worker, 60), First + step * i + Duration.FromDays(1));
    }

    void Closed(SqliteCommand events, int i, CasePattern pattern, Duration step)
    {
        if (StaysOpen(i)) return;
        var authority = i % 3 == 0 ? "mercia" : "wessex";
        var team = (i % 4) switch { 0 => $"{authority}-highways", 1 => $"{authority}-waste", _ => pattern.Team };
        var at = First + step * i;
        Log(events, "case/" + references[i], 3, new CaseClosed(services[i % services.Count], authority, team, "web", "repair", pattern.Stage, "repaired", at, at + Duration.FromDays(20), true, Actor.Worker, 300, false), at + Duration.FromDays(5));
    }

    static void Log<T>(SqliteCommand events, string stream, int version, T happened, Instant at) where T : IEvent
    {
        var entry = EventJson.ToLog(happened, at);
        Run(events, stream, version, entry.Type, entry.Schema, Text(at), 0, entry.Json);
    }

    SqliteCommand Prepare(SqliteTransaction transaction, string insert, int columns)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"{insert} values ({string.Join(", ", Enumerable.Range(0, columns).Select(c => $"$p{c}"))})";
        for (var i = 0; i < columns; i++) command.Parameters.Add(new SqliteParameter { ParameterName = $"$p{i}" });
        command.Prepare();
        return command;
    }

    static void Run(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
        command.ExecuteNonQuery();
    }

    static string Text(Instant at) => at.ToDateTimeUtc().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    void Execute(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    List<string> Texts(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var texts = new List<string>();
        while (reader.Read()) texts.Add(reader.GetString(0));
        return texts;
    }

    public void Dispose() => connection.Dispose();
}
