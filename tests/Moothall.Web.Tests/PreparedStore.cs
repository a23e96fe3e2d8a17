using Moothall.Host;
using Moothall.Journeys;
using Moothall.Store;
using NodaTime;
using Npgsql;

namespace Moothall.Web.Tests;

/// <summary>
/// The store of the example council as a start in an empty place leaves it: the tables made, every service checked and published. That takes longer than most tests, so it is done once
/// in a program of tests; each council gets a copy.
/// </summary>
static class PreparedStore
{
    static readonly Lazy<Task<byte[]>> File = new(async () =>
    {
        var folder = Directory.CreateTempSubdirectory("moothall-web-").FullName;
        await Fill(Example with { Data = folder });
        var made = await System.IO.File.ReadAllBytesAsync(Path.Combine(folder, "moothall.db"));
        Directory.Delete(folder, recursive: true);
        return made;
    });

    static readonly Lazy<Task<string>> Template = new(async () =>
    {
        var name = "w" + Guid.NewGuid().ToString("n");
        await RunningCouncil.InCluster($"create database {name}");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => RunningCouncil.InCluster($"drop database {name} with (force)").GetAwaiter().GetResult();
        await Fill(Example with { Database = RunningCouncil.Connection(name) });
        return name;
    });

    /// <summary>The settings of the demo with the services and the council of the repository.</summary>
    public static Settings Example => new()
    {
        Urls = "http://127.0.0.1:0", Environment = "Demo", Services = Path.Combine(RunningCouncil.Repository, "services"), Council = Path.Combine(RunningCouncil.Repository, "council"),
    };

    /// <summary>Whether a council with these settings would publish the services of the example at its start.</summary>
    public static bool Fits(Settings settings) => settings.PublishesOnSave && settings.Services == Example.Services && settings.Council == Example.Council;

    /// <summary>Puts a copy into an empty folder.</summary>
    public static async Task CopyTo(string folder) => await System.IO.File.WriteAllBytesAsync(Path.Combine(folder, "moothall.db"), await File.Value);

    /// <summary>The database that is copied when one is made, in the words of SQL.</summary>
    public static async Task<string> AsTemplate() => $"template {await Template.Value}";

    static async Task Fill(Settings settings)
    {
        var council = settings.ReadCouncil();
        await using var database = await settings.OpenStore();
        foreach (var file in ServiceFolder.Check([settings.Services], council, Settings.Today(council)))
            await database.Commit(unit => PublishService.Publish(unit, file.Definition!, file.Source, SystemClock.Instance.GetCurrentInstant(), "development", file.Templates));
    }
}
