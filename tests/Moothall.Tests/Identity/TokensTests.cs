using Moothall.Identity;
using Moothall.Store;
using Moothall.Tests.Council;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Identity;

public class TokensTests
{
    static readonly Instant Noon = Instant.FromUtc(2026, 11, 22, 12, 0);

    [Theory, BothDatabases]
    public async Task A_token_says_whose_it_is_and_is_kept_only_as_a_hash(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        var token = await store.Database.Commit(unit => Tokens.Create(unit, "history-import", Noon));
        token.ShouldStartWith("mh_");
        token.Length.ShouldBe(46);
        (await new Tokens().FindMember(store.Database, token, Noon)).ShouldBe("history-import");
        (await store.Database.Read(s => s.Number($"select count(*) from token where hash = {token} or member = {token}"))).ShouldBe(0);
    }

    [Theory, BothDatabases]
    public async Task What_is_no_token_is_nobodys(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        var token = await store.Database.Commit(unit => Tokens.Create(unit, "ann", Noon));
        foreach (var wrong in (string[])["", "mh_", "mh_\0", token[..^1], token + "A", "mh_" + new string('A', 43), "'; drop table token; --", token.ToUpperInvariant()])
            (await new Tokens().FindMember(store.Database, wrong, Noon)).ShouldBeNull(wrong);
    }

    [Theory, BothDatabases]
    public async Task A_token_ends_when_it_expires_even_when_it_is_remembered(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        var tokens = new Tokens();
        var token = await store.Database.Commit(unit => Tokens.Create(unit, "ann", Noon, Duration.FromSeconds(3)));
        (await tokens.FindMember(store.Database, token, Noon + Duration.FromSeconds(2))).ShouldBe("ann");
        (await tokens.FindMember(store.Database, token, Noon + Duration.FromSeconds(3))).ShouldBeNull();
    }

    [Theory, BothDatabases]
    public async Task A_revoked_token_is_nobodys_here_at_once_and_elsewhere_within_seconds(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        Tokens here = new(), elsewhere = new();
        var token = await store.Database.Commit(unit => Tokens.Create(unit, "ann", Noon));
        (await here.FindMember(store.Database, token, Noon)).ShouldBe("ann");
        (await elsewhere.FindMember(store.Database, token, Noon)).ShouldBe("ann");
        (await store.Database.Commit(unit => here.Revoke(unit, token, Noon))).ShouldBeTrue();
        (await store.Database.Commit(unit => here.Revoke(unit, token, Noon))).ShouldBeFalse();
        (await here.FindMember(store.Database, token, Noon)).ShouldBeNull();
        (await elsewhere.FindMember(store.Database, token, Noon + Duration.FromSeconds(5))).ShouldBeNull();
    }

    [Theory, BothDatabases]
    public async Task All_tokens_of_somebody_who_leaves_end_together(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        var tokens = new Tokens();
        var (first, second, another) = await store.Database.Commit(async unit => (await Tokens.Create(unit, "ann", Noon), await Tokens.Create(unit, "ann", Noon), await Tokens.Create(unit, "bob", Noon)));
        (await store.Database.Commit(unit => tokens.RevokeAllOf(unit, "ann", Noon))).ShouldBe(2);
        (await tokens.FindMember(store.Database, first, Noon)).ShouldBeNull();
        (await tokens.FindMember(store.Database, second, Noon)).ShouldBeNull();
        (await tokens.FindMember(store.Database, another, Noon)).ShouldBe("bob");
    }

    [Fact]
    public void A_member_who_left_the_files_is_nobody()
    {
        Tokens.CallerFor(ExampleCouncil.Files, "history-import").Roles.ShouldBe([Role.Importer]);
        Tokens.CallerFor(ExampleCouncil.Files, "long-gone").ShouldBe(Caller.Nobody);
        Tokens.CallerFor(ExampleCouncil.Files, null).IsSignedIn.ShouldBeFalse();
    }

    [Fact]
    public void A_partner_has_no_session_at_the_desk()
    {
        StaffSessions.CallerFor(ExampleCouncil.Files, "history-import").ShouldBe(Caller.Nobody);
        StaffSessions.CallerFor(ExampleCouncil.Files, "amara-okafor").Teams.ShouldBe(["streets"]);
        StaffSessions.ToChooseFrom(ExampleCouncil.Files).ShouldAllBe(m => !m.IsPartner);
    }

    [Theory, BothDatabases]
    public async Task Who_read_a_case_can_be_told(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        Caller ann = Tokens.CallerFor(ExampleCouncil.Files, "amara-okafor"), bob = Tokens.CallerFor(ExampleCouncil.Files, "fatima-al-sayed");
        await ReadLog.Record(store.Database, Noon, ann, new ReadCase("POT-1", "wessex", "streets"), AuditKinds.CaseRead);
        await ReadLog.Record(store.Database, Noon + Duration.FromMinutes(1), bob, new ReadCase("POT-1", "wessex", "streets"), AuditKinds.FileRead, "She rang about it");
        await ReadLog.Record(store.Database, Noon, ann, new ReadCase("POT-2", "wessex", "streets"), AuditKinds.CaseRead);
        // What an older version wrote is told too.
        await store.Database.Commit(unit => unit.Execute($"insert into case_reading (at, member, reference, what) values ({Noon - Duration.FromDays(1)}, {bob.Id}, {"POT-1"}, {"search"})"));
        (await store.Database.Read(s => ReadLog.Of(s, "POT-1"))).ShouldBe([
            new(Noon + Duration.FromMinutes(1), bob.Id, "POT-1", AuditKinds.FileRead, "role/administrator", "She rang about it"),
            new(Noon, ann.Id, "POT-1", AuditKinds.CaseRead, "team/streets"),
            new(Noon - Duration.FromDays(1), bob.Id, "POT-1", AuditKinds.Found)]);
        (await store.Database.Read(s => ReadLog.By(s, ann.Id))).Count.ShouldBe(2);
    }
}
