namespace Moothall.Definitions;

/// <summary>Which keys may stand in a map: unknown ones are explained, and the trap of one indent short is recognised and named.</summary>
public sealed partial class YamlMap
{
    /// <summary>Most named things in one place, where less is not said: a county has so many staff.</summary>
    const int MostThings = 10_000;

    /// <summary>
    /// Reports every key that is not known here. A key that follows an empty one is the classic trap: it was meant to belong to
    /// the empty key and stands one level of indent short.
    /// </summary>
    public void Only(List<Finding> findings, params IReadOnlyCollection<string> known) => Only(findings, known, []);

    /// <summary>The keys of a block of a service file: reports those that it does not have, and those that it needs and that are not there.</summary>
    internal void Only(List<Finding> findings, FileBlock block)
    {
        Only(findings, block.Names, ServiceReader.Reserved, block);
        foreach (var key in block.Keys.Where(k => k.Needed && k.Types.Count == 0)) Need(key.Name, key.FirstLine, findings);
    }

    /// <summary>Reports every key that is not known here, of those that later releases will give meaning to that they do not have it yet.</summary>
    /// <param name="block">What is known of the keys: which stand under which, to tell one that stands a level too far left, and what they are called elsewhere.</param>
    internal void Only(List<Finding> findings, IReadOnlyCollection<string> known, IReadOnlyCollection<string> reserved, FileBlock? block = null)
    {
        var inside = block?.Inside;
        string? waiting = null;
        YamlEntry? above = null;
        var named = false;
        foreach (var entry in Entries)
        {
            if (known.Contains(entry.Key))
            {
                (waiting, named, above) = (entry.Value.IsEmpty ? entry.Key : null, false, entry);
                continue;
            }
            if (reserved.Contains(entry.Key))
            {
                findings.Add(new(entry.Place, Severity.Error, new Message("`{key}` is not available yet; take it out for now", ("key", entry.Key))));
                waiting = null;
            }
            else if (waiting is not null)
            {
                if (!named) findings.Add(OneIndentShort(entry, waiting));
                named = true;
                excused.Add(waiting);
            }
            else if (Path.Length > 0 && IsBesideThis(entry, known)) findings.Add(TooFarRight(entry, new Message("in the same column as {label}", ("label", Label))));
            else if (above is not null && (inside?.GetValueOrDefault(above.Key)?.Contains(entry.Key) == true || !DidYouMean.IsSlip(entry.Key, known) && IsLikeThoseIn(above, entry))) findings.Add(OneIndentShort(entry, above.Key));
            else if (block?.Keys.FirstOrDefault(k => k.Elsewhere.Contains(entry.Key, StringComparer.OrdinalIgnoreCase) && !Has(k.Name)) is { } meant)
            {
                excused.Add(meant.Name);
                findings.Add(new(entry.Place, Severity.Error, new Message("no key called `{name}` here; write `{example}`", ("name", YamlText.Shorten(entry.Key)), ("example", meant.FirstLine))));
            }
            else findings.Add(Unknown(entry, known));
        }
    }

    /// <summary>Whether an entry is written like those under another: keys below it that one of them has too.</summary>
    static bool IsLikeThoseIn(YamlEntry above, YamlEntry entry) =>
        entry.Value is YamlMap { InFlow: false } map && above.Value is YamlMap { InFlow: false } things
        && (above.Key == "ask" && map.Entries.Any(e => ReadForm.FirstKeys.Contains(e.Key)) || above.Key == "options" && map.Has("label") || things.Entries.Any(t => t.Value is YamlMap one && one.Entries.Any(e => map.Has(e.Key))));

    /// <summary>Whether an entry is written like the thing that this map is, so that it was meant to stand beside it.</summary>
    bool IsBesideThis(YamlEntry entry, IReadOnlyCollection<string> known) => entry.Value is YamlMap { InFlow: false, Entries.Count: > 0 } map
        && (map.Entries.All(e => known.Contains(e.Key)) || Path.StartsWith("ask/", StringComparison.Ordinal) && map.Entries.Any(e => ReadForm.FirstKeys.Contains(e.Key)) || map.Has("en") && Path.Contains("/options/", StringComparison.Ordinal));

    /// <summary>
    /// The entries of a map of named things (questions, stages, options), without those that are not things at all but keys of
    /// the thing above, one level of indent short. Names are checked.
    /// </summary>
    /// <param name="label">What the name of a thing is called in messages: "the name of a question".</param>
    /// <param name="keys">Keys that a thing may have.</param>
    /// <param name="most">The most that are read.</param>
    public IReadOnlyList<YamlEntry> Things(Message label, IReadOnlyCollection<string> keys, List<Finding> findings, int most = MostThings)
    {
        var things = new List<YamlEntry>();
        YamlEntry? above = null;
        var named = false;
        if (Entries.Count > most) findings.Add(new(Entries[most].Place, Severity.Error, new Message("{label} has more than {most} entries; take some out, or split it", ("label", Label), ("most", most))));
        foreach (var entry in Entries.Take(most))
        {
            if (Path.Length > 0 && !Path.Contains('/', StringComparison.Ordinal) && IsPartOfFile(entry))
            {
                findings.Add(OfFile(entry, Path));
                continue;
            }
            var isKey = keys.Contains(entry.Key) && (above is { Value.IsEmpty: true } || !(entry.Value is YamlMap map && map.Entries.Any(e => keys.Contains(e.Key))));
            if (isKey && above is not null)
            {
                if (!named) findings.Add(OneIndentShort(entry, above.Key));
                named = true;
                if (above.Value is YamlMap owner) owner.excused.Add(entry.Key);
                else things.Remove(above);
                continue;
            }
            (above, named) = (entry, false);
            if (Names.Check(entry.Key, entry.Place, label, findings)) things.Add(entry);
        }
        return things;
    }

    /// <summary>What is said of a key that stands a level too far left.</summary>
    internal static Finding OneIndentShort(YamlEntry entry, string owner) => new(entry.Place, Severity.Error,
        new Message("`{key}` stands one level too far left; put two more spaces before it, and before what belongs with it, so that it stands under `{owner}`", ("key", YamlText.Shorten(entry.Key)), ("owner", owner)));

    /// <summary>What is said of a key that stands a level too far right.</summary>
    internal static Finding TooFarRight(YamlEntry entry, Message where) => new(entry.Place, Severity.Error,
        new Message("`{key}` stands one level too far right; take two spaces away before it, and before what belongs with it, so that it stands {where}", ("key", YamlText.Shorten(entry.Key)), ("where", where)));

    /// <summary>Whether an entry is a part of the whole file, by its name and by what stands in it, so that it does not belong below another part.</summary>
    internal static bool IsPartOfFile(YamlEntry entry)
    {
        if (entry.Value is not YamlMap { InFlow: false } map || map.Has("question") || map.Has("type") || map.Has("when") || ServiceKeys.Service.Keys.FirstOrDefault(k => k.Name == entry.Key) is not { } part) return false;
        return part.Takes.Block is { } block ? map.Entries.Any(e => block.Names.Contains(e.Key) || e.Key.StartsWith("on ", StringComparison.Ordinal))
            : part.Takes.Each.Count > 0 && map.Entries.Any(e => e.Value is YamlMap one && (part.Name == "decide" || one.Entries.Any(inside => part.Takes.Each.Any(of => of.Names.Contains(inside.Key)))));
    }

    /// <summary>What is said of a part of the file that stands below another.</summary>
    internal static Finding OfFile(YamlEntry part, string below) => TooFarRight(part, new Message("in the same column as `{sibling}`", ("sibling", below)));

    Finding Unknown(YamlEntry entry, IReadOnlyCollection<string> known)
    {
        if (Path.Length > 0 && !Path.Contains('/', StringComparison.Ordinal) && IsPartOfFile(entry)) return OfFile(entry, Path);
        if (entry.Key is "required" or "mandatory" && known.Contains("optional"))
            return new(entry.Place, Severity.Error, new Message("no key called `{name}` here; an answer is needed wherever `optional: yes` is not written, so write that, or nothing", ("name", entry.Key)));
        var name = YamlText.Shorten(entry.Key);
        var likelyText = entry.Key.Contains(' ', StringComparison.Ordinal) || InFlow && entry.Value.IsEmpty || entry.Key.Length > 0 && char.IsUpper(entry.Key[0]);
        var near = DidYouMean.Among(entry.Key, known);
        if (near is not null) excused.Add(near);
        var ending = near is not null ? new Message("did you mean `{near}`?", ("near", near))
            : likelyText ? new Message("if this is part of a text with a comma or a colon, put the text in quotes")
            : new Message("{label} takes {keys}", ("label", Label), ("keys", DidYouMean.List(known)));
        return new(entry.Place, Severity.Error, new Message("no key called `{name}` here", ("name", name)).With(ending));
    }
}
