using System.Globalization;

namespace Moothall.Benchmarks.Replaying;

/// <summary>What the command was asked to do.</summary>
internal sealed record Options
{
    public const string Usage = """
        dotnet run -c Release --project benchmarks/Moothall.Replay.Benchmarks -- ROWS.csv [OPTION...]
          --host FILE          Moothall.Host.dll or a published moothall, started here on a store of its own. Default: the Release build
          --postgres C         an empty PostgreSQL database, by its connection string, in place of SQLite in a throw-away folder. It is filled
          --address URL        a server that runs already, empty of cases in the year; with
          --token TOKEN        a token of an importer for it. Nothing is replayed then
          --services DIR, --council DIR   as the server has them. Default: services, council
          --connections N      requests at once. Default: 48
          --rows N             only the first N rows
          --year Y             the past year that the rows are spread over. Default: 2025
        """;

    public required string Rows { get; init; }
    public string Host { get; init; } = "src/Moothall.Host/bin/Release/net10.0/Moothall.Host.dll";
    public string? Postgres { get; init; }
    public Uri? Address { get; init; }
    public string? Token { get; init; }
    public string Services { get; init; } = "services";
    public string Council { get; init; } = "council";
    public int Connections { get; init; } = 48;
    public int MostRows { get; init; } = int.MaxValue;
    public int Year { get; init; } = 2025;

    /// <summary>The options, or null where they cannot be understood.</summary>
    public static Options? Read(string[] arguments)
    {
        if (arguments.Length % 2 == 0 || !File.Exists(arguments[0])) return null;
        var options = new Options { Rows = arguments[0] };
        for (var i = 1; i < arguments.Length; i += 2)
        {
            var value = arguments[i + 1];
            var next = arguments[i] switch
            {
                "--host" => options with { Host = value },
                "--postgres" => options with { Postgres = value },
                "--address" => options with { Address = new Uri(value) },
                "--token" => options with { Token = value },
                "--services" => options with { Services = value },
                "--council" => options with { Council = value },
                "--connections" => options with { Connections = int.Parse(value, CultureInfo.InvariantCulture) },
                "--rows" => options with { MostRows = int.Parse(value, CultureInfo.InvariantCulture) },
                "--year" => options with { Year = int.Parse(value, CultureInfo.InvariantCulture) },
                _ => null,
            };
            if (next is null) return null;
            options = next;
        }
        return options.Address is null == options.Token is null ? options : null;
    }
}
