using System.Globalization;
using System.Text;

namespace Moothall.Definitions;

/// <summary>
/// A sentence in ICU message format, as Unicode's ICU describes it: `{name}`, `{count, plural, =0 {none} one {# case} other {# cases}}` and
/// `{channel, select, phone {...} other {...}}`. An apostrophe is itself, doubled or not; before a brace it quotes up to the next one.
/// </summary>
public sealed class MessagePattern
{
    readonly IReadOnlyList<Piece> pieces;

    MessagePattern(IReadOnlyList<Piece> pieces) => this.pieces = pieces;

    /// <summary>Reads a message.</summary>
    /// <exception cref="FormatException">It is not in the format; the message says what is wrong and where.</exception>
    public static MessagePattern Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var reader = new Reader(text);
        var pieces = reader.Pieces(inner: false, inPlural: false);
        return new MessagePattern(pieces);
    }

    /// <summary>Whether a text is in the format and has no values, whatever else it says: nothing in it opens, closes or quotes.</summary>
    public static bool IsPlain(string text) => !text.AsSpan().ContainsAny('{', '}', '\'');

    /// <summary>The names of the values it takes.</summary>
    public IReadOnlySet<string> Names => pieces.SelectMany(NamesOf).ToHashSet(StringComparer.Ordinal);

    /// <summary>The message with its values; one that is not given stands as `{name}`.</summary>
    /// <param name="plurals">The plural rules of its language.</param>
    public string Format(PluralRules plurals, ReadOnlySpan<(string Name, object? Value)> values)
    {
        var text = new StringBuilder();
        Write(text, pieces, plurals, values, null);
        return text.ToString();
    }

    static void Write(StringBuilder text, IReadOnlyList<Piece> pieces, PluralRules plurals, ReadOnlySpan<(string Name, object? Value)> values, string? number)
    {
        foreach (var piece in pieces)
        {
            switch (piece)
            {
                case Words words:
                    text.Append(words.Text);
                    break;
                case Count:
                    text.Append(number);
                    break;
                case Field field:
                    if (Find(values, field.Name, out var value)) text.Append(Shown(value));
                    else text.Append('{').Append(field.Name).Append('}');
                    break;
                case Choice choice:
                    Find(values, choice.Name, out var chosen);
                    var shown = choice.IsPlural ? Shown(chosen) : number;
                    Write(text, choice.Of(chosen, plurals), plurals, values, shown);
                    break;
            }
        }
    }

    static bool Find(ReadOnlySpan<(string Name, object? Value)> values, string name, out object? value)
    {
        foreach (var (known, given) in values)
        {
            if (known != name) continue;
            value = given;
            return true;
        }
        value = null;
        return false;
    }

    static string Shown(object? value) => value switch
    {
        null => "",
        string text => text,
        int or long => Convert.ToInt64(value, CultureInfo.InvariantCulture).ToString("#,##0", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    static IEnumerable<string> NamesOf(Piece piece) => piece switch
    {
        Field field => [field.Name],
        Choice choice => choice.Branches.Values.SelectMany(b => b.SelectMany(NamesOf)).Prepend(choice.Name),
        _ => [],
    };

    abstract record Piece;
    sealed record Words(string Text) : Piece;
    sealed record Count : Piece;
    sealed record Field(string Name) : Piece;

    sealed record Choice(string Name, bool IsPlural, IReadOnlyDictionary<string, IReadOnlyList<Piece>> Branches) : Piece
    {
        public IReadOnlyList<Piece> Of(object? value, PluralRules plurals)
        {
            if (!IsPlural) return Branches.TryGetValue(value?.ToString() ?? "", out var named) ? named : Branches["other"];
            var number = value is null ? 0 : Convert.ToDecimal(value, CultureInfo.InvariantCulture);
            if (Branches.TryGetValue("=" + number.ToString(CultureInfo.InvariantCulture), out var exact)) return exact;
            return Branches.TryGetValue(plurals.Of(number), out var category) ? category : Branches["other"];
        }
    }

    ref struct Reader(string text)
    {
        int at;

        public IReadOnlyList<Piece> Pieces(bool inner, bool inPlural)
        {
            var pieces = new List<Piece>();
            var words = new StringBuilder();
            while (at < text.Length)
            {
                var c = text[at];
                if (c == '\'') Apostrophe(words, inPlural);
                else if (c == '{')
                {
                    Take(pieces, words);
                    at++;
                    pieces.Add(Argument());
                }
                else if (c == '}')
                {
                    if (!inner) throw Wrong(new Message("has a closing brace without an opening one"));
                    at++;
                    Take(pieces, words);
                    return pieces;
                }
                else if (c == '#' && inPlural)
                {
                    Take(pieces, words);
                    pieces.Add(new Count());
                    at++;
                }
                else
                {
                    words.Append(c);
                    at++;
                }
            }
            if (inner) throw Wrong(new Message("has an opening brace that is not closed"));
            Take(pieces, words);
            return pieces;
        }

        static void Take(List<Piece> pieces, StringBuilder words)
        {
            if (words.Length == 0) return;
            pieces.Add(new Words(words.ToString()));
            words.Clear();
        }

        void Apostrophe(StringBuilder words, bool inPlural)
        {
            at++;
            if (at < text.Length && text[at] == '\'')
            {
                words.Append('\'');
                at++;
                return;
            }
            if (at >= text.Length || !(text[at] is '{' or '}' || (inPlural && text[at] == '#')))
            {
                words.Append('\'');
                return;
            }
            while (at < text.Length && text[at] != '\'') words.Append(text[at++]);
            at++;
        }

        Piece Argument()
        {
            var name = Name();
            if (Next('}')) return new Field(name);
            if (!Next(',')) throw Wrong(new Message("needs a comma or a closing brace after “{name}”", ("name", name)));
            var kind = Name();
            if (kind is not ("plural" or "select")) throw Wrong(new Message("has “{kind}” where plural or select is known", ("kind", kind)));
            if (!Next(',')) throw Wrong(new Message("needs a comma after {kind}", ("kind", kind)));
            var branches = new Dictionary<string, IReadOnlyList<Piece>>(StringComparer.Ordinal);
            while (!Next('}'))
            {
                var branch = Name();
                if (!Next('{')) throw Wrong(new Message("needs an opening brace after “{branch}”", ("branch", branch)));
                branches[branch] = Pieces(inner: true, inPlural: kind == "plural");
            }
            if (!branches.ContainsKey("other")) throw Wrong(new Message("needs a branch “other” for “{name}”", ("name", name)));
            return new Choice(name, kind == "plural", branches);
        }

        string Name()
        {
            Blank();
            var from = at;
            while (at < text.Length && !char.IsWhiteSpace(text[at]) && text[at] is not ('{' or '}' or ',' or '#' or '\'')) at++;
            if (at == from) throw Wrong(new Message("needs a name"));
            return text[from..at];
        }

        bool Next(char wanted)
        {
            Blank();
            if (at >= text.Length || text[at] != wanted) return false;
            at++;
            return true;
        }

        void Blank()
        {
            while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
        }

        readonly LanguageFileException Wrong(Message what) => new(new Message("The message “{message}” {what}, at character {number}.", ("message", text), ("what", what), ("number", at + 1)));
    }
}
