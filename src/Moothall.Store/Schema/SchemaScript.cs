using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Moothall.Store;

/// <summary>One script of a module for one database, as it is embedded: Module/schema/NNNN-name.dialect.sql.</summary>
internal sealed partial record SchemaScript(string Module, int Number, string Name, string Sql)
{
    /// <summary>
    /// Whether nodes of the version before cannot serve any more once it is applied: it says so in a line `-- contracts`. All others only add, so that nodes of
    /// both versions serve beside each other.
    /// </summary>
    public bool Contracts { get; } = ContractsLine().IsMatch(Sql);

    public string FullName => Called(Module, Number, Name);

    /// <summary>What a script is called in words for people.</summary>
    public static string Called(string module, int number, string name) => string.Create(CultureInfo.InvariantCulture, $"{module}/{number:0000}-{name}");

    public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));

    public static IReadOnlyList<SchemaScript> In(Assembly assembly, Dialect dialect)
    {
        var scripts = new List<SchemaScript>();
        foreach (var resource in assembly.GetManifestResourceNames())
        {
            var place = Place().Match(resource);
            if (!place.Success || place.Groups["dialect"].Value != (dialect == Dialect.Sqlite ? "sqlite" : "postgres")) continue;
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
            scripts.Add(new(place.Groups["module"].Value.Replace('\\', '/'), int.Parse(place.Groups["number"].Value, CultureInfo.InvariantCulture), place.Groups["name"].Value, reader.ReadToEnd()));
        }
        return [.. scripts.OrderBy(s => s.Module, StringComparer.Ordinal).ThenBy(s => s.Number)];
    }

    [GeneratedRegex(@"^(?<module>.+)[/\\]schema[/\\](?<number>\d{4})-(?<name>[a-z0-9-]+)\.(?<dialect>sqlite|postgres)\.sql$")]
    private static partial Regex Place();

    [GeneratedRegex(@"(?m)^-- contracts\s*$")]
    private static partial Regex ContractsLine();
}
