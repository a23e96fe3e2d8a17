using Microsoft.AspNetCore.Http;
using Moothall.Cases;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Store;

namespace Moothall.Web.Desk;

/// <summary>What somebody wants to do to many cases, as the form says it.</summary>
/// <param name="What">assign, move, note, send, or `do:` and an action of the definition.</param>
/// <param name="Personal">What of a person a contractor is to be told.</param>
public sealed record BulkAsk(string What, string? To, string? Team, string? Contractor, string? Note, IReadOnlySet<string> Personal)
{
    /// <summary>What a link chose already (handing somebody's work over), or nothing.</summary>
    public static BulkAsk From(IQueryCollection query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return new BulkAsk(query["what"].ToString(), Some(query["to"]), null, null, null, new HashSet<string>());
    }

    public static BulkAsk From(IFormCollection form)
    {
        ArgumentNullException.ThrowIfNull(form);
        return new BulkAsk(form["what"].ToString(), Some(form["to"]), Some(form["team"]), Some(form["contractor"]), Tidy.Lines(form[CaseAct.NoteField].ToString()) is { Length: > 0 } note ? note : null,
            form["personal"].OfType<string>().Where(ContractorList.Personal.Contains).ToHashSet());
    }

    /// <summary>The order, or what is still to be chosen.</summary>
    public Result<BulkOrder> Order(CouncilFiles council)
    {
        ArgumentNullException.ThrowIfNull(council);
        if (Note?.Length > HandleCase.LongestNote) return Wrong(CaseAct.NoteField, new Message("The note must be 4,000 characters or fewer"));
        return What switch
        {
            "assign" => new BulkOrder("assign", Values(("to", To)), Note),
            "move" when Team is null || !council.Teams.ContainsKey(Team) => Wrong("team", new Message("Choose a team")),
            "move" => new BulkOrder("move", Values(("team", Team)), Note),
            "note" when Note is null => Wrong(CaseAct.NoteField, new Message("Enter a note")),
            "note" => new BulkOrder("note", Values(), Note),
            _ when What.StartsWith("do:", StringComparison.Ordinal) => new BulkOrder(What[3..], Values(), Note),
            _ => Wrong("what", new Message("Choose what to do")),
        };
    }

    static Result<BulkOrder> Wrong(string field, Message message) => Refusal.Invalid([new Fault(field, field, message)]);

    static Dictionary<string, string> Values(params IEnumerable<(string Name, string? Value)> values) => values.Where(v => v.Value is not null).ToDictionary(v => v.Name, v => v.Value!);

    static string? Some(Microsoft.Extensions.Primitives.StringValues value) => value.ToString() is { Length: > 0 and <= 100 } text ? text : null;

    /// <summary>The cases that a list of ticks or a filter means, at most <see cref="Bulk.Most"/>.</summary>
    public static async Task<IReadOnlyList<CouncilCase>> Cases(Session session, IQueryCollection query, DeskVisit desk)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(desk);
        if (query["all"] != "yes") return await Named(session, [.. query["case"].OfType<string>()], desk.Caller);
        var found = new List<CouncilCase>();
        var filter = QueueFilter.From(query).For(desk.Caller) with { Limit = CaseFilter.MostOnAPage };
        if (filter.Status is null && filter.Q is null) filter = filter with { Status = "open" };
        do
        {
            if ((await CaseList.Read(session, filter, desk.Caller, desk.Now, desk.Zone)).Value is not { } page) break;
            found.AddRange(page.Cases);
            filter = filter with { After = page.Next };
        }
        while (filter.After is not null && found.Count < Bulk.Most);
        return [.. found.Take(Bulk.Most)];
    }

    /// <summary>Cases by their references, those that the person may read.</summary>
    public static async Task<IReadOnlyList<CouncilCase>> Named(Session session, IReadOnlyList<string> references, Caller caller)
    {
        var found = await CaseQueries.Find(session, [.. references.Select(CaseReference.Tidy).OfType<string>().Distinct().Take(Bulk.Most)]);
        return [.. found.Where(c => Rights.May(caller, Right.ReadCases, c.Authority, c.Team, c.Service)).OrderBy(c => c.SortBy).ThenBy(c => c.Reference, StringComparer.Ordinal)];
    }
}
