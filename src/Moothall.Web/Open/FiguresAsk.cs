using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Performance;
using NodaTime;
using NodaTime.Text;

namespace Moothall.Web.Open;

/// <summary>Which figures somebody asked for: the days as they were typed and as read, and whose. Without days it is the last year, as in the API.</summary>
public sealed record FiguresAsk
{
    public required string From { get; init; }
    public required string To { get; init; }
    /// <summary>Null asks for all councils.</summary>
    public Authority? Authority { get; init; }
    /// <summary>Null where the days cannot be read: Refusal says why.</summary>
    public ReportingPeriod? Period { get; init; }
    public Message? Refusal { get; init; }
    public required LocalDate Today { get; init; }
    public required IReadOnlyList<Authority> Authorities { get; init; }

    /// <summary>The question in an address, or null where it names an authority that there is not.</summary>
    public static FiguresAsk? Read(IQueryCollection query, CouncilFiles council, LocalDate today)
    {
        var named = query["authority"].ToString();
        var authority = named.Length == 0 ? null : council.FindAuthority(named);
        if (named.Length > 0 && authority is null) return null;
        var (from, to) = (query["from"].ToString(), query["to"].ToString());
        var (period, refusal) = ReportingPeriod.Read(from, to, today);
        return new FiguresAsk
        {
            From = period is null ? from : Iso(period.From), To = period is null ? to : Iso(period.To), Authority = authority, Period = period, Refusal = refusal, Today = today,
            Authorities = council.Authorities,
        };
    }

    /// <summary>An address that asks the same of another page.</summary>
    public string At(string path) => With(path, Authority, From, To);

    /// <summary>An address for the days since then, of the same council.</summary>
    public string Since(string path, LocalDate first) => With(path, Authority, Iso(first), Iso(Today));

    static string With(string path, Authority? authority, string from, string to) => QueryHelpers.AddQueryString(path,
        new Dictionary<string, string?> { ["authority"] = authority?.Id, ["from"] = from, ["to"] = to }.Where(p => !string.IsNullOrEmpty(p.Value)));

    static string Iso(LocalDate day) => LocalDatePattern.Iso.Format(day);
}
