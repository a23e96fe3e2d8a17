using Moothall.Identity;
using Moothall.Store;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Identity;

public class SessionsTests
{
    static readonly Instant Noon = OpenHouse.Monday;
    static readonly SessionLimits Limits = SessionLimits.Usual;

    [Theory, BothDatabases]
    public async Task A_session_ends_half_an_hour_after_the_last_page_and_after_twelve_hours_in_any_case(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        var code = await store.Database.Commit(unit => Sessions.Begin(unit, "ann", Noon));
        var session = (await store.Database.Read(s => Sessions.Find(s, code)))!;
        session.IsOpen(Limits, Noon + Duration.FromMinutes(29)).ShouldBeTrue();
        session.IsOpen(Limits, Noon + Duration.FromMinutes(30)).ShouldBeFalse();
        for (var minutes = 20; minutes < 12 * 60; minutes += 20) session = await Sessions.Touch(store.Database, session, Noon + Duration.FromMinutes(minutes));
        session.CanGrow(Limits).ShouldBeFalse();
        session.EndsAt(Limits).ShouldBe(Noon + Duration.FromHours(12));
        (await store.Database.Read(s => Sessions.Find(s, code))).ShouldBe(session);
        (await store.Database.Read(s => s.Number($"select count(*) from staff_session where hash = {code}"))).ShouldBe(0);
    }

    [Theory, BothDatabases]
    public async Task Somebody_is_signed_out_everywhere_and_nobody_else_is(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        var (one, two, other) = await store.Database.Commit(async unit => (await Sessions.Begin(unit, "ann", Noon), await Sessions.Begin(unit, "ann", Noon), await Sessions.Begin(unit, "bob", Noon)));
        (await store.Database.Read(s => Sessions.OpenOf(s, "ann", Limits, Noon))).Count.ShouldBe(2);
        (await store.Database.Commit(unit => Sessions.EndAllOf(unit, "ann", Noon))).ShouldBe(2);
        foreach (var code in (string[])[one, two]) (await store.Database.Read(s => Sessions.Find(s, code)))!.IsOpen(Limits, Noon).ShouldBeFalse();
        (await store.Database.Read(s => Sessions.Find(s, other)))!.IsOpen(Limits, Noon).ShouldBeTrue();
    }

    [Theory, BothDatabases]
    public async Task What_is_no_code_opens_nothing(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        var code = await store.Database.Commit(unit => Sessions.Begin(unit, "ann", Noon));
        foreach (var wrong in (string?[])[null, "", "x", code[..^1], code + "A", code.ToUpperInvariant(), new string('A', 32), "'; drop table staff_session; --"])
            (await store.Database.Read(s => Sessions.Find(s, wrong))).ShouldBeNull(wrong);
    }

    [Theory, BothDatabases]
    public async Task A_link_works_once_until_it_ends_or_a_newer_one_is_made(Dialect dialect)
    {
        await using var open = await OpenHouse.Open(dialect);
        var (database, folder) = (open.Database, open.House.CurrentCouncil.Folder);
        async Task<string> Make() => (await database.Commit(unit => ManageStaff.InviteFromCommandLine(unit, folder, "amara-okafor", Duration.FromHours(2), Noon))).Value!;
        async Task<InvitationState> State(string code, Instant at) => (await database.Read(s => Invitations.Find(s, code, at))).State;
        var first = await Make();
        (await State(first, Noon)).ShouldBe(InvitationState.Good);
        (await State(first, Noon + Duration.FromHours(2))).ShouldBe(InvitationState.Expired);
        (await database.Commit(unit => Invitations.Use(unit, first, Noon + Duration.FromHours(2)))).ShouldBeFalse();
        var second = await Make();
        (await State(first, Noon)).ShouldBe(InvitationState.Revoked);
        var uses = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => database.Commit(unit => Invitations.Use(unit, second, Noon))));
        uses.Count(used => used).ShouldBe(1);
        (await State(second, Noon)).ShouldBe(InvitationState.Used);
        foreach (var guess in (string[])["", "x", new string('A', 32), second[..^1] + (second[^1] == 'A' ? 'B' : 'A')]) (await State(guess, Noon)).ShouldBe(InvitationState.Unknown, guess);
        (await database.Read(s => s.Number($"select count(*) from invitation where hash = {second}"))).ShouldBe(0);
    }

    [Theory, BothDatabases]
    public async Task An_answer_to_a_challenge_counts_once(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        var takes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => store.Database.Commit(unit => Passkeys.TakeChallenge(unit, "challenge", Noon))));
        takes.Count(taken => taken).ShouldBe(1);
    }

    [Theory, BothDatabases]
    public async Task A_passkeys_counter_never_goes_back_and_a_removed_one_is_not_used(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        var key = new Passkey("a2V5", "ann", "north.localhost", "Mac", [1, 2, 3], 5, ["internal", "hybrid"], true, false, Noon, null);
        await store.Database.Commit(unit => Passkeys.Add(unit, key));
        var read = (await store.Database.Read(s => Passkeys.Find(s, "a2V5")))!;
        (read with { PublicKey = key.PublicKey, Transports = key.Transports }).ShouldBe(key);
        read.PublicKey.ShouldBe([1, 2, 3]);
        read.Transports.ShouldBe(["internal", "hybrid"]);
        (await store.Database.Read(s => Passkeys.MemberOf(s, Passkeys.HandleOf("ann")))).ShouldBe("ann");
        (await store.Database.Commit(unit => Passkeys.Used(unit, "a2V5", 4, true, Noon))).ShouldBeFalse();
        (await store.Database.Commit(unit => Passkeys.Used(unit, "a2V5", uint.MaxValue, true, Noon))).ShouldBeTrue();
        (await store.Database.Commit(unit => Passkeys.Remove(unit, "bob", "a2V5", Noon))).ShouldBeFalse();
        (await store.Database.Commit(unit => Passkeys.Remove(unit, "ann", "a2V5", Noon))).ShouldBeTrue();
        (await store.Database.Commit(unit => Passkeys.Used(unit, "a2V5", uint.MaxValue, true, Noon))).ShouldBeFalse();
    }

    [Theory, BothDatabases]
    public async Task A_late_form_waits_an_hour_for_its_person_alone_and_few_are_kept(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        var code = "";
        for (var i = 0; i < 25; i++) code = await store.Database.Commit(unit => KeptForms.Keep(unit, "ann", new KeptForm("/desk/x", [7], true, Noon + Duration.FromSeconds(i))));
        (await store.Database.Read(s => s.Number($"select count(*) from kept_form"))).ShouldBe(20);
        var kept = (await store.Database.Read(s => KeptForms.Find(s, code, "ann", Noon)))!;
        (kept.Path, kept.HadFiles, kept.Sealed.Single()).ShouldBe(("/desk/x", true, (byte)7));
        (await store.Database.Read(s => KeptForms.Find(s, code, "bob", Noon))).ShouldBeNull();
        (await store.Database.Read(s => KeptForms.Find(s, code, "ann", Noon + Duration.FromHours(2)))).ShouldBeNull();
        await store.Database.Commit(unit => TidyIdentity.Tidy(unit, Noon + Duration.FromHours(2)));
        (await store.Database.Read(s => s.Number($"select count(*) from kept_form"))).ShouldBe(0);
    }
}
