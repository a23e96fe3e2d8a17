using Moothall.Definitions;
using Moothall.Journeys;
using Moothall.Store;
using Moothall.Tests.Council;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Journeys;

public class PublishedServicesTests
{
    static readonly string Pothole = ExampleServices.Source("report-a-pothole");
    static readonly string Changed = Pothole.Replace("How big is it?", "How big is the hole?", StringComparison.Ordinal);

    static Task<(int Version, bool IsNew)> Publish(OpenHouse house, string source) =>
        house.Database.Commit(unit => PublishService.Publish(unit, ExampleServices.FromText(source), source, OpenHouse.Monday, "a test"));

    [Theory, BothDatabases]
    public async Task The_same_text_gives_no_new_version_and_a_change_gives_the_next(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        (await Publish(house, Pothole)).ShouldBe((1, false));
        (await Publish(house, Changed)).ShouldBe((2, true));
        (await Publish(house, Changed)).ShouldBe((2, false));
        (await Publish(house, Pothole)).ShouldBe((3, true));
        (await house.Log("service/report-a-pothole")).ShouldBe(["service.published", "service.published", "service.published"]);
    }

    [Theory, BothDatabases]
    public async Task A_change_published_by_several_nodes_at_once_is_one_version(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var published = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Publish(house, Changed)));
        published.ShouldAllBe(p => p.Version == 2);
        published.Count(p => p.IsNew).ShouldBe(1);
    }

    [Theory, BothDatabases]
    public async Task A_node_takes_up_what_another_published(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var other = new PublishedServices(house.Database, () => ExampleCouncil.Files.Places);
        (await other.Refresh()).ShouldBeTrue();
        (await other.Refresh()).ShouldBeFalse();
        await Publish(house, Changed);
        (await other.Refresh()).ShouldBeTrue();
        other.Find("report-a-pothole")!.Version.ShouldBe(2);
        other.Find("report-a-pothole")!.Definition.FindQuestion("size")!.Text.English.ShouldBe("How big is the hole?");
        other.All.Select(p => p.Definition.Name).ShouldBe(["report-a-pothole"]);
        other.Find("nothing-of-the-kind").ShouldBeNull();
    }

    [Theory, BothDatabases]
    public async Task A_draft_keeps_its_version_and_a_new_journey_gets_the_new_one(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var begun = await house.Begin(("where", "\"High Street, Wallingford\""));
        await Publish(house, Changed);
        await house.House.Services.Refresh();
        var on = (await house.Save(begun.Id, "size", "\"small\"")).Value!;
        on.Draft.Version.ShouldBe(1);
        on.Definition.FindQuestion("size")!.Text.English.ShouldBe("How big is it?");
        (await house.Begin(("where", "\"High Street, Wallingford\""))).Version.ShouldBe(2);
        await house.Save(begun.Id, "photo", "null");
        var last = (await house.Save(begun.Id, "you", "null")).Value!.Draft;
        (await house.Submit(last)).Value!.Case!.DefinitionVersion.ShouldBe(1);
    }

    [Fact]
    public async Task A_version_stays_readable_when_a_table_of_the_council_loses_a_value()
    {
        await using var house = await OpenHouse.Open(Dialect.Sqlite);
        var later = new PublishedServices(house.Database, () => Moothall.Council.Places.None);
        await later.Refresh();
        later.Find("report-a-pothole")!.Definition.Exits.ShouldHaveSingleItem().Name.ShouldBe("motorway");
    }
}
