namespace Moothall.Benchmarks.Replaying;

/// <summary>A line of figures: one service of one authority by one channel.</summary>
internal readonly record struct Line(string Service, string Authority, string Channel);

/// <summary>What is counted of cases.</summary>
internal readonly record struct Sums(long Received, long Closed, long ClosedInTime, long OpenAtEnd)
{
    public static Sums operator +(Sums a, Sums b) => new(a.Received + b.Received, a.Closed + b.Closed, a.ClosedInTime + b.ClosedInTime, a.OpenAtEnd + b.OpenAtEnd);
}

/// <summary>The figures as they have to be, counted case by case from the rows alone.</summary>
internal sealed class Expected
{
    readonly Dictionary<(Line Line, int Month), Sums> months = [];

    Expected(IReadOnlyDictionary<string, Promises> promises) => Promised = promises;

    public IReadOnlyDictionary<string, Promises> Promised { get; }
    public IEnumerable<Line> Lines => months.Keys.Select(k => k.Line).Distinct();

    /// <param name="services">The folder of services, for what they promise and cost.</param>
    /// <param name="council">The folder of the council, for its bank holidays.</param>
    public static Expected Of(History history, string services, string council)
    {
        var calendar = WorkingDays.Read(council);
        var expected = new Expected(history.Cases.Select(c => c.Service).Distinct().ToDictionary(s => s, s => Promises.Read(services, s)));
        foreach (var past in history.Cases)
        {
            var line = new Line(past.Service, past.Authority, past.Channel);
            var due = calendar.Add(past.Received, expected.Promised[past.Service].CloseWithinWorkingDays);
            if (past.Closed is not null && Work.Waited(past.Service, past.Steps) is var (stopped, resumed)) due = calendar.Extend(due, stopped, resumed);
            expected.Add(line, Times.DayOf(past.Received).Month, new Sums(1, 0, 0, 0));
            if (past.Closed is { } closed) expected.Add(line, Times.DayOf(closed).Month, new Sums(0, 1, closed <= due ? 1 : 0, 0));
        }
        return expected;
    }

    void Add(Line line, int month, Sums sums) => months[(line, month)] = months.GetValueOrDefault((line, month)) + sums;

    /// <summary>What was counted in some months of those lines that are wanted; open is at the end of the last of these months.</summary>
    public Sums Of(Func<Line, bool> wanted, int from, int to)
    {
        var sums = new Sums();
        foreach (var ((line, month), counted) in months)
        {
            if (!wanted(line) || month > to) continue;
            sums += month >= from ? counted with { OpenAtEnd = counted.Received - counted.Closed } : new Sums(0, 0, 0, counted.Received - counted.Closed);
        }
        return sums;
    }
}
