using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Moothall.Host;
using Moothall.Store;
using Moothall.Web.Capacity;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.BadInput;

/// <summary>Two nodes count as one: who goes from one to the other gets no more, and what is counted costs the store next to nothing.</summary>
public sealed class LimitsOfNodesTests
{
    static int LetThrough(RequestCounts counts, string kind, string who, int most, int tries)
    {
        var through = 0;
        for (var i = 0; i < tries; i++) if (counts.Count(kind, who, most, out _) is null) through++;
        return through;
    }

    [Fact]
    public async Task Who_asks_two_nodes_gets_no_more_than_of_one_once_they_have_told_each_other()
    {
        Assert.SkipWhen(TestPostgres.Cluster is null, "MOOTHALL_TEST_POSTGRES is not set");
        await using var council = await RunningCouncil.Start(Dialect.Postgres);
        await using var here = new RequestCounts(council.House, NullLogger<RequestCounts>.Instance);
        await using var there = new RequestCounts(council.House, NullLogger<RequestCounts>.Instance);
        LetThrough(here, "mail", "203.0.113.1", 20, 15).ShouldBe(15);
        LetThrough(there, "mail", "203.0.113.1", 20, 3).ShouldBe(3);
        await here.Exchange();
        await there.Exchange();
        await here.Exchange();
        LetThrough(here, "mail", "203.0.113.1", 20, 100).ShouldBe(2);
        await here.Exchange();
        await there.Exchange();
        LetThrough(there, "mail", "203.0.113.1", 20, 100).ShouldBe(0);
        // Somebody else, and another kind of the same, are counted for themselves.
        LetThrough(there, "mail", "203.0.113.2", 20, 100).ShouldBe(20);
        LetThrough(there, "files", "203.0.113.1", 20, 100).ShouldBe(20);
    }

    [Fact]
    public async Task Ordinary_requests_say_nothing_to_the_store_and_nothing_in_it_tells_who_asked()
    {
        Assert.SkipWhen(TestPostgres.Cluster is null, "MOOTHALL_TEST_POSTGRES is not set");
        await using var council = await RunningCouncil.Start(Dialect.Postgres);
        await using var counts = new RequestCounts(council.House, NullLogger<RequestCounts>.Instance);
        Task<List<(string Who, long Count)>> Rows() => council.House.Database.Read(s => s.Query($"select who, count from request_count", row => (row.Text(0), row.Long(1))));
        for (var i = 0; i < 500; i++) LetThrough(counts, "form", "198.51.100." + i, 1200, 20);
        await counts.Exchange();
        (await Rows()).ShouldBeEmpty();
        LetThrough(counts, "form", "198.51.100.7", 1200, 200);
        await counts.Exchange();
        var row = (await Rows()).ShouldHaveSingleItem();
        row.Count.ShouldBe(220);
        row.Who.ShouldNotContain("198");
        council.Clock.Advance(Duration.FromMinutes(5));
        LetThrough(counts, "form", "198.51.100.8", 1200, 200);
        await counts.Exchange();
        (await Rows()).ShouldHaveSingleItem().Who.ShouldNotBe(row.Who);
    }

    [Fact]
    public async Task The_minute_slides_and_who_waits_as_long_as_was_said_goes_on()
    {
        await using var council = await RunningCouncil.Start(Dialect.Sqlite);
        council.Clock.Set(Instant.FromUtc(2026, 11, 18, 10, 30, 50));
        await using var counts = new RequestCounts(council.House, NullLogger<RequestCounts>.Instance);
        LetThrough(counts, "track", "a", 10, 100).ShouldBe(10);
        var wait = counts.Count("track", "a", 10, out _).ShouldNotBeNull();
        // At the turn of the minute there are not ten more at once.
        council.Clock.Set(Instant.FromUtc(2026, 11, 18, 10, 31, 0));
        LetThrough(counts, "track", "a", 10, 100).ShouldBe(0);
        council.Clock.Set(Instant.FromUtc(2026, 11, 18, 10, 30, 50) + Duration.FromSeconds(wait));
        LetThrough(counts, "track", "a", 10, 1).ShouldBe(1);
        council.Clock.Set(Instant.FromUtc(2026, 11, 18, 10, 31, 30));
        LetThrough(counts, "track", "a", 10, 100).ShouldBe(4);
        council.Clock.Set(Instant.FromUtc(2026, 11, 18, 10, 35, 0));
        LetThrough(counts, "track", "a", 10, 100).ShouldBe(10);
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7"), InlineData("::ffff:203.0.113.7", "203.0.113.7"), InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"), InlineData("2001:db8:1:2:ffff::1", "2001:db8:1:2::"), InlineData("2001:db8:1:3::1", "2001:db8:1:3::")]
    public void A_household_with_its_own_network_is_one_sender(string address, string sender) => RequestLimits.Sender(IPAddress.Parse(address)).ShouldBe(sender);

    [Fact]
    public async Task Two_serving_nodes_of_one_council_refuse_together_and_a_library_goes_on()
    {
        Assert.SkipWhen(TestPostgres.Cluster is null, "MOOTHALL_TEST_POSTGRES is not set");
        Settings? settings = null;
        await using var first = await RunningCouncil.Start(Dialect.Postgres, change: s => settings = s with { Environment = "Production", Proxies = [IPAddress.Loopback], Node = "first" });
        await using var second = await Serving.Start(settings! with { Node = "second" }, first.Clock);
        using var a = await first.Client();
        using var b = new HttpClient { BaseAddress = new Uri(second.Addresses[0]) };
        b.DefaultRequestHeaders.Host = "wessex.localhost";
        async Task<HttpStatusCode> Save(HttpClient node, string from)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/services/report-a-pothole/save") { Content = new FormUrlEncodedContent([]) };
            request.Headers.Add("X-Forwarded-For", from);
            using var answer = await node.SendAsync(request);
            return answer.StatusCode;
        }
        for (var i = 0; i < 20; i++) (await Save(a, "203.0.113.9")).ShouldNotBe(HttpStatusCode.TooManyRequests);
        (await Save(a, "203.0.113.9")).ShouldBe(HttpStatusCode.TooManyRequests);
        await first.Serving.Counts!.Exchange();
        // The other node hears of it with the first few that come to it.
        var through = 0;
        for (var i = 0; i < 20; i++)
        {
            if (await Save(b, "203.0.113.9") != HttpStatusCode.TooManyRequests) through++;
            await second.Counts!.Exchange();
        }
        through.ShouldBeLessThanOrEqualTo(3);
        (await Save(b, "198.51.100.7")).ShouldNotBe(HttpStatusCode.TooManyRequests);
    }
}
