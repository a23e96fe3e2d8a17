using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Definitions;
using Moothall.Journeys;
using Moothall.Web.Design;
using static Moothall.Web.Resident.JourneyEndpoints;

namespace Moothall.Web.Resident;

/// <summary>
/// "Add another": the list of a group's rows, the pages of one row, and the page that asks before a row is removed. A row is named by its number; how many rows a page
/// showed goes with its form, so that a page left open in another tab cannot change another row.
/// </summary>
static class RowEndpoints
{
    /// <summary>How many rows the page showed, from the outermost group; and the row that is to be removed.</summary>
    const string Seen = "rows", Removed = "remove";

    public static void Map(RouteGroupBuilder service)
    {
        service.MapGet("/questions/{question}/{**rest}", Show);
        service.MapPost("/questions/{question}/{**rest}", Save);
    }

    static RowPlace? Find(Standing at, string question, string rest) => at.Definition.FindQuestion(question) is { IsGroup: true } group ? RowPlace.Find(group, rest) : null;

    static async Task<IResult> Show(string service, string question, string rest, string? from, HttpContext context, House house)
    {
        var at = await Stand(service, context, house);
        if (at is null || Find(at, question, rest) is not { } place) return Pages.NotFound(context, house);
        if (at.Draft is { How: "submitted" } && !at.Walk.MayVisit(question)) return SeeOther($"{at.Address}/done");
        if (place.Question.IsGroup) return await List(at, place.Rows, place.Question, from, context);
        var asked = AskedOn(at, place);
        if (!asked.Contains(place.Question)) return SeeOther(ListAddress(at, place.Rows.SkipLast(1).ToList(), place.Group, from));
        var (values, files) = await Filled(at, asked, Rows.Of(at.Answers, place.Rows));
        return new PageResult(Drawn(at, place, asked, values, [], files, from, null, SeenNow(at, place.Rows)));
    }

    /// <summary>The questions of a row's page; none where nobody may come to it yet.</summary>
    static IReadOnlyList<Question> AskedOn(Standing at, RowPlace place)
    {
        if (!at.Walk.MayVisit(place.Rows[0].Group.Name)) return [];
        for (var i = 0; i < place.Rows.Count; i++)
            if (place.Rows[i].Number > Rows.CountOf(Rows.Of(at.Answers, place.Rows.Take(i)), place.Rows[i].Group) + 1) return [];
        return Rows.AskedOn(at.Definition, at.Walk, at.Answers, place, Today(at.Visit));
    }

    static string SeenNow(Standing at, IReadOnlyList<RowNumber> rows) =>
        string.Join(' ', rows.Select((r, i) => Rows.CountOf(Rows.Of(at.Answers, rows.Take(i)), r.Group).ToString(CultureInfo.InvariantCulture)));

    /// <summary>Where a row is that a form is about, by what the form says that its page showed; null where it says something else.</summary>
    static List<RowAt>? AtOf(IReadOnlyList<RowNumber> rows, string seen)
    {
        var counts = seen.Split(' ');
        if (counts.Length != rows.Count) return null;
        var at = new List<RowAt>();
        for (var i = 0; i < rows.Count; i++)
        {
            if (!int.TryParse(counts[i], NumberStyles.None, CultureInfo.InvariantCulture, out var count)) return null;
            at.Add(new RowAt(rows[i].Group.Name, rows[i].Number, count));
        }
        return at;
    }

    /// <summary>Whether the rows are others than the page showed, so that its number may mean another; one that is new comes after the last anyway.</summary>
    static bool IsOutOfDate(Standing at, IReadOnlyList<RowNumber> rows, List<RowAt> shown) =>
        shown.Where((row, i) => row.Number <= row.Seen && Rows.CountOf(Rows.Of(at.Answers, rows.Take(i)), rows[i].Group) != row.Seen).Any();

    static string ListAddress(Standing at, IReadOnlyList<RowNumber> around, Question group, string? from) => $"{at.Address}/{Rows.ListPath(around, group)}{FromQuery(from)}";

    static RowPage Drawn(Standing at, RowPlace place, IReadOnlyList<Question> asked, IReadOnlyDictionary<string, IReadOnlyList<string>> values, IReadOnlyList<Fault> faults,
        Func<Question, IReadOnlyList<KnownFile>> files, string? from, string? notice, string seen)
    {
        var around = place.Rows.SkipLast(1).ToList();
        var before = Rows.Before(at.Definition, at.Walk, at.Answers, place, Today(at.Visit));
        // The first row of a group that must have one has no list to go back to yet.
        var isFirst = Rows.CountOf(Rows.Of(at.Answers, around), place.Group) == 0 && !place.Group.Optional;
        return new()
        {
            Look = at.Visit.Look, Definition = at.Definition, Group = place.Group, Number = place.Rows[^1].Number, Action = $"{at.Address}/{place.Path}", Questions = asked, Values = values, Faults = faults, Files = files,
            Notice = notice, Token = at.Visit.Token(), From = From(from), Seen = seen, Beside = question => at.Beside(question, before, faults),
            BackHref = !isFirst ? ListAddress(at, around, place.Group, from) : around.Count == 0 ? at.BackFrom(place.Group, from) : ListAddress(at, [.. around.SkipLast(1)], around[^1].Group, from),
        };
    }

    static async Task<IResult> Save(string service, string question, string rest, HttpContext context, House house)
    {
        var (form, status, wrong) = await Forms.Read(context, await LargestFile(service, context, house));
        var at = await Stand(service, context, house);
        if (at is null || Find(at, question, rest) is not { } place) return Pages.NotFound(context, house);
        if (form is null)
            return place.Question.IsGroup || AskedOn(at, place) is not [var first, ..] asks ? SeeOther($"{at.Address}/{place.Path}")
                : new PageResult(Drawn(at, place, asks, Nothing, [new Fault(first.Name, first.Name, wrong!)], _ => [], null, null, SeenNow(at, place.Rows)), status);
        if (Anew(at, question) is not { } now) return SeeOther($"{at.Address}/done");
        if (place.Question.IsGroup) return await Continue(now, place.Rows, place.Question, form, context);
        var (from, seen) = (form["from"].ToString(), form[Seen].ToString());
        var around = place.Rows.SkipLast(1).ToList();
        var asked = AskedOn(now, place);
        if (!asked.Contains(place.Question) || AtOf(place.Rows, seen) is not { } rows || IsOutOfDate(now, place.Rows, rows)) return SeeOther(ListAddress(now, around, place.Group, from));
        return (await SaveAll(now, asked, form, context, Again,
            new OfRow(rows[^1].Number > rows[^1].Seen, Rows.Before(now.Definition, now.Walk, now.Answers, place, Today(now.Visit)), given => new SaveAnswer(now.Draft?.Id, now.Published, question, null, Begin(now)) { Seen = now.AsSeen, Row = new RowChange(rows, given) },
                after => OnFrom(after, Kept(after, place, rows), from), after => $"{after.Address}/{Kept(after, place, rows).Path}")))!;

        RowPage Again(Standing after, IReadOnlyDictionary<string, IReadOnlyList<string>> typed, IReadOnlyList<Fault> faults, Func<Question, IReadOnlyList<KnownFile>> files, string? notice)
        {
            if (ReferenceEquals(after, now)) return Drawn(now, place, asked, typed, faults, files, from, notice, seen);
            var kept = Kept(after, place, rows);
            return Drawn(after, kept, asked, typed, faults, files, from, notice, SeenNow(after, kept.Rows));
        }
    }

    /// <summary>A place after something was kept there: a row that was new is the last one now, whatever was added meanwhile.</summary>
    static RowPlace Kept(Standing after, RowPlace place, IReadOnlyList<RowAt> shown)
    {
        var rows = new List<RowNumber>();
        foreach (var (row, at) in place.Rows.Zip(shown))
            rows.Add(at.Number > at.Seen ? row with { Number = Rows.CountOf(Rows.Of(after.Answers, rows), row.Group) } : row);
        return place with { Rows = rows };
    }

    /// <summary>After a page of a row: the next page of the row, or the list of the rows.</summary>
    static string OnFrom(Standing at, RowPlace place, string from)
    {
        var next = at.Walk.MayVisit(place.Rows[0].Group.Name) ? Rows.PathAfter(at.Definition, at.Walk, at.Answers, place, Today(at.Visit)) : null;
        return next is not null ? $"{at.Address}/{next}{FromQuery(from)}" : ListAddress(at, [.. place.Rows.SkipLast(1)], place.Group, from);
    }

    /// <summary>The list of a group's rows, or the page that asks whether one is to be removed.</summary>
    public static async Task<IResult> List(Standing at, IReadOnlyList<RowNumber> around, Question group, string? from, HttpContext context)
    {
        var outermost = around.Count > 0 ? around[0].Group : group;
        if (at.Draft is { How: "submitted" } && !at.Walk.MayVisit(outermost.Name)) return SeeOther($"{at.Address}/done");
        if (!at.Walk.MayVisit(outermost.Name) || !IsThere(at, around, group)) return SeeOther(at.OnwardAddress);
        var count = Rows.CountOf(Rows.Of(at.Answers, around), group);
        if (int.TryParse(context.Request.Query[Removed], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= count)
            return new PageResult(new RemoveRowPage
            {
                Look = at.Visit.Look, Definition = at.Definition, Group = group, Number = number, Row = Rows.Of(at.Answers, [.. around, new RowNumber(group, number)]), Seen = SeenNow(at, [.. around, new RowNumber(group, number)]),
                Action = $"{at.Address}/{Rows.ListPath(around, group)}", ListHref = ListAddress(at, around, group, from), From = From(from), Token = at.Visit.Token(),
            });
        return await ListPage(at, around, group, from, [], 200);
    }

    // A group in a row is there when its row asks it.
    static bool IsThere(Standing at, IReadOnlyList<RowNumber> around, Question group) => around.Count == 0 || AskedOn(at, new RowPlace(around, group)).Contains(group);

    static async Task<IResult> ListPage(Standing at, IReadOnlyList<RowNumber> around, Question group, string? from, IReadOnlyList<Fault> faults, int status)
    {
        var given = Rows.Of(at.Answers, around);
        var rows = (given[group.Name] as GroupAnswer)?.Rows ?? [];
        var files = await FilesNamed(at, [.. rows.SelectMany(row => group.Inside.Files(row))]);
        IReadOnlyList<RowNumber> Place(int number) => [.. around, new RowNumber(group, number)];
        // The page of each row that is open; null where the row is complete.
        var open = Enumerable.Range(1, rows.Length).Select(n => Rows.PathInto(at.Definition, at.Walk, at.Answers, Place(n), Today(at.Visit))).ToList();
        return new PageResult(new RowsPage
        {
            Look = at.Visit.Look, Definition = at.Definition, Group = group, Rows = rows, File = files.Find, Faults = faults, From = From(from), Token = at.Visit.Token(),
            Action = $"{at.Address}/{Rows.ListPath(around, group)}",
            // What comes of these rows alone, also while they are not complete.
            Worked = around.Count > 0 || rows.Length == 0 ? [] : [.. Questions.WorkedValue.Of(at.Definition, at.Walk.OnPath.With(group.Name, given[group.Name]!), Today(at.Visit), at.Visit.Language).Where(w => w.Names.All(n => n == group.Name))],
            IsComplete = number => open[number - 1] is null,
            ChangeHref = number => $"{at.Address}/{open[number - 1] ?? new RowPlace(Place(number), group.Inside[0]).Path}{FromQuery(from)}", RemoveHref = number => $"{at.Address}/{Rows.ListPath(around, group)}?{Removed}={number.ToString(CultureInfo.InvariantCulture)}{(From(from) is { } known ? "&from=" + known : "")}",
            AddHref = rows.Length < group.MostRows ? $"{at.Address}/{new RowPlace(Place(rows.Length + 1), group.Inside[0]).Path}{FromQuery(from)}" : null,
            BackHref = around.Count == 0 ? at.BackFrom(group, from) : ListAddress(at, [.. around.SkipLast(1)], around[^1].Group, from),
        }, status);
    }

    /// <summary>The form of the list: on to what comes next, or a row is removed.</summary>
    public static async Task<IResult> Continue(Standing at, IReadOnlyList<RowNumber> around, Question group, IFormCollection form, HttpContext context)
    {
        var outermost = around.Count > 0 ? around[0].Group : group;
        if (Anew(at, outermost.Name) is not { } now) return SeeOther($"{at.Address}/done");
        at = now;
        if (!at.Walk.MayVisit(outermost.Name) || !IsThere(at, around, group)) return SeeOther(at.OnwardAddress);
        var from = form["from"].ToString();
        if (!await at.Visit.IsOurs())
            return await ListPage(at, around, group, from, [new Fault(group.Name, group.Name, at.Visit.Look.Say("This page was open for a long time. Send it again"))], 400);
        if (int.TryParse(form[Removed], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            if (number >= 1 && AtOf([.. around, new RowNumber(group, number)], form[Seen].ToString()) is { } rows)
                _ = await JourneyEndpoints.Save(at, new SaveAnswer(at.Draft?.Id, at.Published, outermost.Name, null, Begin(at)) { Seen = at.AsSeen, Row = new RowChange(rows, []) }, context);
            return SeeOther(ListAddress(at, around, group, from));
        }
        if (form["then"].ToString() == "save") return SeeOther($"{at.Address}/save");
        var count = Rows.CountOf(Rows.Of(at.Answers, around), group);
        if (count == 0 && group.Optional)
        {
            // Nothing to add is an answer: the question is passed over.
            var nothing = new GivenAnswer(group.Name, SkippedAnswer.Value);
            var command = around.Count == 0 ? new SaveAnswer(at.Draft?.Id, at.Published, group.Name, nothing.Answer, Begin(at)) { Seen = at.AsSeen }
                : new SaveAnswer(at.Draft?.Id, at.Published, outermost.Name, null, Begin(at)) { Seen = at.AsSeen, Row = new RowChange(AtOf(around, SeenNow(at, around))!, [nothing]) };
            var (after, otherwise) = await JourneyEndpoints.Save(at, command, context);
            if (after is null) return SeeOther(otherwise);
            at = after;
        }
        else if (count < group.FewestRows)
            return await ListPage(at, around, group, from, [new Fault(group.Name, AddId, Wording.In(at.Visit.Language).TooFewRows(group))], 422);
        else if (Enumerable.Range(1, count).Select(n => Rows.PathInto(at.Definition, at.Walk, at.Answers, [.. around, new RowNumber(group, n)], Today(at.Visit))).FirstOrDefault(open => open is not null) is { } unfinished)
            return SeeOther($"{at.Address}/{unfinished}{FromQuery(from)}");
        else if (at.Walk.Exit is not null && around.Count == 0 && at.Answers[group.Name] is { } rows)
        {
            // All rows are there now: the end that they lead to is taken.
            var (after, otherwise) = await JourneyEndpoints.Save(at, new SaveAnswer(at.Draft?.Id, at.Published, group.Name, rows, Begin(at)) { Seen = at.AsSeen }, context);
            if (after is null) return SeeOther(otherwise);
            at = after;
        }
        return SeeOther(around.Count == 0 ? at.OnwardFrom(group, from) : OnFrom(at, new RowPlace(around, group), from));
    }

    /// <summary>The id of the link that adds a row, where a fault about too few leads.</summary>
    internal const string AddId = "add-row";
}
