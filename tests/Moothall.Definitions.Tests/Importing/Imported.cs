using Moothall.Definitions.Importing;
using Moothall.Tests.Languages;
using NodaTime;

namespace Moothall.Definitions.Tests.Importing;

/// <summary>Imports a form, and reads what came out as the program would.</summary>
static class Imported
{
    public static readonly LocalDate Today = new(2026, 11, 22);

    /// <summary>Imports one form. What is told of it must be such as can be said in any language.</summary>
    public static ImportedFile One(FormKind kind, string text, string file = "forms/my-form.json")
    {
        var imported = FormImport.Import(kind, [(file, text)]).ShouldHaveSingleItem();
        IEnumerable<Message> told = imported.Failure is { } why ? [why] : imported.NotExpressed;
        told.Select(what => new Finding(new(file, 1, 1), Severity.Error, what)).Proved(text, imported.Definition ?? "");
        return imported;
    }

    /// <summary>The definition that a form becomes; it must have become one, and the checker must accept it.</summary>
    public static ServiceDefinition Good(this ImportedFile file)
    {
        file.Failure.ShouldBeNull();
        var text = file.Definition.ShouldNotBeNull();
        var reading = ServiceReader.Read("service.yaml", text);
        reading.Findings.Where(f => f.Severity == Severity.Error).ShouldBeEmpty(text);
        Checker.Check(reading.Definition!, new Surroundings { Today = Today }).Where(f => f.Severity == Severity.Error).ShouldBeEmpty(text);
        return reading.Definition!;
    }

    public static Question Asking(this ServiceDefinition service, string words) => service.Ask.Single(q => q.Text.English == words);

    /// <summary>An XGov form of these pages, with what else its file holds.</summary>
    public static string XGov(string pages, string conditions = "", string lists = "", string sections = "", string also = "") => $$"""
        { "startPage": "/first", "name": "Ask us for a grant", "pages": [{{pages}}, { "path": "/summary", "title": "Check your answers", "controller": "./pages/summary.js", "components": [], "next": [] }],
          "conditions": [{{conditions}}], "lists": [{{lists}}], "sections": [{{sections}}]{{(also.Length == 0 ? "" : "," + also)}} }
        """;

    /// <summary>One page with these components that leads to the end.</summary>
    public static string Page(string components, string title = "First") => XGov($$"""{ "path": "/first", "title": "{{title}}", "components": [{{components}}], "next": [{ "path": "/summary" }] }""");
}
