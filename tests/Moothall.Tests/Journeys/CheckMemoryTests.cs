using Moothall.Council;
using Moothall.Definitions;
using Moothall.Journeys;
using Moothall.Tests.Council;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Journeys;

/// <summary>What a check remembers of the one before: only what has changed is read and proved anew, and what is found is always what a first check would find.</summary>
public sealed class CheckMemoryTests : IDisposable
{
    static readonly LocalDate Today = new(2026, 3, 2);
    readonly string folder = Directory.CreateTempSubdirectory("moothall-memory-").FullName;
    readonly CheckMemory memory = new();
    int written;

    public CheckMemoryTests()
    {
        foreach (var service in new[] { "report-a-pothole", "make-a-complaint" }) Write(Path.Combine(service, "service.yaml"), ExampleServices.Source(service));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    // Two saves within one tick of the file system's clock would look like one.
    void Write(string path, string text)
    {
        var file = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        File.SetLastWriteTimeUtc(file, new DateTime(2026, 3, 2, 10, 0, 0, DateTimeKind.Utc).AddSeconds(written++));
    }

    IReadOnlyList<ServiceFile> Check(CouncilFiles? council = null, LocalDate? day = null) => ServiceFolder.Check([folder], council ?? ExampleCouncil.Files, day ?? Today, memory);

    static ServiceDefinition Of(IReadOnlyList<ServiceFile> files, string service) => files.Select(f => f.Definition).OfType<ServiceDefinition>().Single(d => d.Name == service);

    void ShouldFindWhatAFirstCheckFinds(IReadOnlyList<ServiceFile> files) =>
        files.SelectMany(f => f.Findings).Select(f => f.ToString()).ShouldBe(ServiceFolder.Check([folder], ExampleCouncil.Files, Today).SelectMany(f => f.Findings).Select(f => f.ToString()));

    [Fact]
    public void Only_the_file_that_was_saved_is_read_anew()
    {
        var before = Check();
        Check().Select(f => f.Definition).ShouldBe(before.Select(f => f.Definition), ReferenceEqualityComparer.Instance);
        Write("report-a-pothole/service.yaml", ExampleServices.Source("report-a-pothole").Replace("How big is it?", "How big is the hole?", StringComparison.Ordinal));
        var after = Check();
        Of(after, "report-a-pothole").FindQuestion("size")!.Text.English.ShouldBe("How big is the hole?");
        Of(after, "make-a-complaint").ShouldBeSameAs(Of(before, "make-a-complaint"));
    }

    [Fact]
    public void What_is_broken_and_mended_is_found_and_gone_as_by_a_first_check()
    {
        ShouldFindWhatAFirstCheckFinds(Check());
        Write("report-a-pothole/service.yaml", ExampleServices.Source("report-a-pothole").Replace("when: size is large\n", "when: size is large and size is small\n", StringComparison.Ordinal));
        var broken = Check();
        broken.SelectMany(f => f.Findings).ShouldContain(f => f.Message.Contains("`deep` can never be asked", StringComparison.Ordinal));
        ShouldFindWhatAFirstCheckFinds(broken);
        Write("report-a-pothole/service.yaml", ExampleServices.Source("report-a-pothole"));
        var mended = Check();
        mended.SelectMany(f => f.Findings).ShouldNotContain(f => f.Severity == Severity.Error);
        ShouldFindWhatAFirstCheckFinds(mended);
    }

    [Fact]
    public void A_template_that_was_saved_is_looked_at_anew()
    {
        Check().SelectMany(f => f.Findings).ShouldNotContain(f => f.Place.File.EndsWith(".md", StringComparison.Ordinal));
        Write("report-a-pothole/templates/received.en.md", "# Thank you\n\nYour {{nonsense}} is here.\n");
        var after = Check();
        after.SelectMany(f => f.Findings).ShouldContain(f => f.Place.File.EndsWith("received.en.md", StringComparison.Ordinal));
        ShouldFindWhatAFirstCheckFinds(after);
    }

    [Fact]
    public void A_fragment_that_was_saved_changes_the_services_that_use_it()
    {
        const string fragment = "fragment: extra\nask:\n  extra-one:\n    question: Is there anything else?\n    type: yes-no\n";
        Write("fragments/extra.yaml", fragment);
        Write("report-a-pothole/service.yaml", ExampleServices.Source("report-a-pothole").Replace("\nask:\n", "\nask:\n  extra:\n    use: extra\n", StringComparison.Ordinal));
        Of(Check(), "report-a-pothole").FindQuestion("extra-one")!.Text.English.ShouldBe("Is there anything else?");
        Write("fragments/extra.yaml", fragment.Replace("anything else", "more to say", StringComparison.Ordinal));
        var after = Check();
        Of(after, "report-a-pothole").FindQuestion("extra-one")!.Text.English.ShouldBe("Is there more to say?");
        ShouldFindWhatAFirstCheckFinds(after);
    }

    [Fact]
    public void What_two_files_claim_together_is_found_though_only_one_of_them_was_saved()
    {
        Check();
        Write("make-a-complaint/service.yaml", ExampleServices.Source("make-a-complaint").Replace($"prefix: {ExampleServices.Definition("make-a-complaint").Prefix}", "prefix: POT", StringComparison.Ordinal));
        var after = Check();
        after.Single(f => f.Path.Contains("report-a-pothole", StringComparison.Ordinal)).Findings.ShouldContain(f => f.Message.Contains("the prefix `POT` is already that of `make-a-complaint`", StringComparison.Ordinal));
        ShouldFindWhatAFirstCheckFinds(after);
    }

    [Fact]
    public void A_file_that_was_deleted_is_not_remembered()
    {
        Check().Count.ShouldBe(2);
        Directory.Delete(Path.Combine(folder, "make-a-complaint"), recursive: true);
        Check().Select(f => f.Definition!.Name).ShouldBe(["report-a-pothole"]);
    }

    [Fact]
    public void Another_day_or_another_council_is_another_check()
    {
        var first = Of(Check(), "report-a-pothole");
        Of(Check(), "report-a-pothole").ShouldBeSameAs(first);
        Of(Check(day: Today.PlusDays(1)), "report-a-pothole").ShouldNotBeSameAs(first);
        var without = ExampleCouncil.Files with { Agreements = new Dictionary<string, SharingAgreement>() };
        Check(without, Today.PlusDays(1)).SelectMany(f => f.Findings).ShouldContain(f => f.Severity == Severity.Error && f.Message.Contains("ISA-2024-003", StringComparison.Ordinal));
    }

    [Fact]
    public void The_councils_files_are_read_again_only_after_one_of_them_was_saved()
    {
        foreach (var (name, text) in ExampleCouncil.Small()) Write(Path.Combine("council", name), text);
        var council = Path.Combine(folder, "council");
        var first = memory.CouncilIn(council);
        memory.CouncilIn(council).ShouldBeSameAs(first);
        Write("council/teams.yaml", File.ReadAllText(Path.Combine(council, "teams.yaml")) + "  nonsense\n");
        memory.CouncilIn(council).Findings.ShouldContain(f => f.Place.File.EndsWith("teams.yaml", StringComparison.Ordinal));
    }
}
