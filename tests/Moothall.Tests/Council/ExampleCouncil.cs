using Moothall.Tests.Languages;
using System.Runtime.CompilerServices;
using Moothall.Council;
using Moothall.Definitions;

namespace Moothall.Tests.Council;

/// <summary>The council that is shipped as an example, and small ones that a test writes.</summary>
static class ExampleCouncil
{
    static readonly Lazy<CouncilReading> Shipped = new(() => CouncilReader.Read(Folder()));

    public static CouncilReading Reading => Shipped.Value;
    public static CouncilFiles Files => Reading.Council ?? throw new InvalidDataException(string.Join('\n', Reading.Findings));

    static string Folder([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "council"));

    /// <summary>Files of a small, good council; a test changes one of them.</summary>
    public static Dictionary<string, string> Small() => new()
    {
        ["authorities.yaml"] = """
            authorities:
              north:
                name: North Council
                host: north.localhost
                public-address: http://north.localhost:8080
                colours: {brand: "#12436d", link: "#1a5f96"}
                contact:
                  phone: 01632 960100
                  email: help@north.example
                calendar: holidays
              south:
                name: South Council
                host: south.localhost
                public-address: http://south.localhost:8080/
                contact:
                  phone: 01632 960200
                  email: help@south.example
                calendar: holidays
                hours:
                  monday: 9:00-17:00
                  tuesday: closed
            """,
        ["teams.yaml"] = """
            teams:
              streets:
                name: Streets
                authorities: [north, south]
              waste:
                name: Waste
                authorities: [north]
            """,
        ["staff.yaml"] = """
            staff:
              ann:
                name: Ann Lee
                roles: [worker]
                authorities: [north]
                teams: [waste]
            partners:
              highways:
                name: Highways
                roles: []
            """,
        ["offers.yaml"] = """
            offers:
              report-a-pothole:
                north:
                  team: streets
                  teams: {inspection: waste}
            """,
        ["agreements.yaml"] = """
            agreements:
              ISA-1:
                partner: highways
                fields: [where]
                purpose: They repair these roads.
                from: 2024-04-01
                until: 2026-03-31
            """,
        ["rates.yaml"] = """
            rates:
              - authority: north
                from: 2025-04-01
                source: Budget
                hourly: {worker: 27.10}
                channel: {web: 0.18, phone: 0.31}
            """,
        ["calendars/holidays.csv"] = "date,title,substitute\n2026-01-01,New Year's Day,no\n2026-12-25,Christmas Day,no\n",
        ["pages/contact.md"] = "# Contact",
        ["pages/accessibility.md"] = "# Accessibility",
        ["pages/privacy.md"] = "# Privacy",
        ["pages/cookies.md"] = "# Cookies",
        ["pages/source.md"] = "# Source code",
    };

    /// <summary>Reads a council from texts; findings name files without their folder.</summary>
    public static CouncilReading Read(Dictionary<string, string> files)
    {
        var folder = Directory.CreateTempSubdirectory("moothall-council-").FullName;
        try
        {
            foreach (var (name, text) in files)
            {
                var path = Path.Combine(folder, name);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllText(path, text);
            }
            var reading = CouncilReader.Read(folder);
            return reading with { Findings = [.. reading.Findings.Proved([.. files.Values]).Select(f => f with { Place = f.Place with { File = f.Place.File[(folder.Length + 1)..] } })] };
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Reads the small council with one text in one file replaced.</summary>
    public static CouncilReading With(string file, string old, string changed)
    {
        var files = Small();
        if (!files[file].Contains(old, StringComparison.Ordinal))
            throw new ArgumentException($"{file} does not say {old}.", nameof(old));
        files[file] = files[file].Replace(old, changed, StringComparison.Ordinal);
        return Read(files);
    }
}
