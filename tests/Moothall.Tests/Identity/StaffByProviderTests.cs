using Moothall.Council;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Tests.Council;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Identity;

/// <summary>Who of the staff somebody is whom a provider vouches for: the decision alone.</summary>
public class StaffByProviderTests
{
    static readonly SignInProvider Provider = new("council", SignInFor.Staff, "https://login.example", "moothall") { Title = new Prose("Wessex account"), Authorities = ["wessex"] };

    static readonly CouncilFiles Files = ExampleCouncil.Files with
    {
        Members = ExampleCouncil.Files.Members.ToDictionary(m => m.Key, m => m.Key switch
        {
            "amara-okafor" => m.Value with { Email = "amara@wessex.example" }, "sian-prydderch" or "mohammed-rahman" => m.Value with { Email = "shared@wessex.example" },
            "priya-venkataraman" => m.Value with { Email = "priya@mercia.example" }, _ => m.Value,
        }),
        Away = new Dictionary<string, Member> { ["gone"] = ExampleCouncil.Files.Members["amara-okafor"] with { Id = "gone", Email = "gone@wessex.example" } },
    };

    static ProvidedPerson Person(string? email, string? username = null) => new("https://login.example", "s-1", null, "", email, "Name", username, [], SignInLevel.Medium);

    static string Decide(ProvidedPerson person, SignInProvider? provider = null, string? linked = null, string[]? others = null, Holding[]? granted = null)
    {
        var decided = StaffByProvider.Decide(provider ?? Provider, person, Files, new(linked, (others ?? []).ToHashSet()), granted ?? []);
        return decided.Refusal?.Why.Split('.')[0] ?? decided.Value?.Id ?? "joins";
    }

    static readonly Holding Worker = new(new HashSet<Role> { Role.Worker }, new HashSet<string> { "wessex" }, new HashSet<string>());
    const string Unknown = "You signed in, but nobody of the staff here is known by your account", Away = "You cannot sign in at the moment";

    [Fact]
    public void An_address_that_is_vouched_for_says_who_it_is_the_first_time()
    {
        Decide(Person("AMARA@wessex.example")).ShouldBe("amara-okafor");
        Decide(Person("nobody@wessex.example")).ShouldBe(Unknown);
        Decide(Person(null)).ShouldBe(Unknown);
        Decide(Person("shared@wessex.example")).ShouldStartWith("More than one member of staff");
        Decide(Person("amara@wessex.example"), others: ["amara-okafor"]).ShouldStartWith("The member of staff with your e-mail address signs in with another account");
    }

    [Fact]
    public void Afterwards_only_what_the_provider_calls_them_counts()
    {
        Decide(Person("somebody-else@wessex.example"), linked: "amara-okafor").ShouldBe("amara-okafor");
        Decide(Person("amara@wessex.example"), linked: "gone").ShouldBe(Away);
        Decide(Person("amara@wessex.example"), linked: "nobody-any-more").ShouldBe(Unknown);
    }

    [Fact]
    public void A_name_counts_only_where_the_council_says_so()
    {
        Decide(Person(null, "amara-okafor")).ShouldBe(Unknown);
        var byName = Provider with { KnownBy = [SignInProvider.ByUsername] };
        Decide(Person(null, "amara-okafor"), byName).ShouldBe("amara-okafor");
        Decide(Person(null, "amara@wessex.example"), byName).ShouldBe("amara-okafor");
        Decide(Person("amara@wessex.example", "x"), byName).ShouldBe(Unknown);
    }

    [Fact]
    public void Whoever_left_does_not_come_back_as_a_joiner()
    {
        var joiners = Provider with { Joiners = true };
        Decide(Person("new@wessex.example"), joiners, granted: [Worker]).ShouldBe("joins");
        Decide(Person("new@wessex.example"), joiners).ShouldBe(Unknown);
        Decide(Person("new@wessex.example"), granted: [Worker]).ShouldBe(Unknown);
        Decide(Person("gone@wessex.example"), joiners, granted: [Worker]).ShouldBe(Away);
    }

    [Fact]
    public void A_councils_provider_says_nothing_of_another_councils_staff()
    {
        Decide(Person("priya@mercia.example")).ShouldBe(Unknown);
        Decide(Person("priya@mercia.example"), Provider with { Authorities = ["mercia"] }).ShouldBe("priya-venkataraman");
        Decide(Person(null, "national-highways"), Provider with { KnownBy = [SignInProvider.ByUsername] }).ShouldBe(Unknown, "a partner is a program");
    }

    [Fact]
    public void What_groups_gave_is_kept_as_text_and_read_without_what_the_council_no_longer_has()
    {
        Holding[] granted = [Worker with { Teams = new HashSet<string> { "streets", "no-such-team" } }, new(new HashSet<Role> { Role.Analyst }, new HashSet<string> { "mercia", "atlantis" }, new HashSet<string>())];
        var read = Holdings.Read(Holdings.Write(granted), Files);
        read.Count.ShouldBe(2);
        read[0].Teams.ShouldBe(["streets"]);
        read[1].Authorities.ShouldBe(["mercia"]);
        read[1].Roles.ShouldBe([Role.Analyst]);
        Holdings.Write([]).ShouldBeNull();
        Holdings.Read("nonsense", Files).ShouldBeEmpty();
    }
}
