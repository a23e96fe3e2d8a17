using Microsoft.AspNetCore.Http;
using Moothall.Cases;
using Moothall.Identity;

namespace Moothall.Web.Desk;

/// <summary>
/// Which part of the queue somebody looks at: all of it stands in the address, so that it can be bookmarked and sent. What is not said is the usual: the
/// open cases of one's own teams by what is due first; for a search, every case that one may read.
/// </summary>
public sealed record QueueFilter
{
    public string? Authority { get; init; }
    /// <summary>A team, `all`, or null for one's own.</summary>
    public string? Team { get; init; }
    public string? Service { get; init; }
    public string? Stage { get; init; }
    /// <summary>open, closed or all.</summary>
    public string? Status { get; init; }
    public string? Due { get; init; }
    /// <summary>me, none or a member.</summary>
    public string? Assigned { get; init; }
    public string? Sort { get; init; }
    public string? Q { get; init; }
    public string? After { get; init; }

    /// <summary>Cases on a page of the queue.</summary>
    public const int PageSize = 50;

    public static QueueFilter From(IQueryCollection query)
    {
        ArgumentNullException.ThrowIfNull(query);
        string? Take(string name) => query[name].ToString() is { Length: > 0 and <= 200 } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
        return new QueueFilter
        {
            Authority = Take("authority"), Team = Take("team"), Service = Take("service"), Stage = Take("stage"), Status = Take("status"), Due = Take("due"), Assigned = Take("assigned"),
            Sort = Take("sort"), Q = Take("q"), After = Take("after"),
        };
    }

    public bool IsSearch => Q is not null;

    /// <summary>The status that is shown: closed ones are looked for only where somebody searches or says so.</summary>
    public string ShownStatus => Status ?? (IsSearch ? "all" : "open");

    public string ShownSort => Sort ?? (ShownStatus == "open" ? "due" : "newest");

    /// <summary>Whether one's own teams are shown, as nothing else is said.</summary>
    public bool IsOwnTeams(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return Team is null && !IsSearch && caller.Teams.Count > 0 && Assigned != "me";
    }

    /// <summary>The teams that are shown; null for all.</summary>
    public IReadOnlyCollection<string>? TeamsShown(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return Team is { } team && team != "all" ? [team] : IsOwnTeams(caller) ? [.. caller.Teams.Order(StringComparer.Ordinal)] : null;
    }

    public CaseFilter For(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return new CaseFilter
        {
            Authority = Authority, Teams = TeamsShown(caller), Service = Service, Stage = Stage, Status = ShownStatus == "all" ? null : ShownStatus, Due = Due,
            Assigned = Assigned == "me" ? caller.Id : Assigned, Sort = ShownSort, Q = Q, After = After, Limit = PageSize,
        };
    }

    /// <summary>The address that shows it.</summary>
    public string Href
    {
        get
        {
            var query = new QueryString();
            foreach (var (name, value) in new[] { ("q", Q), ("team", Team), ("authority", Authority), ("service", Service), ("stage", Stage), ("status", Status), ("due", Due), ("assigned", Assigned), ("sort", Sort), ("after", After) })
                if (value is not null) query = query.Add(name, value);
            return "/desk" + query.ToUriComponent();
        }
    }
}
