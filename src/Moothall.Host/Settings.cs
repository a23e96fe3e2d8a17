using System.CommandLine;
using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.UserSecrets;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Store;
using NodaTime;

namespace Moothall.Host;

/// <summary>Where everything is: from options, then `MOOTHALL_*` variables, then appsettings.json, then the defaults.</summary>
public sealed record Settings
{
    public string Urls { get; init; } = "http://127.0.0.1:8080";
    public string Data { get; init; } = "data";
    public string? Database { get; init; }
    public string Services { get; init; } = "services";
    public string Council { get; init; } = "council";
    /// <summary>Addresses of programs in front (nginx, Caddy, a load balancer) on other machines, whose word on who asks is taken.</summary>
    public IReadOnlyList<IPAddress> Proxies { get; init; } = [];
    /// <summary>The .NET environment: Production, Development or Demo.</summary>
    public string Environment { get; init; } = "Production";
    /// <summary>When sessions at the desk end: `session-idle-minutes` (30) without a page, `session-hours` (12) in any case; for a role otherwise by the same names with the role after a hyphen: `session-idle-minutes-administrator`.</summary>
    public Identity.SessionLimits Sessions { get; init; } = Identity.SessionLimits.Usual;
    /// <summary>The council's mail server; null where none is set, and messages wait (or go to the stand-in in the demo).</summary>
    public Adapters.Smtp.SmtpSettings? Smtp { get; init; }
    /// <summary>
    /// The keys with which we prove who we are to a provider of sign-in, by its name: `sign-in-NAME-key-file` names a file, `sign-in-NAME-key` holds them. In no file of the council, and no option of the
    /// command line.
    /// </summary>
    public Func<string, (string? Pem, Message? Wrong)> SignInKeys { get; init; } = _ => (null, null);
    /// <summary>How long a provider of sign-in may take to answer; null: as long as usual.</summary>
    public Func<TimeSpan>? ProviderPatience { get; init; }
    /// <summary>Where events go to and come from; null where there is no queue.</summary>
    public Adapters.Rabbit.RabbitAddress? Queue { get; init; }
    /// <summary>What addresses in council data and definitions may lead to: public ones, and the networks of `outgoing-networks`; in the demo this machine too, where the stand-ins are.</summary>
    public Adapters.Outgoing.OutgoingSettings Outgoing { get; init; } = new();
    /// <summary>The council's own keys, under which the store keeps the keys that seal cookies and forms: `key-ring-key`, or a file named by `key-ring-key-file`.</summary>
    public Web.KeyRing KeyRing { get; init; } = Web.KeyRing.None;
    /// <summary>What looks for viruses in files that people send: `scanner`; null where the council has none.</summary>
    public Adapters.ClamAv.ClamAddress? Scanner { get; init; }
    /// <summary>What this node is called; no two nodes of a council have one name.</summary>
    public string Node { get; init; } = NodeLife.AnyName();
    /// <summary>
    /// For how long a node that is told to stop goes on serving after it has said so to the load balancer: `stop-seconds` (3 on PostgreSQL, where others take over; 0 on SQLite).
    /// </summary>
    public Duration Leave { get; init; }
    /// <summary>How many requests are served at once: `requests-per-core` (64).</summary>
    public Web.Capacity.GateSettings Gate { get; init; } = new();
    /// <summary>How many requests of one program with a token are answered a minute: `requests-per-program` (12,000).</summary>
    public int RequestsPerProgram { get; init; } = Web.WebSettings.UsualPerProgram;
    /// <summary>Where traces and measures go: `telemetry`, or OTEL_EXPORTER_OTLP_ENDPOINT; null where none are made.</summary>
    public Uri? Telemetry { get; init; }
    /// <summary>Whether each line of the log is a JSON object: `log-format: json`, else `plain`.</summary>
    public bool LogsJson { get; init; }
    /// <summary>The service that is shown as it lies in its folder; null where a council is served.</summary>
    public Journeys.ServicePreview? Preview { get; init; }
    public bool IsDemo => Environment == "Demo";
    /// <summary>Development and the demo publish a changed service file on save.</summary>
    public bool PublishesOnSave => Environment is "Demo" or "Development";

    internal static Settings From(ParseResult parsed, Option<string?>? urls = null, string? environment = null)
    {
        var configuration = Read();
        // A variable of the environment has no hyphens in its name: MOOTHALL_SMTP_HOST.
        string? Pick(Option<string?>? option, string key) =>
            option is not null && parsed.GetResult(option) is { Implicit: false } ? parsed.GetValue(option) : configuration[key] ?? configuration[key.Replace('-', '_')] ?? FromFile(configuration, key);
        return new Settings
        {
            Urls = Pick(urls, "urls") ?? "http://127.0.0.1:8080",
            Data = Pick(CommandLine.Data, "data") ?? "data",
            Database = Pick(CommandLine.Database, "database"),
            Services = Pick(CommandLine.Services, "services") ?? Beside("services"),
            Council = Pick(CommandLine.Council, "council") ?? Beside("council"),
            Proxies = [.. (configuration["proxies"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Proxy)],
            KeyRing = Pick(null, "key-ring-key") is not { Length: > 0 } keys ? Web.KeyRing.None : Web.KeyRing.Read(keys)
                ?? throw new CommandRefused(new Message("key-ring-key needs 32 random bytes in base64, as openssl rand -base64 32 prints them, and several such divided by commas; what was given is not that.")),
            Scanner = Pick(ServeCommand.Scanner, "scanner") is not { Length: > 0 } scanner ? null : Adapters.ClamAv.ClamAddress.Read(scanner)
                ?? throw new CommandRefused(new Message("--scanner needs where clamd listens, like unix:/run/clamav/clamd.ctl or tcp://127.0.0.1:3310, and “{scanner}” is not that.", ("scanner", scanner))),
            Outgoing = new() { ThisMachine = (environment ?? configuration["environment"]) == "Demo", Networks = [.. (Pick(null, "outgoing-networks") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Network)] },
            Environment = environment ?? configuration["environment"] ?? "Production",
            Sessions = SessionsOf(configuration),
            Queue = Pick(ServeCommand.Queue, "queue") is { } queue ? Rabbit(queue, Pick(ServeCommand.QueueCa, "queue-ca")) : null,
            Node = Pick(ServeCommand.Node, "node") is not { } node ? NodeLife.AnyName() : NodeLife.IsName(node) ? node
                : throw new CommandRefused(new Message("--node needs a name of small letters, digits, hyphens and dots, such as node-1, and “{node}” is not one.", ("node", node))),
            Telemetry = (Pick(null, "telemetry") ?? System.Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT")) is { Length: > 0 } collector ? Collector(collector) : null,
            LogsJson = (Pick(null, "log-format") ?? "plain") switch
            {
                "json" => true,
                "plain" => false,
                var format => throw new CommandRefused(new Message("The setting log-format must be plain or json, and “{format}” is neither.", ("format", format))),
            },
            Leave = Duration.FromSeconds(Whole(configuration, "stop-seconds", Pick(CommandLine.Database, "database") is null ? 0 : 3, 0, 60)),
            Gate = PerCore(Whole(configuration, "requests-per-core", Web.Capacity.GateSettings.UsualPerCore, 1, 4096)),
            RequestsPerProgram = Whole(configuration, "requests-per-program", Web.WebSettings.UsualPerProgram, 60, 10_000_000),
            SignInKeys = provider => SignInKey(key => Pick(null, key), provider),
            Smtp = MailSettings.From(key => Pick(MailSettings.Options.GetValueOrDefault(key), key)),
        };
    }

    // The .NET secret store of whoever develops (dotnet user-secrets --id moothall) comes first, then the file, then the environment.
    static IConfigurationRoot Read()
    {
        var builder = new ConfigurationBuilder();
        if ((System.Environment.GetEnvironmentVariable("APPDATA") ?? System.Environment.GetEnvironmentVariable("HOME")) is { Length: > 0 }) builder.AddJsonFile(PathHelper.GetSecretsPathFromSecretsId("moothall"), optional: true);
        return builder.AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true).AddEnvironmentVariables("MOOTHALL_").Build();
    }

    /// <summary>Settings that are secret: each may stand in a file of its own, named by the setting with -file behind it, as systemd and containers hand them over.</summary>
    static readonly string[] Secrets = ["database", "queue", "smtp-password", "key-ring-key"];

    static string? FromFile(IConfiguration configuration, string key)
    {
        if (!Secrets.Contains(key) || (configuration[key + "-file"] ?? configuration[key.Replace('-', '_') + "_file"]) is not { Length: > 0 } file) return null;
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new CommandRefused(new Message("The setting {setting} names the file “{file}”, which cannot be read: {trouble}", ("setting", key + "-file"), ("file", file), ("trouble", trouble.Message)));
        }
    }

    /// <summary>What is set in the environment and in appsettings.json; null where that cannot be read, which is said when the settings are taken.</summary>
    internal static IConfiguration? Configuration()
    {
        try
        {
            return Read();
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    static (string? Pem, Message? Wrong) SignInKey(Func<string, string?> setting, string provider)
    {
        if (setting($"sign-in-{provider}-key-file") is not { Length: > 0 } file) return (setting($"sign-in-{provider}-key") is { Length: > 0 } pem ? pem : null, null);
        try
        {
            return (File.ReadAllText(file), null);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return (null, new Message("the file cannot be read: {trouble}", ("trouble", trouble.Message)));
        }
    }

    // A variable of the environment has _ where a setting has -.
    static int Whole(IConfiguration configuration, string key, int usual, int least, int most)
    {
        if ((configuration[key] ?? configuration[key.Replace('-', '_')]) is not { } text) return usual;
        return int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
            : throw new CommandRefused(new Message("The setting {key} must be a whole number between {least} and {most}, and “{text}” is not.", ("key", key), ("least", least), ("most", most), ("text", text)));
    }

    static Identity.SessionLimits SessionsOf(IConfiguration configuration)
    {
        var (idle, hours) = (Whole(configuration, "session-idle-minutes", 30, 5, 8 * 60), Whole(configuration, "session-hours", 12, 1, 24));
        var byRole = from name in Identity.RoleNames.All
                     let own = (Idle: Whole(configuration, "session-idle-minutes-" + name, idle, 5, 8 * 60), Hours: Whole(configuration, "session-hours-" + name, hours, 1, 24))
                     where own != (idle, hours)
                     select (Role: Identity.RoleNames.Find(name)!.Value, Limits: new Identity.SessionLimits(Duration.FromMinutes(own.Idle), Duration.FromHours(own.Hours)));
        return new(Duration.FromMinutes(idle), Duration.FromHours(hours)) { ByRole = byRole.ToDictionary(r => r.Role, r => r.Limits) };
    }

    static Web.Capacity.GateSettings PerCore(int requests) =>
        new() { MostInside = requests * System.Environment.ProcessorCount, MostWaiting = 2 * requests * System.Environment.ProcessorCount };

    static Uri Collector(string text) => Uri.TryCreate(text.Trim(), UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri!.Query.Length == 0 ? uri
        : throw new CommandRefused(new Message("The setting telemetry needs the address of a collector that takes OTLP over HTTP, like http://127.0.0.1:4318, and “{text}” is not one.", ("text", text)));

    static IPAddress Proxy(string text) => IPAddress.TryParse(text, out var address) ? address
        : throw new CommandRefused(new Message("The setting “proxies” needs IP addresses divided by commas, and “{text}” is not one.", ("text", text)));

    static IPNetwork Network(string text) => IPNetwork.TryParse(text, out var network) ? network
        : throw new CommandRefused(new Message("The setting outgoing-networks needs networks such as 10.20.0.0/16 divided by commas, and “{text}” is not one.", ("text", text)));

    // What was given may hold a password, so it is not said again.
    static Adapters.Rabbit.RabbitAddress Rabbit(string text, string? authority)
    {
        var address = Adapters.Rabbit.RabbitAddress.Read(text)
            ?? throw new CommandRefused(new Message("--queue needs an address like amqp://user:password@localhost:5672/council (amqps:// with TLS), and what was given is not one. A sign such as @ or / within a password is written %40 or %2F."));
        if (authority is not { Length: > 0 }) return address;
        if (!address.IsEncrypted) throw new CommandRefused(new Message("--queue-ca is for a connection with TLS, and --queue is one without. Write amqps:// in place of amqp://."));
        return address with { TrustedOnly = PemFile.Certificates("queue-ca", authority) };
    }

    // The folder of the present place, or the one that was published with the program.
    internal static string Beside(string name) => Directory.Exists(name) || !Directory.Exists(Path.Combine(AppContext.BaseDirectory, name)) ? name : Path.Combine(AppContext.BaseDirectory, name);

    /// <summary>Opens the store and brings its schema up to date; refuses one whose council moved away or has not arrived whole.</summary>
    public async Task<Database> OpenStore(bool evenShut = false)
    {
        var database = Database is { } connection ? Postgres(connection) : Store.Database.Sqlite(DatabaseFile);
        try
        {
            if ((Database is not null || File.Exists(DatabaseFile)) && await Move.WhyNotHere(database) is { } why) return evenShut ? database : throw new CommandRefused(why.AsMessage());
            await new SchemaRunner(database, SchemaAssemblies).Apply();
            return database;
        }
        catch (StoreUnavailableException trouble) when (Database is not null)
        {
            await database.DisposeAsync();
            throw new StoreUnavailableException(new StoreWords("{trouble} See that PostgreSQL runs, and that host, port, database, user and password in --database are right.", ("trouble", trouble.Words)), trouble);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>The file of SQLite's data.</summary>
    public string DatabaseFile => Path.Combine(Data, "moothall.db");

    /// <summary>Where `moothall backup` writes down when it last made a whole backup of the folder of the data.</summary>
    string LastBackupFile => Path.Combine(Data, "last-backup");

    /// <summary>Writes down that a whole backup was made now. PostgreSQL's data are on another machine, which has its own way of knowing.</summary>
    internal void NoteBackup(string made)
    {
        if (Database is not null) return;
        try
        {
            File.WriteAllText(LastBackupFile, made + "\n");
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(CommandLanguage.Say("The backup is whole. That it was made could not be written beside the data: {trouble}", ("trouble", trouble.Message)));
        }
    }

    /// <summary>When a whole backup was last made; null where that is not known.</summary>
    internal Instant? LastBackup() =>
        Database is null && File.Exists(LastBackupFile) && NodaTime.Text.InstantPattern.ExtendedIso.Parse(File.ReadAllText(LastBackupFile).Trim()) is { Success: true, Value: var at } ? at : null;

    /// <summary>The room on the disk with the data; null with PostgreSQL, whose data are on another machine.</summary>
    internal Running.DiskSpace? DiskOfData()
    {
        if (Database is not null) return null;
        var disk = new DriveInfo(Path.GetFullPath(Data));
        return new Running.DiskSpace(disk.AvailableFreeSpace, disk.TotalSize);
    }

    /// <summary>Opens the store and leaves its schema as it is; refuses a folder without a council.</summary>
    public Database OpenAsItIs() => Database is { } connection ? Postgres(connection)
        : File.Exists(DatabaseFile) ? Store.Database.Sqlite(DatabaseFile)
        : throw new CommandRefused(new Message("There is no council in “{data}”. Name its folder with --data, or its database with --database.", ("data", Data)));

    static Database Postgres(string connection)
    {
        try
        {
            return Store.Database.Postgres(connection);
        }
        catch (Exception trouble) when (trouble is ArgumentException or NotSupportedException)
        {
            throw new CommandRefused(WhatIsWrongWith(connection));
        }
    }

    // The driver's own words name parameters of its code.
    static Message WhatIsWrongWith(string connection)
    {
        var needed = new Message("--database needs a connection string like “Host=localhost;Database=moothall;Username=moothall”.");
        try
        {
            var known = new Npgsql.NpgsqlConnectionStringBuilder();
            foreach (string word in new System.Data.Common.DbConnectionStringBuilder { ConnectionString = connection }.Keys)
                if (!known.ContainsKey(word))
                    return DidYouMean.Among(word, ["host", "port", "database", "username", "password", "ssl mode", "root certificate"]) is { } meant
                        ? new Message("--database has “{word}”, and a connection string knows no such word. Did you mean “{meant}”?", ("word", word), ("meant", meant))
                        : new Message("--database has “{word}”, and a connection string knows no such word. Write it like “Host=localhost;Database=moothall;Username=moothall”.", ("word", word));
        }
        catch (ArgumentException)
        {
            return needed;
        }
        return needed;
    }

    /// <summary>The assemblies that bring SQL scripts.</summary>
    public static readonly IReadOnlyList<System.Reflection.Assembly> SchemaAssemblies = [typeof(Store.Database).Assembly, typeof(CouncilFiles).Assembly, typeof(Web.MoothallWeb).Assembly];

    /// <summary>Reads the council's files, or refuses with every finding.</summary>
    public CouncilFiles ReadCouncil()
    {
        if (!Directory.Exists(Council)) throw new CommandRefused(new Message("There is no folder “{council}” with the council's files. Name it with --council.", ("council", Council)));
        var reading = CouncilReader.Read(Council);
        return reading.Council is { } council && reading.Findings.All(f => f.Severity != Severity.Error) ? AsShown(council)
            : throw new CommandRefused(new Message("The council's files have errors:"), reading.Findings);
    }

    /// <summary>The council as it is served: in a preview it offers the service, whether it does yet or not.</summary>
    internal CouncilFiles AsShown(CouncilFiles council) => Preview?.Offered(council) ?? council;

    internal static string OwnVersion => typeof(Settings).Assembly.GetName().Version?.ToString(3) ?? "0";

    /// <summary>Why nothing may be published just now, in words; null when it may. A node of another version may not understand what this one takes for right.</summary>
    internal static async Task<Message?> WhyNotPublish(Database database)
    {
        var tables = new SchemaRunner(database, SchemaAssemblies).Known;
        var others = (await database.Read(Nodes.All)).Where(node => node.IsAlive && (node.Version != OwnVersion || node.Schema != tables)).Select(node => $"“{node.Name}” ({node.Version})").ToList();
        return others.Count == 0 ? null : new Message("Nothing is published while nodes of another version serve, because they may not understand it: {nodes}. Publish when all nodes have the version of this program.", ("nodes", string.Join(", ", others)));
    }

    /// <summary>This node as the others see it.</summary>
    internal Node AsNode(SchemaRunner schema) => new(Node, Guid.NewGuid().ToString("n"), OwnVersion, schema.Known, NodeLife.HashOf(Council), Instant.MinValue, Instant.MinValue, true);

    /// <summary>Today in the first authority's zone.</summary>
    public static LocalDate Today(CouncilFiles council)
    {
        ArgumentNullException.ThrowIfNull(council);
        return council.Authorities[0].Calendar.DayOf(SystemClock.Instance.GetCurrentInstant());
    }
}
