namespace Moothall.Definitions;

/// <summary>How a line or a stop of a map is drawn: taken by an example, by none yet, or by nobody at all.</summary>
public enum MapState { Tested, Untested, Never }

/// <summary>What stands at a place of the map.</summary>
public enum MapMark { Start, Question, Read, Page, Section, Exit, Alert, Condition, Send }

/// <summary>A stop of the line with its words to the right of it.</summary>
/// <param name="X">Of the middle of its mark.</param>
/// <param name="Y">Of the middle of its mark, at the height of the first line of words.</param>
/// <param name="Words">The lines of words, 20 apart.</param>
/// <param name="Quiet">Further words in smaller letters under them, 18 apart.</param>
/// <param name="Note">What the examples leave out here; the last line, 18 under the others.</param>
/// <param name="Part">What it is in the count of the examples; null where it is not counted.</param>
/// <param name="About">The name of what it shows, for its address.</param>
public sealed record MapStop(MapMark Mark, double X, double Y, IReadOnlyList<string> Words, IReadOnlyList<string> Quiet, string? Note, MapState State, PathPart? Part, string? About);

/// <summary>How a piece of line goes: down its lane, over to another lane, or off the line to what hangs on it.</summary>
public enum MapBend { None, Lane, Branch }

/// <summary>A piece of line: down the lane, out of it into a loop, or back, or to an end.</summary>
public sealed record MapTrack(double FromX, double FromY, double ToX, double ToY, MapBend Bend, MapState State);

/// <summary>A frame around the stops of one page or of one row.</summary>
public sealed record StopFrame(double X, double Y, double Width, double Height, bool Repeats);

/// <summary>
/// Places the map of a journey: each stop on a row of its own, each loop on the lane to the right of the line it leaves. So there are as many layers as stops, lines never cross, and the time is
/// that of going through the questions once.
/// </summary>
public sealed class JourneyLayout
{
    /// <summary>The width of the drawing.</summary>
    public const double Width = 480;
    const double Left = 22, Lane = 30, Beside = 18, Row = 20, QuietRow = 18, Gap = 18, Margin = 22;
    /// <summary>The sizes of letters.</summary>
    public const double Size = 16, QuietSize = 14;

    readonly List<MapStop> stops = [];
    readonly List<MapTrack> tracks = [];
    readonly List<StopFrame> frames = [];
    readonly PathCoverage coverage;
    readonly Phrases phrases;
    double y = 20;
    /// <summary>To where the line of the present lane is drawn.</summary>
    double drawn;

    JourneyLayout(PathCoverage coverage, Phrases phrases) => (this.coverage, this.phrases) = (coverage, phrases);

    public IReadOnlyList<MapStop> Stops => stops;
    public IReadOnlyList<MapTrack> Tracks => tracks;
    /// <summary>Outer frames before those in them.</summary>
    public IReadOnlyList<StopFrame> Frames => frames;
    public double Height { get; private set; }

    /// <summary>The map of a service's journey with what its examples take.</summary>
    public static JourneyLayout Of(ServiceDefinition definition, PathCoverage coverage, Phrases phrases)
    {
        ArgumentNullException.ThrowIfNull(phrases);
        var layout = new JourneyLayout(coverage, phrases);
        layout.Stop(MapMark.Start, 0, phrases.Say("Start page"), null, MapState.Tested, null, null, joined: false);
        layout.Items(JourneyMap.Of(definition), 0);
        layout.Stop(MapMark.Send, 0, phrases.Say("Check your answers and send"), null, definition.Work.Beginnings.Select(begins => layout.StateOf(begins, PathKind.Stage)).OrderBy(state => state == MapState.Tested ? 0 : 1).First(), null, null);
        layout.Height = layout.y;
        return layout;
    }

    static double X(int depth) => Left + depth * Lane;

    void Items(IReadOnlyList<MapItem> items, int depth)
    {
        foreach (var item in items)
            switch (item)
            {
                case MapSection { Section: var section }:
                    y += 10;
                    Stop(MapMark.Section, depth, section.Title.In(phrases.Language), null, MapState.Tested, null, section.Name);
                    break;
                case MapQuestion { Question: { IsGroup: true } group } of:
                    Framed(depth, repeats: true, () =>
                    {
                        Question(group, depth);
                        Items(of.Inside, depth);
                    });
                    break;
                case MapQuestion { Question: var question }:
                    Question(question, depth);
                    break;
                case MapPage { Page.IsOnlyRead: true, Page: var page }:
                    Stop(MapMark.Read, depth, page.Title.In(phrases.Language), phrases.Say("Only read"), page.When is null ? MapState.Tested : StateOf(page.Name, PathKind.Shown), page.When is null ? null : new(PathKind.Shown, page.Name), page.Name);
                    break;
                case MapPage { Page: var page } of:
                    Framed(depth, repeats: false, () =>
                    {
                        Stop(MapMark.Page, depth, page.Title.In(phrases.Language), null, MapState.Tested, null, page.Name);
                        Items(of.Inside, depth);
                    });
                    break;
                case MapExit { Exit: var exit }:
                    Ending(MapMark.Exit, depth, exit.Title, phrases.Say("Ends here if {condition}", ("condition", exit.When.InWords(phrases))), new(PathKind.Exit, exit.Name));
                    break;
                case MapAlert { Alert: var alert }:
                    Ending(MapMark.Alert, depth, alert.Title, phrases.Say("Told at once if {condition}", ("condition", alert.When.InWords(phrases))), new(PathKind.Alert, alert.Name));
                    break;
                case MapBranch branch:
                    Loop(branch, depth);
                    break;
            }
    }

    void Question(Question question, int depth)
    {
        var quiet = question.IsGroup ? phrases.Say("In each row:") : question.Optional ? phrases.Say("May be left out") : null;
        Stop(MapMark.Question, depth, question.Label(phrases.Language), quiet, StateOf(question.Name, PathKind.Asked), new(PathKind.Asked, question.Name), question.Name);
    }

    void Stop(MapMark mark, int depth, string words, string? quiet, MapState state, PathPart? part, string? about, bool joined = true)
    {
        var room = Width - X(depth) - Beside - Margin;
        var lines = MapText.Wrap(words, room, Size);
        IReadOnlyList<string> small = quiet is null ? [] : MapText.Wrap(quiet, room, QuietSize);
        if (joined) Down(depth, y, MapState.Tested);
        var note = part is null ? null : NoteOf(state);
        stops.Add(new MapStop(mark, X(depth), y, lines, small, note, state, part, about));
        drawn = y;
        y += lines.Count * Row + (small.Count + (note is null ? 0 : 1)) * QuietRow + Gap;
    }

    /// <summary>Goes on with the line of a lane to a height.</summary>
    void Down(int depth, double to, MapState state)
    {
        if (to > drawn) tracks.Add(new MapTrack(X(depth), drawn, X(depth), to, MapBend.None, state));
        drawn = to;
    }

    // What ends the journey, or is told beside it, hangs on the line by a short branch.
    void Ending(MapMark mark, int depth, Prose title, string why, PathPart part)
    {
        var state = StateOf(part.Of, part.Kind);
        var fork = y - 12;
        Down(depth, fork, MapState.Tested);
        var (x, at) = (X(depth + 1), y + 6);
        tracks.Add(new MapTrack(X(depth), fork, x, at, MapBend.Branch, state));
        y = at;
        var room = Width - x - Beside - Margin;
        var (lines, small) = (MapText.Wrap(title.In(phrases.Language), room, Size), MapText.Wrap(why, room, QuietSize, 5));
        var note = NoteOf(state);
        stops.Add(new MapStop(mark, x, y, lines, small, note, state, part, part.Name));
        y += lines.Count * Row + (small.Count + (note is null ? 0 : 1)) * QuietRow + Gap;
    }

    void Loop(MapBranch branch, int depth)
    {
        var (on, past) = StatesOf(branch);
        var fork = y - 12;
        Down(depth, fork, MapState.Tested);
        var (x, into) = (X(depth + 1), fork + 26);
        tracks.Add(new MapTrack(X(depth), fork, x, into, MapBend.Lane, on));
        y = into;
        var words = MapText.Wrap(phrases.Say("If {condition}", ("condition", branch.When.InWords(phrases))), Width - x - Beside - Margin, QuietSize, 5);
        var note = past switch { MapState.Untested => phrases.Say("No example passes this by"), MapState.Never => phrases.Say("Nobody passes this by"), _ => null };
        stops.Add(new MapStop(MapMark.Condition, x, y, [], words, note, on, null, null));
        drawn = into;
        y += (words.Count + (note is null ? 0 : 1)) * QuietRow + 12;
        Items(branch.Inside, depth + 1);
        var (leave, join) = (y - 10, y + 16);
        Down(depth + 1, leave, on);
        tracks.Add(new MapTrack(x, leave, X(depth), join, MapBend.Lane, on));
        tracks.Add(new MapTrack(X(depth), fork, X(depth), join, MapBend.None, past));
        drawn = join;
        y = join + 16;
    }

    void Framed(int depth, bool repeats, Action inside)
    {
        y += 8;
        var (at, number) = (y - 18, frames.Count);
        frames.Add(new StopFrame(0, 0, 0, 0, repeats));
        inside();
        frames[number] = new StopFrame(X(depth) - 16, at, Width - X(depth) + 12, y - at - 12, repeats);
        y += 8;
    }

    MapState StateOf(string name, PathKind kind) => coverage.Find(kind, name) switch
    {
        { IsPossible: false } => MapState.Never,
        { IsTaken: false } => MapState.Untested,
        _ => MapState.Tested,
    };

    string? NoteOf(MapState state) => state switch { MapState.Untested => phrases.Say("No example comes here"), MapState.Never => phrases.Say("Nobody can come here"), _ => null };

    /// <summary>Whether an example goes into a loop, and whether one passes it.</summary>
    (MapState Into, MapState Past) StatesOf(MapBranch branch) => StatesOf(branch, coverage);

    /// <summary>The same for whoever says it in words.</summary>
    public static (MapState Into, MapState Past) StatesOf(MapBranch branch, PathCoverage coverage)
    {
        ArgumentNullException.ThrowIfNull(branch);
        ArgumentNullException.ThrowIfNull(coverage);
        var (asked, passed) = (new List<PartCovered>(), new List<PartCovered>());
        void Add(IReadOnlyList<MapItem> items)
        {
            foreach (var item in items)
                switch (item)
                {
                    case MapQuestion { Question: var question } when coverage.Find(PathKind.Asked, question.Name) is { } one:
                        asked.Add(one);
                        if (coverage.Find(PathKind.PassedOver, question.Name) is { } other) passed.Add(other);
                        break;
                    case MapPage { Page.IsOnlyRead: true, Page: var page } when coverage.Find(PathKind.Shown, page.Name) is { } shown:
                        asked.Add(shown);
                        if (coverage.Find(PathKind.NotShown, page.Name) is { } notShown) passed.Add(notShown);
                        break;
                    case MapPage page:
                        Add(page.Inside);
                        break;
                    case MapBranch within:
                        Add(within.Inside);
                        break;
                }
        }
        Add(branch.Inside);
        var into = asked.TrueForAll(p => !p.IsPossible) ? MapState.Never : asked.Exists(p => p.IsTaken) ? MapState.Tested : MapState.Untested;
        // Past the whole loop goes who is asked nothing of it.
        var past = passed.Exists(p => !p.IsPossible) ? MapState.Never : passed.Count > 0 && passed.Select(p => p.By).Aggregate((one, other) => [.. one.Intersect(other)]).Count > 0 ? MapState.Tested : MapState.Untested;
        return (into, past);
    }
}
