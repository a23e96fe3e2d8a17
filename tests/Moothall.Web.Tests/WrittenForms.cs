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

    /// <summary>How a form ends whose questions are all that matters: one stage, one outcome, and what each service must say.</summary>
    public const string Rest = """
        work:
          start: check
          outcomes:
            granted: Granted
          stages:
            check:
              actions:
                grant:
                  close: granted
        keep:
          for: 6 years after closed
          because: public task
        measure:
          target: {closed-in-time: 90%}
        """;

    /// <summary>A service of two questions that wants to know who asks: `medium` or `two-factor`.</summary>
    public static string ThatWants(string name, string need) => $$"""
        service: {{name}}
        prefix: {{(need == "medium" ? "MED" : "TWO")}}
        title: Ask about your {{need}} account
        summary: Ask us about it.
        kind: apply
        sign-in: {{need}}
        ask:
          what:
            question: What do you want to know?
            type: text
          why:
            question: Why do you want to know it?
            type: text
        work:
          start: look
          outcomes:
            answered: Answered
          stages:
            look:
              actions:
                answer:
                  close: answered
        keep:
          for: 1 year after closed
          because: public task
          personal: [what, why]
        measure:
          target: {closed-in-time: 90%}
        """;

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
