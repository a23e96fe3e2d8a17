using System.Security.Cryptography;
using Moothall.Host;
using Moothall.Store;
using Moothall.Web.Tests.Desk;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Attack;

/// <summary>Who reads the store cannot make the keys that seal cookies: they stand there under a key of the council's own, which can be changed for another.</summary>
public sealed class KeyRingTests
{
    static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    static Task<List<string>> Kept(Database database) => database.Read(s => s.Query($"select xml from protection_key order by id", row => row.Text(0)));

    [Fact]
    public void A_row_opens_under_its_key_only_and_in_its_place_only()
    {
        var (old, another) = (NewKey(), NewKey());
        var ring = KeyRing.Read(old)!;
        var kept = ring.Seal("key-1", "<key>secret</key>");
        kept.ShouldNotContain("secret");
        ring.Open("key-1", kept).ShouldBe("<key>secret</key>");
        ring.Open("key-2", kept).ShouldBeNull("it was put into another row");
        ring.Open("key-1", kept[..^2] + (kept[^2] == 'A' ? 'B' : 'A') + kept[^1]).ShouldBeNull("it was changed");
        KeyRing.Read(another)!.Open("key-1", kept).ShouldBeNull();
        KeyRing.None.Open("key-1", kept).ShouldBeNull();
        KeyRing.Read($"{another}, {old}")!.Open("key-1", kept).ShouldBe("<key>secret</key>");
        ring.Seal("key-1", "<key>secret</key>").ShouldNotBe(kept, "the same is never sealed alike");
        foreach (var bad in new[] { "short", Convert.ToBase64String(new byte[16]), Convert.ToBase64String(new byte[33]), old + ",x" }) KeyRing.Read(bad).ShouldBeNull(bad);
        KeyRing.Read(" \n")!.IsEmpty.ShouldBeTrue();
    }

    [Theory, BothDatabases]
    public async Task Keys_that_stood_open_are_sealed_at_the_next_start_and_again_under_a_new_key_and_nobody_is_signed_out(Dialect dialect)
    {
        var (first, second) = (NewKey(), NewKey());
        Settings? settings = null;
        await using var council = await RunningCouncil.Start(dialect, change: s => settings = s);
        using var worker = await DeskBrowser.SignIn(council, "amara-okafor");
        var before = await Kept(council.House.Database);
        before.ShouldAllBe(k => k.StartsWith("<key", StringComparison.Ordinal));

        async Task<IReadOnlyList<string>> Restarted(string keys)
        {
            await using var again = await Serving.Start(settings! with { Node = "n" + Guid.NewGuid().ToString("n")[..8], KeyRing = KeyRing.Read(keys)! }, council.Clock);
            var kept = await Kept(again.House.Database);
            kept.Count.ShouldBe(before.Count, "no key was made anew");
            return kept;
        }
        var sealedOnce = await Restarted(first);
        sealedOnce.ShouldAllBe(k => k.StartsWith("sealed:1:", StringComparison.Ordinal));
        (await Restarted(first)).ShouldBe(sealedOnce, "what is sealed stays as it is");
        var sealedAnew = await Restarted($"{second},{first}");
        sealedAnew.ShouldAllBe(k => k.StartsWith("sealed:1:", StringComparison.Ordinal) && !sealedOnce.Contains(k));
        (await Restarted(second)).ShouldBe(sealedAnew);
        foreach (var wrong in new[] { first, "" })
        {
            var refused = await Should.ThrowAsync<Exception>(Serving.Start(settings! with { Node = "n" + Guid.NewGuid().ToString("n")[..8], KeyRing = KeyRing.Read(wrong)! }, council.Clock));
            (refused.GetType().Name, refused.Message.Contains("key-ring-key does not hold", StringComparison.Ordinal)).ShouldBe(("CommandRefused", true), refused.ToString());
        }
        (await Restarted(second)).ShouldBe(sealedAnew, "nothing was changed by who came without the key");
    }
}
