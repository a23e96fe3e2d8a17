using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Moothall.Definitions;

/// <summary>What reading a service file gave: the definition, or null when any finding is an error.</summary>
public sealed record ServiceReading(ServiceDefinition? Definition, IReadOnlyList<Finding> Findings);

/// <summary>
/// Reads a service file of eight verbs into a definition. It answers for the shape of the file: keys, names, types and
/// sentences; what the parts must prove about each other is the checker's.
/// </summary>
public static partial class ServiceReader
{
    /// <summary>Words of the language that later releases give meaning to, wherever they stand.</summary>
    internal static readonly string[] Reserved =
        ["reopen", "use", "includes", "slot", "pause", "after"];

    static readonly Dictionary<string, ServiceKind> Kinds = Enum.GetValues<ServiceKind>().ToDictionary(k => k.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    /// <summary>Reads a service file. The look-up tables tell sentences which values a part such as `where.road` can have.</summary>
    /// <param name="withPlaces">Whether the definition is to know where each word stands: for what checks it, not for what serves it.</param>
    public static ServiceReading Read(string file, string text, ILookUps? lookUps = null, bool withPlaces = true)
    {
        var yaml = YamlSource.Read(file, text);
        if (yaml.Root is null) return new(null, yaml.Findings);
        var findings = yaml.Findings.ToList();
        var definition = Definition(yaml.Root, Hash(text), new(lookUps ?? NoLookUps.Value), withPlaces, findings);
        var inside = YamlSource.Inside(findings, YamlSource.Normalise(text));
        return new(inside.Any(f => f.Severity == Severity.Error) ? null : definition, inside);
    }

    /// <summary>SHA-256 of a file's text in lower-case hex; line ends of any system give the same.</summary>
    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(YamlSource.Normalise(text))));

    static ServiceDefinition? Definition(YamlMap file, string hash, SentenceReader sentences, bool withPlaces, List<Finding> findings)
    {
        file.Only(findings, ServiceKeys.Service);

        var name = file.NameOf("service", findings);
        var prefix = Prefix(file, findings);
        var title = file.ProseOf("title", findings);
        var summary = file.ProseOf("summary", findings);
        var kind = Kind(file, findings);
        var lgsl = file.WholeNumberOf("lgsl", findings);
        var keywords = file.TextsOf("keywords", findings);
        var start = Start(file, findings);
        var signIn = SignIn(file, findings);
        var next = file.ProseOf("what-happens-next", findings);

        var form = file.MapOf("ask", findings) is { } questions ? ReadForm.Form(questions, file, sentences, findings) : new([], [], []);
        var ask = form.Questions;
        var taskList = file.YesNoOf("task-list", findings) ?? false;
        if (taskList && file.Has("ask") && form.Sections.Count == 0)
            findings.Add(new(file.Find("task-list")!.Place, Severity.Error, new Message("a task list is a list of sections, and `ask` has none; add one, for example `about-you:` with `section: About you` below it, as the first of `ask`")));
        var sensitive = file.YesNoOf("sensitive", findings) ?? false;
        var decide = ReadDecide.Decisions(file.MapOf("decide", findings), ask, sentences, findings);
        var named = findings.TrueForAll(f => f.Severity != Severity.Error);
        var exits = ReadAsk.Exits(file.MapOf("exit", findings), ask, decide, sentences, findings);
        var alerts = ReadAlert.Alerts(file.MapOf("alert", findings), ask, decide, sentences, findings);
        var charges = ReadCharge.Charges(file.MapOf("charge", findings), ask, decide, sentences, findings);
        var work = file.MapOf("work", findings) is { } workMap ? ReadWork.Work(workMap, ask, decide, sentences, findings) : null;
        var coSign = file.MapOf("co-sign", findings) is { } coSignMap ? ReadCoSign.CoSign(coSignMap, ask, decide, sentences, findings) : null;
        var tellMap = file.MapOf("tell", findings);
        var tell = ReadTell.Tellings(tellMap, findings);
        var tellTo = tellMap?.Has("to") == true ? tellMap.TextOf("to", findings)?.Text : null;
        var share = ReadShare.Sharings(file.MapOf("share", findings), ask, decide, sentences, findings);
        var renew = file.MapOf("renew", findings) is { } renewMap ? ReadRenew.Renewal(renewMap, findings) : null;
        var keep = file.MapOf("keep", findings) is { } keepMap ? ReadKeep.Keeping(keepMap, findings) : null;
        var measure = file.MapOf("measure", findings) is { } measureMap ? ReadMeasure.Measure(measureMap, findings) : null;

        if (named) findings.AddRange(sentences.Findings);
        if (findings.Exists(f => f.Severity == Severity.Error)) return null;
        if (name is null || prefix is null || title is null || summary is null || kind is null || work is null || keep is null || measure is null) return null;
        return new()
        {
            Name = name, Prefix = prefix, Title = title, Summary = summary, Kind = kind.Value, Lgsl = lgsl,
            Keywords = [.. keywords.Select(k => k.Text)], Start = start, SignIn = signIn, WhatHappensNext = next,
            Ask = ask, Sections = form.Sections, Pages = form.Pages, TaskList = taskList, Sensitive = sensitive, Exits = exits, Alerts = alerts, Decide = decide, Worked = sentences.Worked, Charges = charges, Work = work, CoSign = coSign, Tell = tell, TellTo = tellTo, Share = share, Renew = renew, Keep = keep, Measure = measure,
            Hash = hash, Place = file.Find("service")!.Place, Places = withPlaces ? Places(file) : FrozenDictionary<string, SourcePlace>.Empty,
        };
    }

    static string? Prefix(YamlMap file, List<Finding> findings)
    {
        if (file.TextOf("prefix", findings) is not { } text) return null;
        if (PrefixPattern().IsMatch(text.Text)) return text.Text;
        var upper = text.Text.ToUpperInvariant();
        var mend = PrefixPattern().IsMatch(upper) ? new Message("write `{suggestion}`", ("suggestion", upper)) : null;
        findings.Add(new(text.Place, Severity.Error, new Message("`prefix` is two to six capital letters, but {shape} stands here", ("shape", text.Shape)).With(mend)));
        return null;
    }

    static ServiceKind? Kind(YamlMap file, List<Finding> findings)
    {
        if (file.TextOf("kind", findings) is not { } text) return null;
        if (Kinds.TryGetValue(text.Text, out var kind) && kind != ServiceKind.Bundle) return kind;
        findings.Add(new(text.Place, Severity.Error, kind == ServiceKind.Bundle
            ? new Message("`kind: bundle` is not available yet; write each service in a file of its own")
            : new Message("no kind of service is called `{name}`", ("name", YamlText.Shorten(text.Text))).With(DidYouMean.Ending(text.Text, [.. Kinds.Keys.Where(k => k != "bundle")]))));
        return null;
    }

    static SignInNeed SignIn(YamlMap file, List<Finding> findings)
    {
        if (file.TextOf("sign-in", findings) is not { } text) return SignInNeed.None;
        if (SignInNeeds.Find(text.Text) is { } need) return need;
        findings.Add(new(text.Place, Severity.Error, new Message("`sign-in` is one of {known}, but {shape} stands here", ("known", DidYouMean.List(SignInNeeds.Words)), ("shape", text.Shape)).With(DidYouMean.Ending(text.Text, SignInNeeds.Words))));
        return SignInNeed.None;
    }

    static StartPage Start(YamlMap file, List<Finding> findings)
    {
        if (file.MapOf("start-page", findings) is not { } start) return new();
        start.Only(findings, ServiceKeys.StartPage);
        var need = new List<Prose>();
        foreach (var item in start.ListOf("need", findings)?.Items ?? [])
        {
            if (YamlProse.Read(item, new Message("each item of `need`"), findings) is { } prose) need.Add(prose);
        }
        return new() { Who = start.ProseOf("who", findings), Need = need, Danger = start.ProseOf("danger", findings), Cost = start.ProseOf("cost", findings) };
    }

    /// <summary>The place of every word, by its path: of a text its own, of a map or list that of its key.</summary>
    static Dictionary<string, SourcePlace> Places(YamlMap file)
    {
        var places = new Dictionary<string, SourcePlace>(StringComparer.Ordinal);
        var waiting = new Stack<YamlNode>([file]);
        while (waiting.TryPop(out var node))
        {
            if (node is YamlText) places.TryAdd(node.Path, node.Place);
            if (node is YamlList list) foreach (var item in list.Items) waiting.Push(item);
            if (node is not YamlMap map) continue;
            foreach (var entry in map.Entries)
            {
                if (entry.Value is not YamlText) places.TryAdd(entry.Value.Path, entry.Place);
                waiting.Push(entry.Value);
            }
        }
        return places;
    }

    [GeneratedRegex("^[A-Z]{2,6}$")]
    private static partial Regex PrefixPattern();
}
