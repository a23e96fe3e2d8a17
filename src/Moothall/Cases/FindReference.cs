using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Store;

namespace Moothall.Cases;

/// <summary>
/// Finds cases by what somebody says of a reference: a part of it, without hyphens, or with one sound heard wrong on the phone ("B" for "D"). Each way
/// reads an index.
/// </summary>
public static class FindReference
{
    const int Most = 20;

    // What sounds alike in English when letters are read out, and what looks alike in handwriting.
    static readonly string[] Alike = ["BCDEGPTV3Z", "MN", "FSX", "AHJK8", "QWU2", "IY1L", "RA", "O0", "59", "S5", "B8", "Z2", "G6", "UV", "17"];

    /// <summary>Cases that the words may mean, nearest first; none when they look like no reference.</summary>
    public static async Task<IReadOnlyList<CouncilCase>> Read(Session session, string typed, Caller caller)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(typed);
        if (CaseReference.Tidy(typed) is { } whole) return await Readable(session, [whole], caller);
        var tidy = new string([.. typed.Where(char.IsAsciiLetterOrDigit).Select(char.ToUpperInvariant)]);
        if (typed.Any(c => !char.IsAsciiLetterOrDigit(c) && !char.IsWhiteSpace(c) && c is not '-' and not '\u2010' and not '\u2011' and not '\u2013')) return [];
        if (tidy.Length is < 4 or > 14) return [];
        var found = tidy.Length >= 10 ? await Readable(session, Slips(tidy), caller) : [];
        return found.Count > 0 ? found : await Parts(session, tidy, caller);
    }

    /// <summary>Good references that differ from what was typed by one symbol that sounds or looks alike, or by two neighbours exchanged.</summary>
    public static IReadOnlyList<string> Slips(string tidy)
    {
        ArgumentNullException.ThrowIfNull(tidy);
        var found = new List<string>();
        var first = Math.Max(0, tidy.Length - 8);
        for (var i = 0; i < tidy.Length; i++)
        {
            foreach (var other in Alike.Where(a => a.Contains(tidy[i], StringComparison.Ordinal)).SelectMany(a => a).Distinct().Where(c => c != tidy[i]))
                Add(tidy[..i] + other + tidy[(i + 1)..]);
            if (i >= first && i + 1 < tidy.Length) Add(tidy[..i] + tidy[i + 1] + tidy[i] + tidy[(i + 2)..]);
        }
        return found;

        void Add(string candidate)
        {
            if (CaseReference.Tidy(candidate) is { } good && !found.Contains(good)) found.Add(good);
        }
    }

    // The prefix and what follows, the code without its prefix, or its last four.
    static async Task<IReadOnlyList<CouncilCase>> Parts(Session session, string tidy, Caller caller)
    {
        var references = new List<string>();
        var code = tidy.Replace('O', '0').Replace('I', '1').Replace('L', '1');
        if (code.Length <= 8) references.AddRange(await ByCode(session, code, Most));
        if (code.Length == 4) references.AddRange(await ByEnd(session, code));
        for (var letters = 2; letters <= 6 && letters + 2 <= tidy.Length && tidy[..letters].All(char.IsAsciiLetter); letters++)
        {
            // The code is looked up, not the prefix, which says only the service; then the prefix has to fit.
            var (prefix, rest) = (tidy[..letters] + "-", code[letters..]);
            if (rest.Length <= 8) references.AddRange((await ByCode(session, rest, 10 * Most)).Where(r => r.StartsWith(prefix, StringComparison.Ordinal)).Take(Most));
        }
        return await Readable(session, references, caller);
    }

    static Task<List<string>> ByCode(Session session, string start, int most)
    {
        var from = start.Length > 4 ? start[..4] + "-" + start[4..] : start;
        var end = from + "~";
        return session.Dialect == Dialect.Sqlite
            ? session.Query($"select reference from council_case where substr(reference, length(reference) - 8) >= {from} and substr(reference, length(reference) - 8) <= {end} limit {most}", row => row.Text(0))
            : session.Query($"""
                select reference from council_case where (substr(reference, length(reference) - 8)) collate "C" >= {from} and (substr(reference, length(reference) - 8)) collate "C" <= {end} limit {most}
                """, row => row.Text(0));
    }

    static Task<List<string>> ByEnd(Session session, string end) => session.Dialect == Dialect.Sqlite
        ? session.Query($"select reference from council_case where substr(reference, length(reference) - 3) = {end} limit {Most}", row => row.Text(0))
        : session.Query($"""select reference from council_case where (substr(reference, length(reference) - 3)) collate "C" = {end} limit {Most}""", row => row.Text(0));

    static async Task<IReadOnlyList<CouncilCase>> Readable(Session session, IReadOnlyList<string> references, Caller caller)
    {
        if (!Rights.HasRole(caller, Right.ReadCases) || references.Count == 0) return [];
        var places = references.Distinct(StringComparer.Ordinal).Index().ToDictionary(r => r.Item, r => r.Index);
        return [.. (await CaseRows.Find(session, places.Keys)).Where(c => Rights.May(caller, Right.ReadCases, c.Authority, c.Team, c.Service)).OrderBy(c => places[c.Reference]).Take(Most)];
    }
}
