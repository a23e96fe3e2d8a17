using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Moothall.Benchmarks.Replaying;
using Moothall.Benchmarks.Size;
using Moothall.Identity;
using Moothall.Store;
using NodaTime;

// bin/bench size [--cases 10000,100000,1000000] [--services 300] [--staff 16] [--watching 200] [--seconds 30] [--pause MILLISECONDS] [--folder FOLDER] [--host DLL]
// Fills a SQLite store of each size with made-up cases, replays its figures, and then opens the desk's pages as so many staff would; last of all so many look at
// their queues every five seconds while fifty cases a second come in. All in one run.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string Option(string name, string usual) => Array.IndexOf(args, "--" + name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : usual;
int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
var sizes = Option("cases", "10000,100000,1000000").Split(',').Select(Number).ToList();
var serviceCount = Number(Option("services", "300"));
var staff = Number(Option("staff", "16"));
var watching = Number(Option("watching", "200"));
var time = TimeSpan.FromSeconds(Number(Option("seconds", "30")));
var pause = TimeSpan.FromMilliseconds(Number(Option("pause", "250")));
var root = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../.."));
var host = Option("host", Path.Combine(root, "src/Moothall.Host/bin/Release/net10.0/Moothall.Host.dll"));
var folder = Option("folder", Path.Combine(Path.GetTempPath(), $"moothall-size-{Environment.ProcessId}"));
if (!File.Exists(host))
{
    Console.Error.WriteLine($"There is no program at {host}. Build it first (dotnet build src/Moothall.Host -c Release), or say where it is with --host.");
    return 2;
}
if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
{
    Console.Error.WriteLine($"{folder} is not empty. Choose another --folder: it is filled and removed at the end.");
    return 2;
}
Directory.CreateDirectory(folder);
try
{
    var services = Path.Combine(folder, "services");
    ManyServices.Copy(Path.Combine(root, "services"), services, serviceCount);
    var potholes = Enumerable.Range(0, serviceCount).Select(i => ManyServices.NameOf("report-a-pothole", i)).Where(n => Directory.Exists(Path.Combine(services, n))).ToList();
    var load = File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "?";
    Console.WriteLine($"{Environment.ProcessorCount} processors, load {load} before; fsync {DiskSync.Measure(folder).TotalMilliseconds:0.000} ms; {serviceCount} services, {staff} staff, {pause.TotalMilliseconds:0} ms between two pages of one");
    var all = new List<(int Cases, string Replays, List<PageTimes> Pages, List<PageTimes> Watched)>();
    foreach (var size in sizes)
    {
        all.Add(await Measure(size, services, potholes));
        Print(all[^1], all[0]);
    }
    var results = Path.Combine(root, "benchmarks/results");
    Directory.CreateDirectory(results);
    await File.WriteAllTextAsync(Path.Combine(results, "size.json"), JsonSerializer.Serialize(
        new { At = DateTime.UtcNow, Environment.ProcessorCount, Load = load, Services = serviceCount, Staff = staff, PauseMs = pause.TotalMilliseconds, Watching = watching, Sizes = all.Select(a => new { a.Cases, a.Replays, a.Pages, a.Watched }) },
        new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true }));
    return 0;
}
finally
{
    Directory.Delete(folder, recursive: true);
}

async Task<(int, string, List<PageTimes>, List<PageTimes>)> Measure(int size, string services, List<string> potholes)
{
    var data = Path.Combine(folder, $"data-{size}");
    var file = Path.Combine(data, "moothall.db");
    string pattern, importer;
    await using (var before = new ServerProcess(host, ["--data", data], services, Path.Combine(root, "council")))
    {
        var token = importer = await before.Start();
        using var client = new HttpClient { BaseAddress = before.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        client.DefaultRequestHeaders.Add("Idempotency-Key", "pattern");
        using var answer = await client.PostAsJsonAsync("/api/v1/services/report-a-pothole/cases", new
        {
            answers = new { where = new { text = "High Street, Didcot", latitude = 51.6066, longitude = -1.2410 }, size = "large", deep = false, you = new { name = "Pat Tern", email = "pattern@mail.example" } },
            channel = "phone", receivedAt = "2025-03-04T10:00:00Z",
        });
        var said = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException(said);
        pattern = JsonDocument.Parse(said).RootElement.GetProperty("reference").GetString()!;
        await Task.Delay(1_000);
    }
    var since = Stopwatch.GetTimestamp();
    using var filling = new Filling(file, size, potholes);
    filling.Run(pattern);
    filling.Dispose();
    Console.WriteLine($"{size} cases made up in {Stopwatch.GetElapsedTime(since).TotalSeconds:0} s, {new FileInfo(file).Length / 1048576} MiB");

    var sessions = new List<string>();
    await using (var database = Database.Sqlite(file))
        for (var i = 0; i < Math.Max(staff, watching); i++) sessions.Add(await database.Commit(unit => Sessions.Begin(unit, "tomasz-zielinski", SystemClock.Instance.GetCurrentInstant())));
    await using var server = new ServerProcess(host, ["--data", data], services, Path.Combine(root, "council"));
    var replays = (await server.Replay()).Trim();
    Console.WriteLine(replays);
    await server.Start();
    var pages = new List<(string, Func<int, string>)>
    {
        ("desk", _ => "/desk"),
        ("all open, due first", _ => "/desk?team=all"),
        ("one service", turn => $"/desk?team=all&service={potholes[turn % potholes.Count]}"),
        ("late", _ => "/desk?team=all&due=late"),
        ("nobody's", _ => "/desk?team=all&assigned=none"),
        ("one stage", _ => "/desk?team=all&stage=triage"),
        ("a stage with no case", _ => "/desk?team=all&stage=inspect"),
        ("closed, newest", _ => "/desk?team=all&status=closed"),
        ("search by surname", turn => $"/desk?q={Filling.PersonOf(turn * 31 % size).Last}"),
        ("search by two names", turn => $"/desk?q={Filling.PersonOf(turn * 31 % size).First}+{Filling.PersonOf(turn * 31 % size).Last}"),
        ("search by e-mail", turn => $"/desk?q=person{turn * 77 % size}@mail.example"),
        ("search by a common word", _ => "/desk?q=street"),
        ("the busy person's search", _ => $"/desk?q={Filling.BusyPerson}"),
        ("a case of the busy person", turn => $"/desk/cases/{filling.Sample(turn * 13 % (size / 13) / 13 * 13)}"),
        ("the busy person's page", turn => $"/desk/cases/{filling.Sample(turn * 13 % (size / 13) / 13 * 13)}/person"),
        ("figures", _ => "/performance"),
        ("figures of a service", turn => $"/performance/{potholes[turn % potholes.Count]}"),
    };
    var driven = await new Driving(server.Address, () => server.Cpu, sessions[..staff]).Run(pages, time, pause);
    var watched = watching == 0 ? [] : await new Watching(server.Address, sessions[..watching], importer).Run(time * 2);
    return (size, replays, driven, watched);
}

static void Print((int Cases, string Replays, List<PageTimes> Pages, List<PageTimes> Watched) one, (int Cases, string Replays, List<PageTimes> Pages, List<PageTimes> Watched) first)
{
    Console.WriteLine($"\n{one.Cases,-9} cases             count     cold      p50      p95      p99      max   p95 to {first.Cases}  processor   to {first.Cases}");
    foreach (var page in one.Pages)
    {
        var small = first.Pages.First(p => p.Page == page.Page);
        Console.WriteLine($"{page.Page,-26} {page.Count,6} {page.Cold,8:0.0} {page.P50,8:0.0} {page.P95,8:0.0} {page.P99,8:0.0} {page.Max,8:0.0} {page.P95 / small.P95,15:0.00} {page.ProcessorMs,10:0.00} {page.ProcessorMs / small.ProcessorMs,10:0.00}");
    }
    foreach (var page in one.Watched) Console.WriteLine($"{page.Page,-26} {page.Count,6} {"",8} {page.P50,8:0.0} {page.P95,8:0.0} {page.P99,8:0.0} {page.Max,8:0.0}");
}
