using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Moothall.Council;
using Moothall.Identity;
using NodaTime;

// bin/bench rights [--staff 10000] [--teams 500] [--services 300] [--requests 200000]
// What deciding about rights adds to a request, in a council of this size: who asks (with what was given for a time), the rule at the door, and whether they may read and work one case.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int Option(string name, int usual) => Array.IndexOf(args, "--" + name) is >= 0 and var at && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : usual;
var (staff, teams, services, requests) = (Option("staff", 10_000), Option("teams", 500), Option("services", 300), Option("requests", 200_000));
const double goal = 5;
var chance = new Random(7);
var council = Made();
var ids = council.Members.Keys.ToArray();
var names = Enumerable.Range(0, services).Select(ServiceOf).ToArray();
var teamIds = council.Teams.Keys.ToArray();
var now = Instant.FromUtc(2026, 11, 30, 9, 0);
// What each request asks for is drawn beforehand, so that only deciding is timed.
var asks = Enumerable.Range(0, requests).Select(_ => (Member: ids[chance.Next(ids.Length)], Authority: council.Authorities[chance.Next(council.Authorities.Count)].Id, Team: teamIds[chance.Next(teamIds.Length)], Service: names[chance.Next(names.Length)])).ToArray();

var (may, times) = (0, new double[requests]);
for (var round = 0; round < 3; round++) Run(asks);
var allocated = GC.GetAllocatedBytesForCurrentThread();
may = Run(asks);
var bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / requests;
Array.Sort(times);
double At(double share) => times[(int)Math.Min(times.Length - 1, share * times.Length)];
var (p50, p95, p99) = (At(0.50), At(0.95), At(0.99));
var before = Process.GetCurrentProcess().TotalProcessorTime;
for (var round = 0; round < 5; round++) Run(asks, timed: false);
var mean = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMicroseconds / requests / 5;

Console.WriteLine($"{staff:N0} staff, {teams} teams, {services} services, {requests:N0} requests; {100.0 * may / requests:0.0} % of them may read the case");
Console.WriteLine($"deciding about a request: {mean:0.000} µs of processor (goal: under {goal}); p50 {p50:0.000}, p95 {p95:0.000}, p99 {p99:0.000} µs, most {times[^1]:0} µs; {bytes} bytes");
Console.WriteLine("  (each is timed by itself, so that reading the clock twice, and what else runs on the machine, is in p50, p95 and p99, and not in the processor time)");
var results = Directory.CreateDirectory(Path.Combine("benchmarks", "results")).FullName;
File.WriteAllText(Path.Combine(results, "rights.json"), JsonSerializer.Serialize(new { staff, teams, services, requests, processorMicroseconds = mean, p50, p95, p99, most = times[^1], bytes, goal, cores = Environment.ProcessorCount }));
return mean < goal ? 0 : 1;

int Run((string Member, string Authority, string Team, string Service)[] asked, bool timed = true)
{
    var yes = 0;
    for (var i = 0; i < asked.Length; i++)
    {
        var begun = timed ? Stopwatch.GetTimestamp() : 0;
        var (member, authority, team, service) = asked[i];
        var caller = StaffSessions.CallerFor(council, member, now);
        var letIn = Rights.HasRole(caller, Right.ReadCases);
        var reads = letIn && Rights.May(caller, Right.ReadCases, authority, team, service);
        var works = reads && Rights.May(caller, Right.WorkCases, authority, team, service);
        if (timed) times[i] = Stopwatch.GetElapsedTime(begun).TotalMicroseconds;
        if (reads || works) yes++;
    }
    return yes;
}

static string ServiceOf(int number) => string.Create(CultureInfo.InvariantCulture, $"service-{number}");

// The shipped councils with as many made-up people as were asked for: one in ten has something for a time, one in twenty is limited to services, one service in thirty is sensitive.
CouncilFiles Made()
{
    var example = CouncilReader.Read("council").Council ?? throw new InvalidOperationException("Run it from the folder of the repository.");
    var councils = example.Authorities.Select(a => a.Id).ToArray();
    var madeTeams = Enumerable.Range(0, teams).Select(i => new Team($"team-{i}", $"Team {i}", i % 5 == 0 ? councils : [councils[i % councils.Length]])).ToDictionary(t => t.Id, StringComparer.Ordinal);
    var roles = new[] { Role.Worker, Role.Worker, Role.Worker, Role.TeamLeader, Role.Advisor, Role.Analyst, Role.Designer, Role.Administrator };
    var members = Enumerable.Range(0, staff).Select(i =>
    {
        var theirs = Enumerable.Range(0, 1 + (i % 4)).Select(n => $"team-{(i * 7 + n * 31) % teams}").ToHashSet(StringComparer.Ordinal);
        return new Member($"member-{i}", $"Member {i}", new HashSet<Role> { roles[i % roles.Length], roles[i / 8 % roles.Length] }, new HashSet<string>(i % 3 == 0 ? councils : [councils[i % councils.Length]], StringComparer.Ordinal), theirs, false)
        {
            Services = i % 20 == 0 ? Enumerable.Range(0, 15).Select(n => ServiceOf((i + n) % services)).ToHashSet(StringComparer.Ordinal) : null,
            Grants = i % 10 != 0 ? [] : [new Grant("a", Role.Worker, Enumerable.Range(0, 5).Select(n => ServiceOf((i + n) % services)).ToHashSet(StringComparer.Ordinal), null, new LocalDate(2026, 11, 1), new LocalDate(2026, 12, 24)),
                new Grant("b", null, new HashSet<string>(), ServiceOf(i % services / 30 * 30), new LocalDate(2026, 11, 1), null)],
        };
    }).ToDictionary(m => m.Id, StringComparer.Ordinal);
    return example with { Teams = madeTeams, Members = members, Sensitive = Enumerable.Range(0, services).Where(i => i % 30 == 0).Select(ServiceOf).ToHashSet(StringComparer.Ordinal) };
}
