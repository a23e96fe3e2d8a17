using Moothall.Tests.Council.Mutants;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Council;

/// <summary>
/// Every shipped service is broken as designers break files, each way in up to three places. What the checker says first must stand at the line that was broken and name the mend.
/// What keeps the meaning all the same is listed, with the reason, in Mutants/keep-their-meaning.txt.
/// </summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    const int FewestWays = 40;

    static readonly HashSet<string> KeepTheirMeaning = [.. File.ReadAllLines(Path.Combine(MutantCheck.Root, "tests", "Moothall.Tests", "Council", "Mutants", "keep-their-meaning.txt"))
        .Where(l => l.Length > 0 && l[0] != '#').Select(l => string.Join(" | ", l.Split(" | ").Take(3)))];

    public static TheoryData<string> Services() => [.. MutantCheck.Services.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Services))]
    public void Whatever_a_designer_breaks_is_told_at_its_line_with_its_mend(string name)
    {
        var service = MutantCheck.Services.Single(s => s.Name == name);
        MutantCheck.Findings(service.Text).ShouldBeEmpty();
        var mutants = Ways.All.SelectMany(way => way.Mutants(service).Select(mutant => (way, mutant))).ToList();
        mutants.Where(m => m.mutant.Text == service.Text).Select(m => m.way.Name).ShouldBeEmpty();
        mutants.Select(m => m.way.Name).Distinct().Count().ShouldBeGreaterThanOrEqualTo(FewestWays);
        string Called((Way way, Mutant mutant) m) => $"{m.way.Name} | {name} | {m.mutant.At}";

        var missed = mutants.Where(m => !KeepTheirMeaning.Contains(Called(m))).Select(m => (m, wrong: MutantCheck.Judge(m.mutant))).Where(x => x.wrong is not null).Select(x => $"{Called(x.m)}: {x.wrong}");

        missed.ShouldBeEmpty();
        output.WriteLine($"{name}: {mutants.Count} mutants in {mutants.Select(m => m.way.Name).Distinct().Count()} ways, {mutants.Count(m => KeepTheirMeaning.Contains(Called(m)))} of them keep their meaning");
    }

    [Fact]
    public void Each_mutant_that_is_listed_as_keeping_its_meaning_is_one_of_which_nothing_is_said()
    {
        var silent = MutantCheck.Services.SelectMany(s => Ways.All.Where(way => KeepTheirMeaning.Any(k => k.StartsWith(way.Name + " | ", StringComparison.Ordinal))).SelectMany(way => way.Mutants(s).Select(m => (called: $"{way.Name} | {s.Name} | {m.At}", m))))
            .Where(x => KeepTheirMeaning.Contains(x.called)).Where(x => MutantCheck.Findings(x.m.Text).Count == 0).Select(x => x.called);
        silent.Order(StringComparer.Ordinal).ShouldBe(KeepTheirMeaning.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void What_changes_nothing_is_not_complained_of(string name)
    {
        var service = MutantCheck.Services.Single(s => s.Name == name);
        var wrong = Ways.Harmless.SelectMany(way => way.Mutants(service).Select(m => (way, m, findings: MutantCheck.Findings(m.Text)))).Where(x => x.findings.Count > 0)
            .Select(x => $"{x.way.Name} at {x.m.At}: {x.findings[0]}");
        wrong.ShouldBeEmpty();
    }
}
