namespace Moothall.Benchmarks.Replaying;

/// <summary>A row as a case: whose it is, by which channel it came, when, and when it was closed.</summary>
internal sealed record PastCase(Request311 Row, string Service, string Authority, string Channel, DateTime Received, DateTime? Closed)
{
    public IReadOnlyList<Step> Steps { get; } = Closed is { } at ? Work.Steps(Service, Received, at) : [];
}

/// <summary>All rows as cases of one year, in the order of the file: not the order of time, as an import may come.</summary>
internal sealed record History(Times Times, IReadOnlyList<PastCase> Cases)
{
    public static History Of(IEnumerable<Request311> rows, int year)
    {
        var times = new Times(year);
        return new History(times, [.. rows.Select(row => new PastCase(row, Mapping.Service(row.Type), Mapping.Authority(row), Mapping.Channel(row.Source), times.Received(row), times.Closed(row)))]);
    }
}
