using Moothall.Council;
using Moothall.Definitions;
using Moothall.Journeys;

namespace Moothall.Web.Tests;

/// <summary>Services that tests write themselves, published in a running council as if they had always been offered there.</summary>
static class WrittenForms
{
    static readonly Lock One = new();

    /// <summary>The definition of a file that has no fault.</summary>
    public static ServiceDefinition Read(RunningCouncil council, string text) =>
        ServiceReader.Read("service.yaml", text, council.House.Council.Places) is { Definition: { } definition } ? definition
            : throw new InvalidDataException(string.Join('\n', ServiceReader.Read("service.yaml", text, council.House.Council.Places).Findings) + "\n" + text);

    /// <summary>Publishes a file as the newest version of its service; whoever offers the community grant offers it too.</summary>
    public static async Task<ServiceDefinition> Publish(this RunningCouncil council, string text)
    {
        var (house, definition) = (council.House, Read(council, text));
        lock (One)
        {
            var files = house.CurrentCouncil.Folder;
            if (files.Offers.All(o => o.Service != definition.Name))
                house.CurrentCouncil.Replace(files with { Offers = [.. files.Offers, .. files.Offers.Where(o => o.Service == "apply-for-a-community-grant").Select(o => o with { Service = definition.Name })] });
        }
        await house.Database.Commit(unit => PublishService.Publish(unit, definition, text, council.Clock.GetCurrentInstant(), "a test"));
        await house.Services.Refresh();
        return house.Services.Find(definition.Name)!.Definition;
    }
}
