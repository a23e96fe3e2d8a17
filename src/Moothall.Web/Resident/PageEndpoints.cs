using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Definitions;
using Moothall.Journeys;
using Moothall.Web.Design;
using static Moothall.Web.Resident.JourneyEndpoints;

namespace Moothall.Web.Resident;

/// <summary>The headings of long forms: pages of several questions, pages that are only read, and the list of sections with the answers of each.</summary>
static class PageEndpoints
{
    public static void Map(RouteGroupBuilder service)
    {
        service.MapGet("/pages/{page}", Show);
        service.MapPost("/pages/{page}", Save);
        service.MapGet("/tasks", Tasks);
        service.MapGet("/sections/{section}", Section);
    }

    static AskPage? Find(Standing at, string page) => at.Definition.Pages.FirstOrDefault(p => p.Name == page);

    static IReadOnlyList<Question> AskedOn(Standing at, AskPage page) => Stops.AskedOn(at.Definition, page, at.Walk, Today(at.Visit)) ?? [];

    static async Task<IResult> Show(string service, string page, string? from, HttpContext context, House house)
    {
        var at = await Stand(service, context, house);
        if (at is null || Find(at, page) is not { } heading) return Pages.NotFound(context, house);
        // Nothing is left of the answers that were sent: only what stands at the beginning is there to be seen, for another journey.
        var otherwise = at.Draft is { How: "submitted" } ? $"{at.Address}/done" : at.OnwardAddress;
        if (heading.IsOnlyRead)
        {
            if (Stops.Around(at.Definition, heading, at.Walk, at.Answers, Today(at.Visit)) is not (var onward, var back)) return SeeOther(otherwise);
            return new PageResult(new ReadPage
            {
                Look = at.Visit.Look, Definition = at.Definition, Heading = heading, Onward = $"{at.Address}/{onward}",
                BackHref = back is not null ? $"{at.Address}/{back}" : at.Definition.TaskList ? $"{at.Address}/tasks" : at.Address,
            });
        }
        var asked = AskedOn(at, heading);
        if (asked.Count == 0) return SeeOther(otherwise);
        var (values, files) = await Filled(at, asked, at.Answers);
        return new PageResult(Drawn(at, heading, asked, values, [], files, from, null));
    }

    static QuestionsPage Drawn(Standing at, AskPage heading, IReadOnlyList<Question> asked, IReadOnlyDictionary<string, IReadOnlyList<string>> values, IReadOnlyList<Fault> faults,
        Func<Question, IReadOnlyList<KnownFile>> files, string? from, string? notice) => new()
        {
            Look = at.Visit.Look, Definition = at.Definition, Heading = heading, Questions = asked, Values = values, Faults = faults, Files = files, Notice = notice, Token = at.Visit.Token(),
            From = From(from), BackHref = at.BackFrom(asked[0], from), Beside = question => at.Beside(question, at.Walk.OnPath, faults),
        };

    static async Task<IResult> Save(string service, string page, HttpContext context, House house)
    {
        var (form, status, wrong) = await Forms.Read(context, await LargestFile(service, context, house));
        var at = await Stand(service, context, house);
        if (at is null || Find(at, page) is not { IsOnlyRead: false } heading) return Pages.NotFound(context, house);
        var asked = AskedOn(at, heading);
        if (asked.Count == 0) return SeeOther(at.Draft is { How: "submitted" } ? $"{at.Address}/done" : at.OnwardAddress);
        if (form is null) return new PageResult(Drawn(at, heading, asked, Nothing, [new Fault(asked[0].Name, asked[0].Name, wrong!)], _ => [], null, null), status);
        if (Anew(at, asked[0].Name) is not { } now) return SeeOther($"{at.Address}/done");
        var from = form["from"].ToString();
        return (await SaveAll(now, asked, form, context, (at, typed, faults, files, notice) => Drawn(at, heading, asked, typed, faults, files, from, notice)))!;
    }

    static async Task<IResult> Tasks(string service, HttpContext context, House house)
    {
        var at = await Stand(service, context, house);
        if (at is null || !at.Definition.TaskList) return Pages.NotFound(context, house);
        if (at.Draft is not { How: "submitted" } && (at.Walk.Exit is not null || at.OnwardAddress != $"{at.Address}/tasks")) return SeeOther(at.OnwardAddress);
        return new PageResult(new TasksPage
        {
            Look = at.Visit.Look, Definition = at.Definition, Sections = at.Walk.Sections, IsComplete = at.Walk.IsComplete && at.Draft is not null,
            HrefOf = section => section.Status switch
            {
                SectionStatus.CannotStart => null,
                SectionStatus.Completed => $"{at.Address}/sections/{section.Section.Name}",
                _ => at.AddressOf(section.Next!),
            },
        });
    }

    static async Task<IResult> Section(string service, string section, HttpContext context, House house)
    {
        var at = await Stand(service, context, house);
        if (at is null || !at.Definition.TaskList || at.Definition.Sections.FirstOrDefault(s => s.Name == section) is not { } asked) return Pages.NotFound(context, house);
        IReadOnlyList<Question> path = [.. at.Walk.Path.Where(q => q.Section?.Name == section)];
        if (at.Draft is { How: "submitted" } || path.Count == 0) return SeeOther(at.OnwardAddress);
        var files = await FilesNamed(at, [.. path.Files(at.Walk.OnPath)]);
        return new PageResult(new SectionPage { Look = at.Visit.Look, Definition = at.Definition, Section = asked, Path = path, Answers = at.Walk.OnPath, File = files.Find,
            Worked = [.. Questions.WorkedValue.Of(at.Definition, at.Walk.OnPath, Today(at.Visit), at.Visit.Language).Where(w => path.Any(q => w.Names.Contains(q.Name)))],
        });
    }
}
