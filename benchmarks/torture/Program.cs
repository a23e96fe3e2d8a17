using System.Globalization;
using Moothall.Testing;
using Moothall.Torture;

// Real load from outside, while parts of the council are killed, paused, cut off and filled up; then what is left is held against what was answered.
// Nothing here uses the product's own code. Exit 0: everything holds. 1: something was lost or doubled. 2: wrong usage.
SQLitePCL.Batteries_V2.Init();
var options = Options.Read(args);
if (options is null)
{
    await Console.Error.WriteLineAsync(Options.Usage);
    return 2;
}
Console.WriteLine(FormattableString.Invariant($"{options.What}, seed {options.Seed}, {options.Planted ?? "no planted bug"}; load of the machine {File.ReadAllText("/proc/loadavg").Split(' ')[0]}"));
var findings = new Findings();
if (options.What == "cluster")
{
    using var cluster = new ClusterTorture(options, findings);
    await cluster.Run();
}
else if (options.What == "node") await new NodeTorture(options, findings).Run();
else await new StoreTorture(options, findings).Run();
Console.WriteLine(findings.InWords());
return findings.Count == 0 ? 0 : 1;

namespace Moothall.Torture
{
    /// <summary>What is to be done, from the command line.</summary>
    sealed record Options(string What, int Seed, double Minutes, int Kills, int Nodes, bool Standby, string? Planted, string Program, string Victim)
    {
        public const string Usage = """
            usage: torture cluster [--minutes 4] [--nodes 3]    nodes, PostgreSQL, RabbitMQ, HAProxy, network and clock
                       [--standby yes]                          PostgreSQL has a standby (Patroni, etcd), which takes over when it is killed
                   torture node [--kills 200]                   one node on SQLite, killed under load, its disk filled up
                   torture store [--kills 2000]                 a small program that only drives the store
            and for each: [--seed N] [--planted log-order|lease|idempotency] [--program Moothall.Host.dll] [--victim Moothall.Store.Victim.dll]
            A planted bug needs a program that was built with: dotnet build src/Moothall.Host -c Planted
            Broken order of the log and a broken lease show only where several nodes work at once, so only cluster takes them.
            """;

        static readonly string[] Bugs = ["log-order", "lease", "idempotency"];

        public static Options? Read(string[] args)
        {
            if (args.Length % 2 == 0 || args[0] is not ("cluster" or "node" or "store")) return null;
            var given = new Dictionary<string, string>();
            for (var i = 1; i < args.Length; i += 2) given[args[i]] = args[i + 1];
            string? Text(string name) => given.Remove(name, out var value) ? value : null;
            double Number(string name, double usual) => Text(name) is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : usual;
            var root = Root();
            var planted = Text("--planted");
            var kind = planted is null ? "Release" : "Planted";
            var options = new Options(args[0], (int)Number("--seed", Random.Shared.Next(1, 1_000_000)), Number("--minutes", 4), (int)Number("--kills", args[0] == "node" ? 200 : 2_000), (int)Number("--nodes", 3), Text("--standby") == "yes", planted,
                Text("--program") ?? Path.Combine(root, "src", "Moothall.Host", "bin", kind, "net10.0", "Moothall.Host.dll"),
                Text("--victim") ?? Path.Combine(root, "tests", "Moothall.Store.Victim", "bin", kind, "net10.0", "Moothall.Store.Victim.dll"));
            return given.Count > 0 || planted is not null && !Bugs.Contains(planted) || planted is not (null or "idempotency") && options.What != "cluster" ? null : options;
        }

        /// <summary>A copy of the example council that has no quiet hours, so that mails come at whatever hour this runs.</summary>
        public static string CouncilIn(string folder)
        {
            var copy = Path.Combine(folder, "council");
            if (Directory.Exists(copy)) return copy;
            Folders.Copy(Path.Combine(Root(), "council"), copy);
            var authorities = Path.Combine(copy, "authorities.yaml");
            File.WriteAllText(authorities, System.Text.RegularExpressions.Regex.Replace(File.ReadAllText(authorities), "(?m)^    name: .*$", "$0\n    quiet-hours: none"));
            return copy;
        }

        /// <summary>The folder of the repository.</summary>
        public static string Root()
        {
            for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
                if (File.Exists(Path.Combine(folder.FullName, "Moothall.slnx"))) return folder.FullName;
            throw new InvalidOperationException("This program must lie within the repository.");
        }
    }

    /// <summary>What does not hold, each kind with a count and its first examples; and what was looked at.</summary>
    sealed class Findings
    {
        readonly Lock one = new();
        readonly Dictionary<string, List<string>> all = [];

        public int Count { get { lock (one) return all.Values.Sum(v => v.Count); } }

        public void Add(string what, string example)
        {
            lock (one)
            {
                if (!all.TryGetValue(what, out var list)) all[what] = list = [];
                list.Add(example);
            }
        }

        /// <summary>Says what was compared, and adds a finding for each example that should not be.</summary>
        public void Check(string what, long looked, IEnumerable<string> wrong)
        {
            var list = wrong.ToList();
            foreach (var example in list) Add(what, example);
            Console.WriteLine(FormattableString.Invariant($"{(list.Count == 0 ? "holds  " : "BROKEN ")} {what}: {looked} looked at, {list.Count} wrong"));
        }

        public string InWords()
        {
            lock (one)
                return all.Count == 0 ? "Everything that was answered is there, once." : "NOT SO:\n" + string.Join('\n', all.Select(f => FormattableString.Invariant($"  {f.Key}: {f.Value.Count}, such as {string.Join("; ", f.Value.Take(3))}")));
        }
    }
}
