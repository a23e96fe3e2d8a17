using Moothall.Tests.Languages;
using System.Runtime.CompilerServices;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Journeys;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Council;

/// <summary>What `moothall check` says of a language that the council offers: the shipped services lack nothing of Welsh, and what is taken away is missed at its place.</summary>
public sealed class LanguageGapsTests
{
    static readonly LocalDate Today = new(2026, 3, 2);
    static readonly string Root = Folder();

    static string Folder([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    static string Source(string service) => File.ReadAllText(Path.Combine(Root, "services", service, "service.yaml"));

    static ServiceDefinition Read(string source) => ServiceReader.Read("service.yaml", source, ExampleCouncil.Files.Places).Definition.ShouldNotBeNull();

    static IReadOnlyList<string> Gaps(ServiceDefinition service, bool each = false) =>
        [.. LanguageGaps.Find(ExampleCouncil.Files with { Offers = [] }, [service], Path.Combine(Root, "council"), each).Proved(service.Name).Select(f => f.ToString())];

    [Fact]
    public void The_shipped_services_and_the_example_council_lack_nothing_in_Welsh()
    {
        var services = ServiceFolder.Check([Path.Combine(Root, "services")], ExampleCouncil.Files, Today).Select(f => f.Definition.ShouldNotBeNull()).ToList();
        services.Count.ShouldBe(31);
        services.Sum(s => ServiceProse.OfStaff(s).Count()).ShouldBeGreaterThan(300);
        LanguageGaps.Find(ExampleCouncil.Files, services, Path.Combine(Root, "council"), each: true).Select(f => f.ToString()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("              en: Send an inspector\n", "            cy: Anfon arolygydd\n", "what staff read of `report-a-pothole` at the desk is not all in Cymraeg (cy): 1 of ", "the first “Send an inspector”; add `cy: ...` below `en: ...`, or see all with --languages")]
    [InlineData("        en: What did you find?\n", "        cy: Beth a welsoch?\n", "is not all in Cymraeg (cy): 1 of ", "the first “What did you find?”")]
    [InlineData("        en: urgent\n", "        cy: brys\n", "is not all in Cymraeg (cy): 1 of ", "the first “urgent”")]
    [InlineData("      en: Priority\n", "      cy: Blaenoriaeth\n", "is not all in Cymraeg (cy): 1 of ", "the first “Priority”")]
    public void What_staff_read_and_is_not_translated_is_listed_at_its_place(string english, string welsh, string said, string first)
    {
        var source = Source("report-a-pothole");
        var one = english.TrimStart().TrimEnd('\n');
        var at = source.IndexOf(welsh, StringComparison.Ordinal);
        at.ShouldBeGreaterThan(0, one);
        var gaps = Gaps(Read(source.Remove(at, welsh.Length)));
        var gap = gaps.ShouldHaveSingleItem();
        gap.ShouldContain(said);
        gap.ShouldContain(first);
        // Its place is the block that lacks it: the line of the English words.
        gap.ShouldStartWith($"service.yaml:{source[..source.LastIndexOf(one, at, StringComparison.Ordinal)].Count(c => c == '\n') + 1}:");
    }

    [Fact]
    public void A_stage_whose_name_stands_for_its_label_is_asked_for_one()
    {
        var source = Source("report-a-pothole").Replace("      label:\n        en: Inspect the road\n        cy: Archwilio'r ffordd\n", "", StringComparison.Ordinal);
        Gaps(Read(source)).ShouldHaveSingleItem().ShouldContain($"1 of {ServiceProse.OfStaff(Read(source)).Count()} texts are not, the first “Inspection”; write a `label:` with `en: ...` and `cy: ...`");
        Gaps(Read(source), each: true).ShouldHaveSingleItem().ShouldContain("there are no words in Cymraeg here; write a `label:`");
    }

    [Fact]
    public void A_service_in_English_alone_is_the_councils_choice_and_is_listed_only_when_asked_for()
    {
        var source = string.Join('\n', Source("report-graffiti").Split('\n').Where(line => !line.TrimStart().StartsWith("cy:", StringComparison.Ordinal)));
        // Texts of several lines went with their first: none of this service is one.
        var service = Read(source);
        Gaps(service).ShouldBeEmpty();
        Gaps(service, each: true).Count.ShouldBe(ServiceProse.OfResidents(service).Count() + ServiceProse.OfStaff(service).Count());
    }

    [Fact]
    public void Every_prose_of_a_definition_is_what_residents_or_what_staff_read()
    {
        var service = Read(Source("apply-for-a-blue-badge"));
        var listed = ServiceProse.OfResidents(service).Concat(ServiceProse.OfStaff(service)).ToHashSet(ReferenceEqualityComparer.Instance);
        var missed = new List<string>();
        Walk(service, "service", []);
        missed.ShouldBeEmpty();

        void Walk(object? value, string at, HashSet<object> seen)
        {
            if (value is Prose prose) { if (!listed.Contains(prose)) missed.Add($"{at}: {prose}"); return; }
            if (value is null or string || value.GetType().IsPrimitive || value.GetType().IsEnum || !seen.Add(value)) return;
            if (value is System.Collections.IEnumerable several) { foreach (var one in several) Walk(one, at, seen); return; }
            if (value.GetType().Assembly != typeof(Prose).Assembly && !value.GetType().Name.StartsWith("KeyValuePair", StringComparison.Ordinal)) return;
            // What a sentence names is asked elsewhere in the same definition.
            if (value is Sentence or QuestionType) return;
            foreach (var property in value.GetType().GetProperties().Where(p => p.GetIndexParameters().Length == 0)) Walk(property.GetValue(value), $"{at}.{property.Name}", seen);
        }
    }
}
