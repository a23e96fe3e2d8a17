using Moothall.Store;
using NodaTime;

namespace Moothall.Performance;

/// <summary>
/// What some entries of the log add to the figures. Everything in it is a sum, so entries may come in any portions and, but for the order in
/// one stream that nothing here depends on, in any order. Each entry counts by its own time (<see cref="LogEvent.At"/>), so history falls on its days.
/// </summary>
public sealed class Tally
{
    /// <summary>Where a person stopped when the journey does not say.</summary>
    public const string NoQuestion = "(none)";

    readonly Dictionary<(Line Line, LocalDate Day), Counts> days = [];
    readonly Dictionary<(Line Line, LocalDate Day, string Reason), ContactCounts> contacts = [];
    readonly Dictionary<(string Service, string Authority, LocalDate Day, string Question), long> stops = [];
    readonly Dictionary<(string Service, LocalDate Month, int Class), long> times = [];

    public IReadOnlyDictionary<(Line Line, LocalDate Day), Counts> Days => days;
    public IReadOnlyDictionary<(Line Line, LocalDate Day, string Reason), ContactCounts> Contacts => contacts;
    public IReadOnlyDictionary<(string Service, string Authority, LocalDate Day, string Question), long> Stops => stops;
    /// <summary>Sent journeys by the month they began and their class of <see cref="JourneyTimes"/>.</summary>
    public IReadOnlyDictionary<(string Service, LocalDate Month, int Class), long> Times => times;

    /// <summary>Adds one entry. Types that no figure counts are passed over; a known type that cannot be read is an exception that stops the projection.</summary>
    public void Add(LogEvent entry)
    {
        var day = LondonDay.Of(entry.At);
        if (entry.Type == JourneyStarted.Type)
            Add(EventJson.Read<JourneyStarted>(entry), day);
        else if (entry.Type == JourneyEnded.Type)
            Add(EventJson.Read<JourneyEnded>(entry), day);
        else if (entry.Type == CaseReceived.Type)
            Add(EventJson.Read<CaseReceived>(entry), day);
        else if (entry.Type == CaseAdvanced.Type)
            Add(EventJson.Read<CaseAdvanced>(entry), day);
        else if (entry.Type == CaseClosed.Type)
            Add(EventJson.Read<CaseClosed>(entry), day);
        else if (entry.Type == CaseReopened.Type)
            Add(EventJson.Read<CaseReopened>(entry), day);
        else if (entry.Type == CaseMoved.Type)
            Add(EventJson.Read<CaseMoved>(entry), day);
        else if (entry.Type == CaseHandled.Type)
            Add(EventJson.Read<CaseHandled>(entry), day);
        else if (entry.Type == CaseUndone.Type)
            TakeBack(EventJson.Read<CaseUndone>(entry).TakenBack(entry));
        else if (entry.Type == ContactRecorded.Type)
            Add(EventJson.Read<ContactRecorded>(entry), day);
        else if (entry.Type == FeedbackGiven.Type)
            Add(EventJson.Read<FeedbackGiven>(entry), day);
    }

    void Add(JourneyStarted e, LocalDate day) => On(new Line(e.Service, e.Authority, e.Channel), day)[Count.Started]++;

    void Add(JourneyEnded e, LocalDate day)
    {
        var line = new Line(e.Service, e.Authority, e.Channel);
        var began = LondonDay.Of(e.StartedAt);
        if (e.Authority != e.StartedAuthority)
        {
            On(line with { Authority = e.StartedAuthority }, began)[Count.Started]--;
            On(line, began)[Count.Started]++;
        }
        switch (e.How)
        {
            case "submitted":
                On(line, began)[Count.CompletedSubmitted]++;
                On(line, day)[Count.CompletedDirect]--;
                Increase(times, (e.Service, new LocalDate(began.Year, began.Month, 1), JourneyTimes.ClassOf(e.Seconds)), 1);
                break;
            case "exit":
                On(line, began)[Count.CompletedExit]++;
                break;
            case "abandoned":
                On(line, began)[Count.Abandoned]++;
                Increase(stops, (e.Service, e.Authority, began, e.LastQuestion ?? NoQuestion), 1);
                break;
            default:
                throw new InvalidDataException($"A journey cannot end by \"{e.How}\": the figures know submitted, exit and abandoned.");
        }
    }

    void Add(CaseReceived e, LocalDate day)
    {
        var counts = Act(new Line(e.Service, e.Authority, e.Channel), day, e.By, e.HandlingSeconds);
        counts[Count.Received]++;
        counts[Count.CompletedDirect]++;
        counts[Count.OpenChange]++;
        counts[Count.Asked] += e.Asked;
        counts[Count.Prefilled] += e.Prefilled;
        counts[Count.Corrected] += e.Corrected;
        counts[Count.AskedAgain] += e.AskedAgain;
        counts[Count.DigitalOffered] += e.DigitalOffered ? 1 : 0;
        counts[Count.DigitalTaken] += e.DigitalTaken ? 1 : 0;
    }

    void Add(CaseAdvanced e, LocalDate day)
    {
        var counts = Act(new Line(e.Service, e.Authority, e.Channel), day, e.By, e.HandlingSeconds);
        counts[Count.HandOffs] += e.HandOff ? 1 : 0;
        counts[Count.Returned] += e.Returned ? 1 : 0;
    }

    void Add(CaseClosed e, LocalDate day)
    {
        var counts = Act(new Line(e.Service, e.Authority, e.Channel), day, e.By, e.HandlingSeconds);
        counts[Count.Closed]++;
        counts[Count.ClosedInTime] += e.InTime ? 1 : 0;
        counts[Count.OpenChange]--;
        counts[Count.Duplicates] += e.Duplicate ? 1 : 0;
    }

    void Add(CaseReopened e, LocalDate day)
    {
        var line = new Line(e.Service, e.Authority, e.Channel);
        var counts = Act(line, day, e.By, e.HandlingSeconds);
        counts[Count.Reopened]++;
        counts[Count.OpenChange]++;
        var closing = On(line, LondonDay.Of(e.ClosedAt));
        closing[Count.Closed]--;
        closing[Count.ClosedInTime] -= e.WasInTime ? 1 : 0;
    }

    void Add(CaseMoved e, LocalDate day)
    {
        var old = new Line(e.FromService, e.Authority, e.Channel);
        var counts = Act(old, day, e.By, e.HandlingSeconds);
        counts[Count.HandOffs] += e.FromTeam == e.ToTeam ? 0 : 1;
        if (e.FromService == e.ToService)
            return;
        counts[Count.MovedOut]++;
        counts[Count.OpenChange]--;
        var to = On(old with { Service = e.ToService }, day);
        to[Count.MovedIn]++;
        to[Count.OpenChange]++;
    }

    void Add(CaseHandled e, LocalDate day) => Act(new Line(e.Service, e.Authority, e.Channel), day, e.By, e.HandlingSeconds);

    // What was taken back counts as if it had never been: on its own day, in every count.
    void TakeBack(LogEvent undone)
    {
        var taken = new Tally();
        taken.Add(undone);
        foreach (var ((line, day), counts) in taken.days)
            On(line, day).Subtract(counts);
    }

    void Add(ContactRecorded e, LocalDate day)
    {
        var line = new Line(e.Service ?? "", e.Authority ?? "", e.Channel);
        var key = (line, day, e.Reason);
        contacts[key] = contacts.GetValueOrDefault(key) + new ContactCounts(1, e.HandlingSeconds, e.DigitalOffered ? 1 : 0, e.DigitalTaken ? 1 : 0);
        On(line, day)[Count.ContactSeconds] += e.HandlingSeconds;
    }

    void Add(FeedbackGiven e, LocalDate day)
    {
        var count = e.Score switch
        {
            5 => Count.VerySatisfied,
            4 => Count.Satisfied,
            3 => Count.Neither,
            2 => Count.Dissatisfied,
            1 => Count.VeryDissatisfied,
            _ => throw new InvalidDataException($"Feedback has a score from 1 to 5, not {e.Score}."),
        };
        On(new Line(e.Service, e.Authority, e.Channel), day)[count]++;
    }

    Counts Act(Line line, LocalDate day, Actor by, int seconds)
    {
        var counts = On(line, day);
        counts[by.Kind switch { "person" => Count.ActsByPerson, "rule" => Count.ActsByRule, "robot" => Count.ActsByRobot,
            _ => throw new InvalidDataException($"A person, a rule or a robot acts, not \"{by.Kind}\".") }]++;
        counts[Count.HandlingSeconds] += seconds;
        counts[Count.AdvisorSeconds] += by.As == "advisor" ? seconds : 0;
        counts[Count.WorkerSeconds] += by.As == "worker" ? seconds : 0;
        return counts;
    }

    Counts On(Line line, LocalDate day)
    {
        if (!days.TryGetValue((line, day), out var counts))
            days.Add((line, day), counts = new Counts());
        return counts;
    }

    static void Increase<TKey>(Dictionary<TKey, long> sums, TKey key, long by) where TKey : notnull => sums[key] = sums.GetValueOrDefault(key) + by;
}

/// <summary>Contacts of one reason: how many, the seconds of staff, and where the digital way was offered and taken.</summary>
public readonly record struct ContactCounts(long Contacts, long Seconds, long DigitalOffered, long DigitalTaken)
{
    public static ContactCounts operator +(ContactCounts a, ContactCounts b) =>
        new(a.Contacts + b.Contacts, a.Seconds + b.Seconds, a.DigitalOffered + b.DigitalOffered, a.DigitalTaken + b.DigitalTaken);
}
