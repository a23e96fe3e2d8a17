using Moothall.Cases;
using Moothall.Identity;
using Moothall.Records;
using Moothall.Store;
using Moothall.Tests.Council;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Records;

public class PersonRecordsTests
{
    static readonly Caller Administrator = Tokens.CallerFor(ExampleCouncil.Files, "fatima-al-sayed");
    static readonly Caller OnlyMercia = Administrator with { Authorities = new HashSet<string> { "mercia" } };
    static readonly Caller Amara = Tokens.CallerFor(ExampleCouncil.Files, "amara-okafor");

    static async Task<string[]> Found(OpenHouse house, string typed, Caller? caller = null) =>
        [.. (await PersonRecords.Search(house.House, typed, caller ?? Administrator)).Value.ShouldNotBeNull().Select(r => r.File.Case.Reference)];

    static Task<Result<RecordList>> Erase(OpenHouse house, string ground, string decision, params string[] references) =>
        house.Database.Commit(unit => PersonRecords.Erase(unit, house.House, Administrator, references, ground, decision, house.House.Now));

    [Theory, BothDatabases]
    public async Task A_person_is_found_by_any_of_their_words_and_every_look_is_recorded(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var ann = (await KeepTests.Pothole(house, null)).Reference;
        var other = (await KeepTests.Pothole(house, null, "Bob Lee")).Reference;
        (await Found(house, "ann@mail.example")).ShouldBe([ann]);
        (await Found(house, "Lee")).ShouldBe([ann, other], ignoreOrder: true);
        (await Found(house, other.ToLowerInvariant())).ShouldBe([other]);
        (await Found(house, "ann@mail.example", OnlyMercia)).ShouldBeEmpty();
        (await PersonRecords.Search(house.House, "  ", Administrator)).Refusal!.Faults.ShouldHaveSingleItem().Field.ShouldBe("q");
        (await PersonRecords.Search(house.House, "Lee", Amara)).Refusal!.Kind.ShouldBe(RefusalKind.NotAllowed);
        var read = await house.Database.Read(s => ReadLog.By(s, Administrator.Id));
        read.Select(r => (r.Reference, r.Kind.Code)).ShouldBe([(ann, "read.person"), (ann, "read.person"), (other, "read.person"), (other, "read.person")], ignoreOrder: true);
    }

    [Theory, BothDatabases]
    public async Task A_granted_request_erases_all_or_nothing_and_leaves_a_certificate(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var closed = (await KeepTests.Pothole(house, OpenHouse.Monday)).Reference;
        var another = (await KeepTests.Pothole(house, OpenHouse.Monday)).Reference;
        var open = (await KeepTests.Pothole(house, null)).Reference;

        (await Erase(house, "objection", "IR-2026-014", closed, open)).Refusal!.Faults.ShouldHaveSingleItem().Message.ShouldContain("still open");
        (await Erase(house, "a whim", "IR-2026-014", closed)).Refusal!.Faults.ShouldHaveSingleItem().Field.ShouldBe("ground");
        foreach (var wrong in (string[])["", "Ann Lee", new string('7', 41), "a@b.example"]) (await Erase(house, "objection", wrong, closed)).Refusal!.Faults.ShouldHaveSingleItem().Field.ShouldBe("decision");
        (await Erase(house, "objection", "IR-2026-014")).Refusal!.Faults.ShouldHaveSingleItem().Field.ShouldBe("reference");
        await house.Database.Commit(unit => Holds.Place(unit, house.House, Administrator, "case", another, "Claim 12", new LocalDate(2030, 1, 1), house.House.Now));
        (await Erase(house, "objection", "IR-2026-014", closed, another)).Refusal!.Faults.ShouldHaveSingleItem().Message.ShouldContain("on hold");
        (await house.Count("case_erased")).ShouldBe(0);
        (await house.Count("case_answers")).ShouldBe(3);

        var certificate = (await Erase(house, "objection", "IR-2026-014", closed)).Value.ShouldNotBeNull();
        (await house.Count("case_answers")).ShouldBe(2);
        var kept = (await house.Database.Read(s => RecordLists.Find(s, certificate.Id))).ShouldNotBeNull();
        (kept.Kind, kept.State, kept.Decision, kept.ByMember).ShouldBe(("request", "done", "IR-2026-014", Administrator.Id));
        kept.Hash.ShouldNotBeNull();
        (await house.Log($"case/{closed}")).ShouldBe(["case.received", "case.closed", "case.erased"]);
        (await Erase(house, "objection", "IR-2026-015", closed)).Refusal!.Faults.ShouldHaveSingleItem().Message.ShouldContain("deleted already");
        (await Found(house, "ann@mail.example")).ShouldBe([another, open], ignoreOrder: true);
        (await house.Database.Read(s => Register.Newest(s))).First().ShouldSatisfyAllConditions(a => a.What.ShouldBe("erased"), a => a.Decision.ShouldBe("IR-2026-014"), a => a.ByMember.ShouldBe(Administrator.Id));
        var log = await house.Database.Read(s => s.Query($"select data from event", row => row.Text(0)));
        log.ShouldAllBe(data => !data.Contains("Ann", StringComparison.Ordinal) && !data.Contains("mail.example", StringComparison.Ordinal));
    }

    [Theory, BothDatabases]
    public async Task A_hold_says_what_is_wrong_with_it_and_forgets_a_person_when_it_ends(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        async Task<string> Wrong(string kind, string about, string reason, LocalDate? review) =>
            (await house.Database.Commit(unit => Holds.Place(unit, house.House, Administrator, kind, about, reason, review, house.House.Now))).Refusal!.Faults.ShouldHaveSingleItem().Field;
        var later = new LocalDate(2030, 1, 1);
        (await Wrong("case", "POT-0000-0000", "x", later)).ShouldBe("about");
        (await Wrong("service", "no-such", "x", later)).ShouldBe("about");
        (await Wrong("person", "?!", "x", later)).ShouldBe("about");
        (await Wrong("council", "x", "x", later)).ShouldBe("kind");
        (await Wrong("service", "report-a-pothole", " ", later)).ShouldBe("reason");
        (await Wrong("service", "report-a-pothole", "x", new LocalDate(2026, 3, 2))).ShouldBe("review");
        (await Wrong("service", "report-a-pothole", "x", null)).ShouldBe("review");
        var hold = (await house.Database.Commit(unit => Holds.Place(unit, house.House, Administrator, "person", "Ann Lee", "Claim 12", later, house.House.Now))).Value!;
        (await house.Database.Commit(unit => Holds.End(unit, Amara, hold.Id, house.House.Now))).Refusal!.Kind.ShouldBe(RefusalKind.NotAllowed);
        (await house.Database.Commit(unit => Holds.End(unit, Administrator, hold.Id, house.House.Now))).IsDone.ShouldBeTrue();
        (await house.Database.Read(Holds.InForce)).ShouldBeEmpty();
        (await house.Database.Read(s => s.Number($"select count(*) from record_hold where about <> ''"))).ShouldBe(0);
    }
}
