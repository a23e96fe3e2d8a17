using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Moothall.Store;
using Npgsql;
using Shouldly;
using Xunit;

namespace Moothall.Cluster.Tests;

/// <summary>When the machine of the database dies its standby takes over by itself; what was answered is there, and the nodes go on.</summary>
public sealed class FailOverTests
{
    [Fact]
    public async Task When_the_primary_dies_its_standby_takes_over_and_nothing_that_was_answered_is_lost()
    {
        await using var databases = await Standby.Start();
        await using var nodes = await TwoNodes.StartOn(databases.Connection + ";Maximum Pool Size=16;Host Recheck Seconds=1");
        using var http = nodes.Client();
        var answered = new ConcurrentBag<(string Key, string Reference)>();
        var refused = new ConcurrentBag<(HttpStatusCode Status, bool SaysWhen)>();
        using var stop = new CancellationTokenSource();

        // People who send again under the same key until they are answered; what they were answered is a promise.
        var people = Task.WhenAll(Enumerable.Range(0, 4).Select(person => Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                var key = $"{person}-{i}";
                while (true)
                {
                    using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/services/report-a-pothole/cases")
                    {
                        Content = JsonContent.Create(new { channel = "web", answers = new { where = new { text = "High Street, Wallingford" }, size = "small", you = new { name = "Ann Ash", email = $"ann-{key}@mail.example" } } }),
                    };
                    request.Headers.Add("Idempotency-Key", key);
                    using var answer = await http.SendAsync(request);
                    if (answer.StatusCode == HttpStatusCode.Created)
                    {
                        answered.Add((key, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("reference").GetString()!));
                        break;
                    }
                    refused.Add((answer.StatusCode, answer.Headers.RetryAfter is not null));
                    await Task.Delay(200);
                }
                await Task.Delay(20);
            }
        })));
        await RelayTests.Until(() => answered.Count > 40);
        var dead = await databases.KillPrimary();
        var before = answered.Count;
        await RelayTests.Until(() => answered.Count > before + 40, TimeSpan.FromSeconds(90));
        (await databases.Members()).Single(m => m.Role == "primary").Name.ShouldNotBe(dead);
        await stop.CancelAsync();
        await people;

        // Who was not answered was told when to come again.
        refused.ShouldNotBeEmpty();
        refused.ShouldAllBe(r => r.Status == HttpStatusCode.ServiceUnavailable && r.SaysWhen);
        (await http.GetAsync("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await nodes.First.Readers.WaitUntilCaughtUp();

        // Every answer is kept, once; every event was counted, once; each case told its person, once.
        var database = nodes.First.House.Database;
        var kept = await database.Read(s => s.Query($"select stream from event where type = 'case.received' order by stream", row => row.Text(0)));
        answered.ShouldAllBe(a => kept.Contains("case/" + a.Reference));
        kept.Count.ShouldBe(answered.Count);
        var figures = await http.GetFromJsonAsync<JsonElement>("/api/v1/performance?service=report-a-pothole");
        figures.GetProperty("services").EnumerateArray().Sum(s => s.GetProperty("cases").GetProperty("received").GetInt32()).ShouldBe(kept.Count);
        var letters = await database.Read(s => s.Query($"select stream, count(*) from effect group by stream, kind, recipient", row => (Stream: row.Text(0), Count: row.Long(1))));
        letters.ShouldAllBe(l => l.Count == 1);
        letters.Select(l => l.Stream).Where(s => s.StartsWith("case/", StringComparison.Ordinal)).Distinct().Order().ShouldBe(kept.Order());
        (await database.Read(ReaderStates.Alerts)).ShouldBeEmpty();

        // The dead machine comes back as the standby, with all that it missed.
        await databases.StartAgain();
        var members = await databases.Members();
        members.Single(m => m.Name == dead).Role.ShouldBe("sync");
        var addresses = new NpgsqlConnectionStringBuilder(databases.Connection).Host!.Split(',');
        var its = addresses[dead == "one" ? 0 : 1].Split(':');
        await using var standby = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(databases.Connection) { Host = its[0], Port = int.Parse(its[1], null), TargetSessionAttributes = "any" }.ToString());
        await RelayTests.Until(() =>
        {
            using var command = standby.CreateCommand("select count(*) from event where type = 'case.received' and pg_is_in_recovery()");
            return (long)command.ExecuteScalar()! == kept.Count;
        });
    }
}
