using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;

namespace Moothall.Store.Statements;

/// <summary>
/// The text of a statement cut at its arguments. Parsed once per text in the code; the written form is kept as long as no
/// argument is a name or a list, which change the text.
/// </summary>
internal sealed class SqlTemplate
{
    private static readonly ConcurrentDictionary<string, SqlTemplate> known = new(StringComparer.Ordinal);
    private const int MostKnown = 5_000;

    private readonly List<(string Before, int Argument)> parts = [];
    private readonly string after;
    private readonly string plainSqlite, plainPostgres;
    // What takes a lock, or a number of a sequence.
    private static readonly string[] takes = [" for update", " for share", " for no key update", " for key share", "pg_advisory", "nextval("];

    private SqlTemplate(string format)
    {
        var text = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            var c = format[i];
            if (c is '{' or '}' && i + 1 < format.Length && format[i + 1] == c)
            {
                text.Append(c);
                i++;
            }
            else if (c == '{')
            {
                var end = format.IndexOf('}', i);
                if (end < 0 || !int.TryParse(format.AsSpan(i + 1, end - i - 1), out var argument))
                    throw new ArgumentException($"An argument of a statement takes no format: {format}", nameof(format));
                parts.Add((text.ToString(), argument));
                text.Clear();
                i = end;
            }
            else
                text.Append(c);
        }
        after = text.ToString();
        plainSqlite = WritePlain(Dialect.Sqlite);
        plainPostgres = WritePlain(Dialect.Postgres);
        OnlyAsks = format.AsSpan().TrimStart().StartsWith("select ", StringComparison.OrdinalIgnoreCase) && !takes.Any(word => format.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Whether it is a question that neither writes nor takes a lock.</summary>
    public bool OnlyAsks { get; }

    public static SqlTemplate Of(string format)
    {
        if (known.TryGetValue(format, out var template)) return template;
        template = new SqlTemplate(format);
        if (known.Count < MostKnown) known.TryAdd(format, template);
        return template;
    }

    /// <summary>The statement for a database, and its values in the order of its parameters.</summary>
    public string Write(Dialect dialect, object?[] arguments, List<object?> values)
    {
        if (IsPlain(arguments))
        {
            Order(arguments, values);
            return dialect == Dialect.Sqlite ? plainSqlite : plainPostgres;
        }
        values.Clear();
        var sql = new StringBuilder();
        foreach (var (before, argument) in parts)
        {
            sql.Append(before);
            switch (arguments[argument])
            {
                case SqlName name:
                    sql.Append('"').Append(name.Name).Append('"');
                    break;
                case IEnumerable<string> list:
                    var first = true;
                    foreach (var item in list)
                    {
                        if (!first) sql.Append(", ");
                        first = false;
                        AppendParameter(sql, dialect, values.Count);
                        values.Add(item);
                    }
                    if (first) sql.Append("null");
                    break;
                case IReadOnlyCollection<long> numbers:
                    AppendSet(numbers);
                    break;
                case SqlKeys { Keys: var keys }:
                    AppendSet(keys);
                    break;
                case var value:
                    AppendParameter(sql, dialect, values.Count);
                    values.Add(value);
                    break;
            }
        }
        return sql.Append(after).ToString();

        // One value however many there are: a thousand parameters are a thousand to bind, and each length would be another statement.
        void AppendSet<T>(IReadOnlyCollection<T> set)
        {
            sql.Append(dialect == Dialect.Sqlite ? "select value from json_each(" : "select unnest(");
            AppendParameter(sql, dialect, values.Count);
            sql.Append(')');
            values.Add(dialect == Dialect.Sqlite ? JsonSerializer.Serialize(set) : set.ToArray());
        }
    }

    /// <summary>The values of a plain statement in the order of its parameters.</summary>
    public void Order(object?[] arguments, List<object?> values)
    {
        values.Clear();
        foreach (var (_, argument) in parts) values.Add(arguments[argument]);
    }

    /// <summary>Whether no argument changes the text.</summary>
    public static bool IsPlain(object?[] arguments)
    {
        foreach (var argument in arguments)
            if (argument is SqlName or SqlKeys or IEnumerable<string> or IReadOnlyCollection<long>) return false;
        return true;
    }

    private string WritePlain(Dialect dialect)
    {
        var sql = new StringBuilder();
        for (var i = 0; i < parts.Count; i++)
        {
            sql.Append(parts[i].Before);
            AppendParameter(sql, dialect, i);
        }
        return sql.Append(after).ToString();
    }

    private static void AppendParameter(StringBuilder sql, Dialect dialect, int number)
    {
        if (dialect == Dialect.Sqlite) sql.Append("@p").Append(number);
        else sql.Append('$').Append(number + 1);
    }
}
