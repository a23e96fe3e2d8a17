using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Moothall.Check.Benchmarks;
using Moothall.Definitions;
using Moothall.Journeys;
using NodaTime;

// bin/bench check [--host Moothall.Host.dll or published executable] [--definitions 1000] [--questions 40] [--conditions 16] [--long 400] [--long-conditions 200]
// Writes so many service files, checks them as `moothall check` does (the first check of a new process), changes one and checks again; then walks a long form to its every page.
// With --host it also has the built program check them from its start to its end, and serve a short and the long form, of which it opens every page over HTTP.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int Option(string name, int usual) => Array.IndexOf(args, "--" + name) is >= 0 and var at && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : usual;
var (definitions, questions, conditions) = (Option("definitions", 1000), Option("questions", 40), Option("conditions", 16));
var (longQuestions, longConditions) = (Option("long", 400), Option("long-conditions", 200));
var today = new LocalDate(2026, 3, 2);
var cores = Environment.ProcessorCount;
if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows()) Process.GetCurrentProcess().ProcessorAffinity = 1;
var folder = Directory.CreateTempSubdirectory("moothall-check-").FullName;
try
{
    for (var i = 0; i < definitions; i++) Write(i, MadeService.Text(i, questions, conditions));
    var host = Array.IndexOf(args, "--host") is >= 0 and var option && option + 1 < args.Length ? Path.GetFullPath(args[option + 1]) : null;
    var program = host is null ? (TimeSpan?)null : Timed(() => Checked(host), out _);
    var memory = new CheckMemory();
    var before = Process.GetCurrentProcess().TotalProcessorTime;
    var cold = Timed(() => ServiceFolder.Check([folder], null, today, memory), out var files);
    var worked = Process.GetCurrentProcess().TotalProcessorTime - before;
    var wrong = files.SelectMany(f => f.Findings).Where(f => f.Severity == Severity.Error).Take(3).ToList();
    if (files.Count != definitions || wrong.Count > 0) throw new InvalidOperationException($"The files that were made are not right:\n{string.Join('\n', wrong)}");

    var again = new List<TimeSpan>();
    for (var round = 0; round < 11; round++)
    {
        var one = round * 37 % definitions;
        Write(one, MadeService.Text(one, questions, conditions).Replace("Ask for thing", $"Ask {round} times for thing", StringComparison.Ordinal));
        again.Add(Timed(() => ServiceFolder.Check([folder], null, today, memory), out var changed));
        if (!changed.Single(f => f.Definition!.Name == MadeService.NameOf(one)).Definition!.Title.English.Contains($"Ask {round} times", StringComparison.Ordinal)) throw new InvalidOperationException("The file that changed was not read anew.");
    }
    var afterOne = again.Order().ElementAt(again.Count / 2);

    var small = Pages(MadeService.Text(1, 8, 3));
    var large = Pages(MadeService.Text(2, longQuestions, longConditions));
    var check = Timed(() => ServiceReader.Read("service.yaml", MadeService.Text(2, longQuestions, longConditions)).Definition is { } d ? Checker.Check(d, new Surroundings { Today = today }) : [], out var found);

    Line($"{definitions} definitions of {questions} questions, cold, one core", $"{cold.TotalSeconds:0.00} s", "under 6 s");
    Line("  processor time of it", $"{worked.TotalSeconds:0.00} s", "what it takes with the core to itself");
    if (program is { } whole) Line("the same by `moothall check`, from its start to its end, one core", $"{whole.TotalSeconds:0.00} s", "");
    Line("again after one file changed, median of 11", $"{afterOne.TotalMilliseconds:0} ms", "under 100 ms");
    Line($"one of {longQuestions} questions, {longConditions} conditions, checked", $"{check.TotalMilliseconds:0} ms", found.Count == 0 ? "nothing to mend" : found[0].Message);
    Line("walk to a page of 8 questions, p50, p99", $"{small.P50 * 1000:0}, {small.P99 * 1000:0} µs", "");
    Line($"walk to a page of {longQuestions} questions, p50, p99, most", $"{large.P50 * 1000:0}, {large.P99 * 1000:0}, {large.Most * 1000:0} µs", "within p99 of a page");
    if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows()) Process.GetCurrentProcess().ProcessorAffinity = (nint)((1L << cores) - 1);
    var served = host is not null
        ? await PagesOverHttp.Measure(host, Directory.GetCurrentDirectory(), MadeService.Text(1, 8, 3), MadeService.Text(2, longQuestions, longConditions)) : default;
    if (served.Small is not null)
    {
        Line("a page of 8 questions opened over HTTP, p50, p99", $"{served.Small.P50:0.0}, {served.Small.P99:0.0} ms", "");
        Line($"each page of {longQuestions} questions, medians: p50, p99, most", $"{served.Large.P50:0.0}, {served.Large.P99:0.0}, {served.Large.Most:0.0} ms", $"within the p99 above; the most is {served.Slowest}");
    }
    var results = Directory.CreateDirectory(Path.Combine("benchmarks", "results")).FullName;
    File.WriteAllText(Path.Combine(results, "check.json"), JsonSerializer.Serialize(new
    {
        cores, definitions, questions, coldSeconds = cold.TotalSeconds, coldProcessorSeconds = worked.TotalSeconds, programSeconds = program?.TotalSeconds, afterOneMilliseconds = afterOne.TotalMilliseconds, longQuestions, longConditions,
        longCheckMilliseconds = check.TotalMilliseconds, smallPage = small, longPage = large, smallOverHttp = served.Small, longOverHttp = served.Large,
    }));
    return cold.TotalSeconds < 6 && afterOne.TotalMilliseconds < 100 && (served.Small is null || served.Large.Most <= served.Small.P99) ? 0 : 1;
}
finally
{
    Directory.Delete(folder, recursive: true);
}

void Write(int number, string text)
{
    var service = Directory.CreateDirectory(Path.Combine(folder, MadeService.NameOf(number))).FullName;
    File.WriteAllText(Path.Combine(service, "service.yaml"), text);
}

// The program as somebody calls it; what it says of a thousand good files is its last line.
string Checked(string host)
{
    string[] command = [.. host.EndsWith(".dll", StringComparison.Ordinal) ? (string[])["dotnet", host] : [host], "check", folder];
    var start = new ProcessStartInfo("taskset", ["-c", "0", .. command]) { RedirectStandardOutput = true };
    using var running = Process.Start(start)!;
    var said = running.StandardOutput.ReadToEnd();
    running.WaitForExit();
    return running.ExitCode == 0 ? said : throw new InvalidOperationException($"`moothall check` ended with {running.ExitCode}:\n{said}");
}

static TimeSpan Timed<T>(Func<T> work, out T result)
{
    var watch = Stopwatch.StartNew();
    result = work();
    return watch.Elapsed;
}

static void Line(string what, string measured, string goal) => Console.WriteLine($"{what,-62} {measured,24}   {goal}");

// What a page needs of the definition: the walk from the first question through all answers so far, and the title before it.
PageTimes Pages(string text)
{
    var definition = ServiceReader.Read("service.yaml", text).Definition ?? throw new InvalidOperationException("The long form cannot be read.");
    var times = new List<double>();
    for (var round = 0; round < 6; round++)
    {
        var answers = Answers.None;
        while (true)
        {
            var watch = Stopwatch.StartNew();
            var walk = Journey.Walk(definition, answers, today);
            var before = walk.Next is { } shown ? Journey.Before(walk, shown.Name) : null;
            if (round > 2) times.Add(watch.Elapsed.TotalMilliseconds);
            if (walk.Next is not { } next) break;
            if (before is null && answers.Count > 0) throw new InvalidOperationException($"`{next.Name}` has no page before it.");
            answers = answers.With(next.Name, next.Type.Name switch
            {
                "choice" => new ChoiceAnswer("large"),
                "yes-no" => new YesNoAnswer(answers.Count % 3 == 0),
                "number" => new NumberAnswer(7),
                "person" => new PersonAnswer("Ann", "ann@example.org", null),
                _ => new TextAnswer("It is so."),
            });
        }
    }
    times.Sort();
    return new(times[times.Count / 2], times[(int)(times.Count * 0.99)], times[^1]);
}

sealed record PageTimes(double P50, double P99, double Most);
