using System.Runtime.CompilerServices;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Journeys;
using NodaTime;

namespace Moothall.Tests.Council.Mutants;

/// <summary>Checks a text of a shipped service as `moothall check` checks its file in the example council, in which an agreement with each partner has ended.</summary>
static class MutantCheck
{
    public static readonly string Root = Folder();
    static readonly LocalDate Today = new(2026, 3, 2);

    static readonly CouncilFiles Council = ExampleCouncil.Files with
    {
        Agreements = ExampleCouncil.Files.Agreements.Values
            .Concat(ExampleCouncil.Files.Members.Values.Where(m => m.IsPartner).Select(m => new SharingAgreement(Ended(m.Id), m.Id, new HashSet<string>(), new LocalDate(2025, 3, 31))))
            .ToDictionary(a => a.Id),
    };

    /// <summary>The shipped services, with the fragments that they use in their text: what is shared is broken too.</summary>
    public static IReadOnlyList<ServiceText> Services { get; } = [.. Directory.GetFiles(Path.Combine(Root, "services"), "service.yaml", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal).Select(f => new ServiceText(Path.GetFileName(Path.GetDirectoryName(f))!, ServiceFolder.Whole(f).Text))];

    static readonly Lazy<Dictionary<string, string>> Prefixes = new(() => Services.ToDictionary(s => s.Name, s => s.Find("prefix")!.Value));

    /// <summary>The agreement with a partner that has ended.</summary>
    public static string Ended(string partner) => $"ISA-2020-{partner}";

    public static IReadOnlyList<Finding> Findings(string text)
    {
        var whole = Fragments.PutInto("service.yaml", text, _ => null, () => []);
        if (whole.Findings.Count > 0) return whole.Findings;
        var reading = ServiceReader.Read("service.yaml", whole.Text, Council.Places);
        if (reading.Definition is not { } definition) return reading.Findings;
        var found = Checker.Check(definition, Council.SurroundingsOn(Today, Prefixes.Value)).Concat(Council.CheckOffersOf(definition)).ToList();
        var languages = found.Exists(f => f.Severity == Severity.Error) ? [] : LanguageGaps.Find(Council with { Offers = [] }, [definition], Path.Combine(Root, "council"), each: false);
        return [.. reading.Findings, .. found.Concat(languages)
            .Distinct().OrderBy(f => f.Severity == Severity.Error ? 0 : 1).ThenBy(f => f.Place.Line).ThenBy(f => f.Place.Column)];
    }

    /// <summary>What is wrong with what is said of a mutant; null when it is right.</summary>
    public static string? Judge(Mutant mutant)
    {
        var findings = Findings(mutant.Text);
        bool Right(Finding f) => (mutant.Line == 0 || Math.Abs(f.Place.Line - mutant.Line) <= mutant.Near) && f.Message.Contains(mutant.Says, StringComparison.Ordinal);
        return findings.Count == 0 ? "nothing is said" : mutant.Alone ? Right(findings[0]) ? null : Said(findings) : findings.Any(Right) ? null : Said(findings);
        string Said(IReadOnlyList<Finding> all) => $"line {mutant.Line} should say “{mutant.Says}”, but is told\n      {string.Join("\n      ", all.Take(4))}";
    }

    static string Folder([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", ".."));
}
