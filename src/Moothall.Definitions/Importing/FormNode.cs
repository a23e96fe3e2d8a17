using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Moothall.Definitions.Importing;

/// <summary>Why a file cannot be imported, in words for whoever called, with the place and the mend.</summary>
sealed class NotImported(Message why) : Exception(why.ToString())
{
    /// <summary>Why, to be said in the reader's language.</summary>
    public Message Why => why;

    /// <summary>A refusal with the line of the file that it speaks of.</summary>
    public static NotImported At(int line, Message problem) => new(new Message("line {line}: {problem}", ("line", line), ("problem", problem)));

    /// <summary>A refusal with the line and the column of the file that it speaks of.</summary>
    public static NotImported At(long line, long column, Message problem) => new(new Message("line {line}, column {column}: {problem}", ("line", line), ("column", column), ("problem", problem)));
}

/// <summary>
/// A piece of somebody else's form file, JSON or YAML: a map, a list or a value, with the line it stands on. What is asked of it and is not there is nothing, never a fault:
/// what must be there the readers of the formats say.
/// </summary>
sealed class FormNode
{
    /// <summary>The longest file read: forty times the longest real form that we have seen.</summary>
    public const int MostBytes = 4_000_000;
    const int Deepest = 64;
    const int MostPieces = 400_000;
    static readonly FormNode Missing = new() { Line = 1 };

    readonly List<(string Key, FormNode Value)> entries = [];
    readonly List<FormNode> items = [];
    string? text;
    bool asked;

    public required int Line { get; init; }
    public bool IsMap { get; private init; }
    public bool IsList { get; private init; }
    public bool Exists => !ReferenceEquals(this, Missing);

    /// <summary>All that stands in a map; whoever looks at it so has asked for all of it.</summary>
    public IReadOnlyList<(string Key, FormNode Value)> Entries
    {
        get
        {
            foreach (var (_, value) in entries) value.asked = true;
            return entries;
        }
    }

    public IReadOnlyList<FormNode> Items => items;

    /// <summary>What stands under a key, or something that is not there.</summary>
    public FormNode this[string key]
    {
        get
        {
            foreach (var (name, value) in entries)
            {
                if (name != key) continue;
                value.asked = true;
                return value;
            }
            return Missing;
        }
    }

    /// <summary>Whoever tells of it as one thing has asked for all that stands in it; whether it is there.</summary>
    public bool TellWhole()
    {
        asked = true;
        foreach (var inside in items.Concat(entries.Select(e => e.Value))) inside.TellWhole();
        return Exists;
    }

    /// <summary>Whether nothing is said: no text, `false`, nought, or an empty map or list.</summary>
    bool SaysNothing => IsMap ? entries.TrueForAll(e => e.Value.SaysNothing) : IsList ? items.TrueForAll(i => i.SaysNothing) : Text is null or "0" || Is(false);

    /// <summary>What stands in the file and says something, and nobody asked for: each key with the keys above it, `pages/components/options/autofill`.</summary>
    public IEnumerable<(string Path, FormNode Value)> NotAsked() => NotAsked("");

    IEnumerable<(string Path, FormNode Value)> NotAsked(string above)
    {
        foreach (var (key, value) in entries)
        {
            var path = above.Length == 0 ? key : $"{above}/{key}";
            if (!value.asked && !value.SaysNothing) yield return (path, value);
            else if (value.asked)
                foreach (var inside in value.NotAsked(path)) yield return inside;
        }
        foreach (var item in items)
            foreach (var inside in item.NotAsked(above)) yield return inside;
    }

    /// <summary>A text or number as written, in one line; null where there is none, or only blanks.</summary>
    public string? Text => text is null ? null : string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) is { Length: > 0 } line ? line : null;

    /// <summary>A text with its lines.</summary>
    public string? Lines => string.IsNullOrWhiteSpace(text) ? null : text;

    public bool Is(bool value) => text is not null && string.Equals(text, value ? "true" : "false", StringComparison.OrdinalIgnoreCase);

    public decimal? Number => text is not null && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    public int? Whole => Number is { } number and >= 0 and <= 1_000_000 ? (int)number : null;

    /// <summary>Reads JSON or YAML. The line and column of what is wrong stand in the refusal.</summary>
    public static FormNode Read(string text)
    {
        if (text.Length > MostBytes) throw NotImported.At(1, new Message("this file is longer than {megabytes} MB, which no form is; give the form's own file", ("megabytes", MostBytes / 1_000_000)));
        var tidy = text.TrimStart('\uFEFF').TrimStart();
        if (tidy.Length == 0) throw NotImported.At(1, new Message("this file is empty; export the form anew"));
        return tidy[0] is '{' or '[' ? Json(text.TrimStart('\uFEFF')) : Yaml(text);
    }

    static FormNode Json(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var lines = new List<int> { 0 };
        for (var i = 0; i < bytes.Length; i++)
            if (bytes[i] == (byte)'\n') lines.Add(i + 1);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = Deepest, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        try
        {
            reader.Read();
            var pieces = 0;
            var root = Json(ref reader, lines, ref pieces);
            if (reader.Read()) throw NotImported.At(LineOf(lines, reader.TokenStartIndex), new Message("something stands after the end of the form; take it out"));
            return root;
        }
        catch (JsonException e)
        {
            var line = (e.LineNumber ?? 0) + 1;
            throw line >= lines.Count && bytes.Length > 0 && reader.BytesConsumed >= bytes.Length - 4
                ? NotImported.At(lines.Count, new Message("the file breaks off here, in the middle of the form; export or copy it anew"))
                : NotImported.At(line, (e.BytePositionInLine ?? 0) + 1, new Message("this is not JSON from here on; export the form anew, or mend it there"));
        }
        catch (InvalidOperationException)
        {
            // A text with half a character (a lone surrogate), which JSON may write and no text can hold.
            throw NotImported.At(LineOf(lines, reader.TokenStartIndex), new Message("a character here is not whole (a lone surrogate); type the text again"));
        }
    }

    static int LineOf(List<int> lines, long at)
    {
        var found = lines.BinarySearch((int)at);
        return found >= 0 ? found + 1 : ~found;
    }

    static FormNode Json(ref Utf8JsonReader reader, List<int> lines, ref int pieces)
    {
        var line = LineOf(lines, reader.TokenStartIndex);
        if (++pieces > MostPieces) throw NotImported.At(line, new Message("this file has more than {thousands},000 pieces, which no form has; give the form's own file", ("thousands", MostPieces / 1000)));
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var map = new FormNode { Line = line, IsMap = true };
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var key = reader.GetString()!;
                    reader.Read();
                    map.entries.Add((key, Json(ref reader, lines, ref pieces)));
                }
                return map;
            case JsonTokenType.StartArray:
                var list = new FormNode { Line = line, IsList = true };
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) list.items.Add(Json(ref reader, lines, ref pieces));
                return list;
            case JsonTokenType.String: return new() { Line = line, text = reader.GetString() };
            case JsonTokenType.True: return new() { Line = line, text = "true" };
            case JsonTokenType.False: return new() { Line = line, text = "false" };
            case JsonTokenType.Number: return new() { Line = line, text = Encoding.UTF8.GetString(reader.ValueSpan) };
            default: return new() { Line = line };
        }
    }

    static FormNode Yaml(string text)
    {
        var read = YamlSource.Read("form", text);
        if (read.Findings.FirstOrDefault(f => f.Severity == Severity.Error) is { } wrong)
            throw NotImported.At(wrong.Place.Line, wrong.Place.Column, wrong.What);
        return From(read.Root!);
    }

    static FormNode From(YamlNode node)
    {
        switch (node)
        {
            case YamlMap map:
                var of = new FormNode { Line = node.Place.Line, IsMap = true };
                foreach (var entry in map.Entries) of.entries.Add((entry.Key, From(entry.Value)));
                return of;
            case YamlList list:
                var items = new FormNode { Line = node.Place.Line, IsList = true };
                foreach (var item in list.Items) items.items.Add(From(item));
                return items;
            case YamlText written when !written.IsEmpty && (written.Quoted || written.Text is not ("null" or "~")):
                return new() { Line = node.Place.Line, text = written.Text };
            default:
                return new() { Line = node.Place.Line };
        }
    }
}
