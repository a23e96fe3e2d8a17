namespace Moothall.Definitions;

/// <summary>An action in the box of its stage.</summary>
/// <param name="Y">Of the middle of its first line.</param>
/// <param name="Words">What it is called, in lines 20 apart.</param>
/// <param name="Quiet">Where it leads, in words, in lines 18 apart below.</param>
/// <param name="Closes">Whether the case ends with it.</param>
public sealed record WorkRow(PathPart Part, double Y, IReadOnlyList<string> Words, IReadOnlyList<string> Quiet, bool Closes, MapState State);

/// <summary>A stage as a box with its actions.</summary>
/// <param name="Quiet">Its time, or that it waits.</param>
/// <param name="IsStart">Whether a new case begins here.</param>
public sealed record WorkBox(PathPart Part, double X, double Y, double Width, double Height, IReadOnlyList<string> Title, IReadOnlyList<string> Quiet, bool IsStart, MapState State, IReadOnlyList<WorkRow> Rows);

/// <summary>A line from an action to the stage that it leads to: out of the box's side, along a lane of its own, into the side of the other box.</summary>
/// <param name="LaneX">The lane: right of the boxes where it leads on, left of them where it leads back.</param>
public sealed record WorkLine(string From, string Action, string To, double FromX, double FromY, double LaneX, double ToX, double ToY, MapState State);

/// <summary>
/// Places the map of a case's stages: a box a layer, in the order in which cases come to them, with lines that lead on at the right and lines that lead back at the left. Lines that pass each
/// other have lanes of their own, so that none lies upon another or runs through a box.
/// </summary>
public sealed record WorkLayout(IReadOnlyList<WorkBox> Boxes, IReadOnlyList<WorkLine> Lines, double Width, double Height)
{
    const double BoxWidth = 340, Pad = 14, Row = 20, QuietRow = 18, Between = 30, Edge = 8, Lane = 14, Out = 18;

    /// <summary>The map of a service's stages with what its examples take.</summary>
    public static WorkLayout Of(ServiceDefinition definition, PathCoverage coverage, Phrases phrases)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(coverage);
        ArgumentNullException.ThrowIfNull(phrases);
        var work = definition.Work;
        var order = Order(work);
        var links = order.SelectMany((stage, at) => stage.Actions.Where(a => a.To is not null).Select(action => (Stage: stage, At: at, Action: action, To: order.FindIndex(s => s.Name == action.To))))
            .Where(l => l.To >= 0).ToList();
        var (on, back) = (Lanes([.. links.Where(l => l.To > l.At).Select(l => (l.At, l.To))]), Lanes([.. links.Where(l => l.To <= l.At).Select(l => (l.To, l.At))]));
        var left = back.Count == 0 ? Edge : Edge + Out + (back.Max() + 1) * Lane;

        var boxes = new List<WorkBox>();
        var y = Edge;
        foreach (var stage in order)
        {
            boxes.Add(Box(definition, stage, left, y, coverage, phrases));
            y += boxes[^1].Height + Between;
        }
        var lines = new List<WorkLine>();
        var arrivals = new Dictionary<(int, bool), int>();
        var (lead, ret) = (0, 0);
        // Lines that come down reach a box the inner lane first, those that come up the outer lane first: so they do not cross at its side.
        foreach (var (link, lane) in links.Select(l => (Link: l, Lane: l.To > l.At ? on[lead++] : back[ret++])).OrderBy(l => l.Link.To > l.Link.At ? l.Lane : -l.Lane).ToList())
        {
            var (stage, at, action, to) = link;
            var isBack = to <= at;
            var number = arrivals[(to, isBack)] = arrivals.GetValueOrDefault((to, isBack)) + 1;
            var x = isBack ? left : left + BoxWidth;
            var row = boxes[at].Rows.First(r => r.Part.Name == action.Name);
            lines.Add(new WorkLine(stage.Name, action.Name, action.To!, x, row.Y, isBack ? x - Out - lane * Lane : x + Out + lane * Lane, x, boxes[to].Y + Math.Min(boxes[to].Height - 8, 8 + number * 12), row.State));
        }
        return new WorkLayout(boxes, lines, left + BoxWidth + (on.Count == 0 ? Edge : Out + (on.Max() + 1) * Lane + Edge), y - Between + Edge);
    }

    /// <summary>Stages in the order in which cases come to them first; those that none comes to at the end.</summary>
    static List<Stage> Order(Work work)
    {
        var routes = WorkRoutes.From(work);
        return [.. work.Stages.OrderBy(s => routes.TryGetValue(s.Name, out var route) ? route.Actions.Count : int.MaxValue)];
    }

    static WorkBox Box(ServiceDefinition definition, Stage stage, double x, double y, PathCoverage coverage, Phrases phrases)
    {
        MapState StateOf(PathPart part) => coverage.Find(part.Kind, part.Of, part.Name) switch { { IsPossible: false } => MapState.Never, { IsTaken: true } => MapState.Tested, _ => MapState.Untested };
        var room = BoxWidth - 2 * Pad;
        var title = MapText.Wrap(stage.Label.In(phrases.Language), room, JourneyLayout.Size);
        var quiet = stage.WaitsForResident ? phrases.Say("Waits for the resident; the clock stands still") : stage.WaitsForCoSigner ? phrases.Say("Waits for whoever must agree; the clock stands still") : stage.Within is { } within ? Time(within, phrases) : null;
        IReadOnlyList<string> small = quiet is null ? [] : MapText.Wrap(quiet, room, JourneyLayout.QuietSize);
        var at = y + Pad + 8 + title.Count * Row + small.Count * QuietRow + 14;
        var rows = new List<WorkRow>();
        foreach (var action in stage.Actions)
        {
            var part = new PathPart(PathKind.Action, stage.Name, action.Name);
            var leads = action.Close is { } close ? phrases.Say("closes the case: {outcome}", ("outcome", definition.Work.FindOutcome(close)?.Label.In(phrases.Language) ?? close))
                : phrases.Say("leads to {stage}", ("stage", definition.Work.FindStage(action.To!)?.Label.In(phrases.Language) ?? action.To));
            var (words, where) = (MapText.Wrap(action.Label.In(phrases.Language), room - 22, JourneyLayout.Size), MapText.Wrap(leads, room - 22, JourneyLayout.QuietSize));
            rows.Add(new WorkRow(part, at, words, where, action.Close is not null, StateOf(part)));
            at += words.Count * Row + where.Count * QuietRow + 8;
        }
        return new WorkBox(new(PathKind.Stage, stage.Name), x, y, BoxWidth, at - y - 4, title, small, definition.Work.Beginnings.Contains(stage.Name), StateOf(new(PathKind.Stage, stage.Name)), rows);
    }

    static string Time(Target target, Phrases phrases)
    {
        if (target.Always is { } always) return phrases.Say("Within {time}", ("time", phrases.Length(always)));
        return phrases.Say("Within {times}", ("times", string.Join(", ", target.ByValue.Values.Distinct().Select(p => phrases.Length(p)))));
    }

    /// <summary>A lane for each span, the shortest nearest to the boxes; spans that share a stretch have different lanes.</summary>
    internal static List<int> Lanes(IReadOnlyList<(int From, int To)> spans)
    {
        var lanes = new int[spans.Count];
        var taken = new List<List<(int From, int To)>>();
        foreach (var number in Enumerable.Range(0, spans.Count).OrderBy(i => spans[i].To - spans[i].From).ThenBy(i => spans[i].From))
        {
            var span = spans[number];
            var lane = taken.FindIndex(others => others.TrueForAll(o => o.To < span.From || o.From > span.To));
            if (lane < 0)
            {
                lane = taken.Count;
                taken.Add([]);
            }
            taken[lane].Add(span);
            lanes[number] = lane;
        }
        return [.. lanes];
    }
}
