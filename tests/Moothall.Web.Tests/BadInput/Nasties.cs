using System.Text.Json;
using Moothall.Store;
using Xunit;

namespace Moothall.Web.Tests.BadInput;

/// <summary>Real names and naughty strings, which lie beside the repository and not in it. Tests without them are skipped by name.</summary>
static class Nasties
{
    /// <summary>Up to some full names of each locale.</summary>
    public static IReadOnlyList<(string Locale, string Name)> Names(int each)
    {
        using var file = JsonDocument.Parse(Read("names-by-locale.json"));
        return [.. file.RootElement.EnumerateObject().SelectMany(locale =>
        {
            var lists = locale.Value.EnumerateObject().Where(l => l.Value.ValueKind == JsonValueKind.Array).Select(l => l.Value.EnumerateArray().Select(n => n.GetString()!).ToList()).Where(l => l.Count > 0).ToList();
            return Enumerable.Range(0, each).Select(i => (locale.Name, string.Join(' ', lists.Take(2).Select(l => l[i * 7919 % l.Count]))));
        })];
    }

    public static IReadOnlyList<string> NaughtyStrings()
    {
        using var file = JsonDocument.Parse(Read("blns.json"));
        return [.. file.RootElement.EnumerateArray().Select(s => s.GetString()!)];
    }

    static string Read(string name)
    {
        for (var folder = new DirectoryInfo(RunningCouncil.Repository); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "shared", "data", "nasties", name) is var file && File.Exists(file)) return File.ReadAllText(file);
        Assert.Skip($"shared/data/nasties/{name} is not above the tests");
        return "";
    }

    /// <summary>What the store holds of everything that a submit writes; all grow together or not at all.</summary>
    public static async Task<(long Cases, long Answers, long Circumstances, long Histories, long Received)> Rows(RunningCouncil council) => await council.House.Database.Read(async session => (
        await session.Number($"select count(*) from council_case"), await session.Number($"select count(*) from case_answers"), await session.Number($"select count(*) from case_circumstance"),
        await session.Number($"select count(*) from case_history where version = 1"), await session.Number($"select count(*) from event where type = 'case.received'")));
}
