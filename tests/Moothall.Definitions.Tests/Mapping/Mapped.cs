namespace Moothall.Definitions.Tests.Mapping;

/// <summary>A small service with a loop, an exit, a decision and work in three stages, and examples of it.</summary>
static class Mapped
{
    public const string Ask = """
        ask:
          size:
            question: How big is it?
            type: choice
            options:
              small: Small
              large: Large
          deep:
            question: Is it deep?
            type: yes-no
            when: size is large
          wet:
            question: Is there water in it?
            type: yes-no
            when: size is large
          age:
            question: How many weeks have you known of it?
            type: number
        exit:
          too-old:
            when: age > 52
            title: That is too long ago
            text: Tell us sooner.
        decide:
          priority:
            urgent: deep and wet
            routine: otherwise
        """;

    public static ServiceDefinition Service { get; } = LongForm.Read(Ask);

    /// <summary>The routes of examples in the words of examples.yaml.</summary>
    public static IReadOnlyList<ExampleRoute> Routes(ServiceDefinition definition, string yaml)
    {
        var (examples, findings) = ExamplesFile.Read("examples.yaml", yaml, LongForm.Today);
        findings.ShouldBeEmpty();
        return [.. examples.Select(e => ExampleRoute.Of(definition, e, NoLookUps.Value, LongForm.Today))];
    }

    public static PathCoverage Coverage(ServiceDefinition definition, string yaml) => PathCoverage.Of(definition, Routes(definition, yaml), PathParts.Never(definition, NoLookUps.Value));

    public static ServiceDefinition WithWork(string work) => ServiceReader.Read("service.yaml", LongForm.Text(Ask).Replace("""
        work:
          start: check
          outcomes:
            granted: Granted
          stages:
            check:
              actions:
                grant:
                  close: granted
        """, work, StringComparison.Ordinal)).Definition!;

    public const string ThreeStages = """
        work:
          start: look
          outcomes:
            granted: Granted
          stages:
            look:
              actions:
                visit:
                  to: visit
                repair:
                  to: repair
                close:
                  close: granted
            visit:
              actions:
                order:
                  to: repair
            repair:
              actions:
                again:
                  to: visit
                done:
                  close: granted
            lost:
              actions:
                done:
                  close: granted
        """;
}
