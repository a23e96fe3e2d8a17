using FsCheck;
using FsCheck.Fluent;
using Moothall.Cases;
using Moothall.Store;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Cases;

public class TrackingCodeTests
{
    const string Reference = "POT-7F3K-92QX";

    [Theory, BothDatabases]
    public async Task A_code_opens_its_case_and_no_other(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        var codes = await TrackingCodes.Open(store.Database, OpenHouse.Monday);
        var code = codes.For(Reference, 1);
        code.Length.ShouldBe(16);
        codes.Opens(code, Reference, 1).ShouldBeTrue();
        codes.Opens($" {code[..4].ToLowerInvariant()}-{code[4..]} ", Reference, 1).ShouldBeTrue();
        codes.Opens(code, Reference, 2).ShouldBeFalse("raising the number revokes the link");
        codes.Opens(code, "POT-0000-0000", 1).ShouldBeFalse();
        foreach (var wrong in new[] { "", code[..15], code + "0", "é" + code[1..], new string('0', 16) }) codes.Opens(wrong, Reference, 1).ShouldBeFalse(wrong);
    }

    [Theory, BothDatabases]
    public async Task Every_node_makes_the_same_code_and_every_council_another(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await using var other = await TestStore.Create(dialect);
        var nodes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => TrackingCodes.Open(store.Database, OpenHouse.Monday)));
        nodes.Select(n => n.For(Reference, 1)).Distinct().ShouldHaveSingleItem();
        (await TrackingCodes.Open(other.Database, OpenHouse.Monday)).For(Reference, 1).ShouldNotBe(nodes[0].For(Reference, 1));
    }

    [Fact]
    public async Task Any_wrong_symbol_of_a_code_is_noticed()
    {
        await using var store = await TestStore.Create(Dialect.Sqlite);
        var codes = await TrackingCodes.Open(store.Database, OpenHouse.Monday);
        Prop.ForAll(Gen.Choose(0, 15).ToArbitrary(), Gen.Elements("0123456789ABCDEFGHJKMNPQRSTVWXYZ".ToCharArray()).ToArbitrary(), (place, symbol) =>
        {
            var code = codes.For(Reference, 1);
            return codes.Opens(code[..place] + symbol + code[(place + 1)..], Reference, 1) == (code[place] == symbol);
        }).QuickCheckThrowOnFailure();
    }
}
