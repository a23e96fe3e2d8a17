using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Moothall.Definitions.Tests.Keys;

/// <summary>A service in which every block of the language stands once, and what becomes of it when one key is written otherwise.</summary>
static partial class SampleService
{
    public const string Fragment = """
        fragment: contact-details
        ask:
          reach:
            question: How can we reach you?
            type: person
        """;

    public static string Text { get; } = $$"""
        service: report-a-thing
        prefix: THG
        title: Report a thing
        summary: Tell us about a thing.
        kind: report
        start-page:
          who: Anyone.
        ask:
          about:
            section: About it
          kind:
            question: What kind of place is it?
            type: choice
            options:
              private-land: Private land
              street: A street
          size:
            question: How big is it?
            type: choice
            options:
              small: Small
              large: Large
          wires:
            question: Are there bare wires?
            type: yes-no
          where:
            question: Where is it?
            type: location
          contact:
            page: Who should we write to?
            details:
              why:
                title: Why we ask
                text: To write to you.
            ask: [you, role]
          you:
            question: How can we tell you what happens?
            type: person
          role:
            question: What do you do there?
            type: text
          more:
            section: More about it
          costs:
            group: What did it cost?
            one: cost
            ask: [what, amount]
          what:
            question: What was it for?
            type: text
          amount:
            question: How much was it?
            type: money
            at-most: £100
          others:
            use: contact-details
        {{string.Join('\n', TypeExample.All.Select(t => $"  of-{t.Type}:\n{Indented(t.Example, 4)}"))}}
        exit:
          private:
            when: kind is private-land
            title: We cannot help with this
            text: Ask the owner of the land.
        alert:
          wires:
            when: wires
            title: Keep away
            text: Bare wires can kill.
            ring: 999
        decide:
          priority:
            urgent:
              when: size is large
            routine: otherwise
          total:
            is: sum of amount
        charge:
          collection:
            label: Collection
            amount: £12
            due: on received
            income-code: GW-1001
        co-sign:
          who: you
          statement: We are both responsible for the rent.
          shows: [where, costs]
          within: 14 days
          agrees: granted
          declines: repaired
          no-answer: repaired
        work:
          outcomes:
            repaired: Repaired
            granted: Granted
          questions:
            finding:
              question: What did you find?
              type: long-text
            first-day:
              question: What is its first day?
              type: date
          start: triage
          stages:
            triage:
              actions:
                repaired:
                  close: repaired
                  ask: [finding, first-day]
                granted:
                  close: granted
        tell:
          on received: [email]
        share:
          national-highways:
            agreement: ISA-2024-003
            fields: [where]
        renew:
          after: [granted]
          every: 1 year
          remind: 30 days before
        keep:
          for: 6 years after closed
          because: public task
          personal: [where]
        measure:
          target:
            closed-in-time: 90%
          cost:
            web: 0.09
        """;

    /// <summary>Where the block of a key stands in the service; a question is one that the key means something for.</summary>
    public static string PlaceOf(FileBlock block, FileKey key) => block.Name switch
    {
        "service" or "fragment" => "",
        "question" => $"ask/of-{((key.Name, key.Types) switch { ("same-as", []) => "number", ("same-as", _) => "person", (_, [var type, ..]) => type, ("text" or "details", _) => "phone", _ => "email" })}",
        "option" => "ask/of-choices/options/nothing",
        "detail" => "ask/contact/details/why",
        "section" => "ask/more",
        "page" => "ask/contact",
        "group" => "ask/costs",
        "use" => "ask/others",
        "exit" => "exit/private",
        "alert" => "alert/wires",
        "decision" => "decide/priority",
        "row" => "decide/priority/urgent",
        "worked-out" => "decide/total",
        "charge" => "charge/collection",
        "stage" => "work/stages/triage",
        "action" => "work/stages/triage/actions/repaired",
        "share" => "share/national-highways",
        "target" => "measure/target",
        "cost" => "measure/cost",
        var top => top,
    };

    /// <summary>The keys at the top that a service needs; what else stands there looks at the questions.</summary>
    static readonly string[] NotNeeded = [.. ServiceKeys.Service.Keys.Where(k => !k.Needed).Select(k => k.Name)];

    /// <summary>The service, or the fragment, with a key written as given in its block; without it where nothing is given.</summary>
    public static string With(FileBlock block, FileKey key, string? written)
    {
        var text = block == ServiceKeys.Fragment ? Fragment : Text;
        if (block == ServiceKeys.Service && key.Name == "ask") text = NotNeeded.Aggregate(text, (t, name) => With(t, "", name, null));
        return With(text, PlaceOf(block, key), NameIn(key), written);
    }

    /// <summary>The name of a key as its example writes it.</summary>
    public static string NameIn(FileKey key) => key.Example[..key.Example.IndexOf(':', StringComparison.Ordinal)];

    static string With(string text, string path, string key, string? written)
    {
        var map = YamlSource.Read("sample.yaml", text).Root.ShouldNotBeNull(text);
        foreach (var step in path.Split('/', StringSplitOptions.RemoveEmptyEntries)) map = map.Find(step).ShouldNotBeNull($"{path} of the sample").Value.ShouldBeOfType<YamlMap>(path);
        var lines = text.Split('\n').ToList();
        var indent = map.Entries[0].Place.Column - 1;
        var at = map.Entries[0].Place.Line - 1;
        if (map.Find(key) is { } there)
        {
            at = there.Place.Line - 1;
            var to = at + 1;
            while (to < lines.Count && (lines[to].Length == 0 || lines[to].Length - lines[to].TrimStart().Length > indent)) to++;
            lines.RemoveRange(at, to - at);
        }
        if (written is not null) lines.Insert(at, Indented(written, indent));
        return string.Join('\n', lines);
    }

    static string Indented(string text, int by) => string.Join('\n', text.Split('\n').Select(l => new string(' ', by) + l));

    /// <summary>What the reader finds in a service or fragment.</summary>
    public static IReadOnlyList<Finding> Findings(FileBlock block, string text)
    {
        var (service, fragment) = block == ServiceKeys.Fragment ? (With(ServiceKeys.Service, ServiceKeys.Service.Keys.Single(k => k.Name == "ask"), "ask:\n  others:\n    use: contact-details"), text) : (text, Fragment);
        var put = Fragments.PutInto("service.yaml", service, name => name == "contact-details" ? new("contact-details.yaml", fragment) : null, () => ["contact-details"]);
        return put.Findings.Count > 0 ? put.Findings : [.. ServiceReader.Read("service.yaml", put.Text).Findings];
    }

    /// <summary>What the schema finds.</summary>
    public static IReadOnlyList<string> SchemaFaults(string text) => Moothall.Testing.SchemaCheck.Faults(Schema, Json(YamlSource.Read("x.yaml", text).Root.ShouldNotBeNull(text)), "file");

    public static readonly JsonNode Schema = JsonNode.Parse(ServiceSchema.Text)!;

    /// <summary>A file as other programs read YAML 1.2: what looks like a number or a truth is one.</summary>
    public static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMap map => new JsonObject(map.Entries.Select(e => KeyValuePair.Create(e.Key, Json(e.Value)))),
        YamlList list => new JsonArray([.. list.Items.Select(Json)]),
        YamlText { Quoted: true } text => text.Text,
        YamlText { Text: "" or "~" or "null" } => null,
        YamlText { Text: "true" or "false" } truth => truth.Text == "true",
        YamlText text when Number().IsMatch(text.Text) && decimal.TryParse(text.Text, System.Globalization.NumberStyles.AllowDecimalPoint | System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var number) => number,
        YamlText text => text.Text,
        _ => throw new InvalidOperationException($"{node} is no node"),
    };

    [GeneratedRegex(@"^[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)$")]
    private static partial Regex Number();
}
