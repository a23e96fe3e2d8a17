using Moothall.Definitions;
using Moothall.Journeys;
using Moothall.Store;
using Moothall.Tests.Council;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Journeys;

/// <summary>A service is published with the fragments that it uses: a version stays whole when a fragment changes.</summary>
public sealed class FragmentVersionTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("moothall-fragments-").FullName;

    public FragmentVersionTests()
    {
        Directory.CreateDirectory(Path.Combine(folder, "report-a-pothole"));
        Directory.CreateDirectory(Path.Combine(folder, "fragments"));
        File.WriteAllText(Path.Combine(folder, "report-a-pothole", "service.yaml"), ExampleServices.Source("report-a-pothole").Replace("\nask:\n", "\nask:\n  before:\n    use: safe\n", StringComparison.Ordinal));
        Write("Are you in a safe place?");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    void Write(string question) => File.WriteAllText(Path.Combine(folder, "fragments", "safe.yaml"), $"fragment: safe\nask:\n  safe:\n    question: {question}\n    type: yes-no\n");

    ServiceFile Checked() => ServiceFolder.Check([folder], ExampleCouncil.Files, new LocalDate(2026, 3, 2)).ShouldHaveSingleItem();

    [Theory, BothDatabases]
    public async Task A_change_of_a_fragment_is_a_new_version_and_the_old_one_stays_whole(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        async Task<(int Version, bool IsNew)> Publish()
        {
            var file = Checked();
            file.MayBePublished.ShouldBeTrue(string.Join('\n', file.Findings));
            return await house.Database.Commit(unit => PublishService.Publish(unit, file.Definition!, file.Source, OpenHouse.Monday, "a test"));
        }
        (await Publish()).ShouldBe((2, true));
        (await Publish()).ShouldBe((2, false));
        (await ServiceFolder.IsPublished([folder], house.Database)).ShouldBeTrue();
        Write("Do you stand in a safe place?");
        (await ServiceFolder.IsPublished([folder], house.Database)).ShouldBeFalse();
        (await Publish()).ShouldBe((3, true));

        var services = new PublishedServices(house.Database, () => ExampleCouncil.Files.Places);
        (await services.Version("report-a-pothole", 2)).Definition.Ask[0].Text.English.ShouldBe("Are you in a safe place?");
        (await services.Version("report-a-pothole", 3)).Definition.Ask[0].Text.English.ShouldBe("Do you stand in a safe place?");
    }

    [Fact]
    public void What_is_wrong_in_a_fragment_is_said_of_its_file_and_the_service_is_not_published()
    {
        File.WriteAllText(Path.Combine(folder, "fragments", "safe.yaml"), "fragment: safe\nask:\n  safe:\n    question: Are you safe?\n    type: yesno\n");
        var file = Checked();
        file.MayBePublished.ShouldBeFalse();
        var error = file.Findings.Single(f => f.Severity == Severity.Error);
        error.Place.ShouldBe(new SourcePlace(Path.Combine(folder, "fragments", "safe.yaml"), 5, 11));
        File.Delete(Path.Combine(folder, "fragments", "safe.yaml"));
        Checked().Findings.Select(f => f.Message).ShouldContain("no fragment is called `safe`");
        Checked().MayBePublished.ShouldBeFalse();
    }
}
