using NodaTime;

namespace Moothall.Definitions.Tests;

/// <summary>A small service around the lines of `ask`, which begin on line 7.</summary>
static class LongForm
{
    public static readonly LocalDate Today = new(2026, 11, 22);

    /// <summary>The file, with `ask` and whatever else stands before `work`.</summary>
    public static string Text(string ask, string before = "", string after = "") => $$"""
        service: apply-for-a-grant
        prefix: GRA
        title: Apply for a grant
        summary: Ask us for money.
        kind: apply
        {{(before.Length == 0 ? "lgsl: 1" : before)}}
        {{ask.TrimEnd()}}
        {{(after.Length == 0 ? "keywords: [grant]" : after.TrimEnd())}}
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

    /// <summary>What the reader finds, as the lines that are printed.</summary>
    public static IReadOnlyList<string> Findings(string ask, string before = "", string after = "") =>
        [.. ServiceReader.Read("service.yaml", Text(ask, before, after)).Findings.Proved(Text(ask, before, after)).Select(f => f.ToString()["service.yaml:".Length..])];

    /// <summary>The definition, which must be without fault.</summary>
    public static ServiceDefinition Read(string ask, string before = "", string after = "")
    {
        var reading = ServiceReader.Read("service.yaml", Text(ask, before, after));
        return reading.Definition ?? throw new InvalidOperationException(string.Join('\n', reading.Findings));
    }

    public static Walk Walk(this ServiceDefinition definition, Answers answers) => Journey.Walk(definition, answers, Today);

    public static Answers Yes(this Answers answers, string question, bool yes = true) => answers.With(question, new YesNoAnswer(yes));
}
