using Moothall.Store;
using NodaTime;

namespace Moothall.Tests.Performance;

/// <summary>Short ways to say what happened, so that a test reads as a story.</summary>
static class Happenings
{
    public static readonly Instant Noon = At(2026, 3, 3, 12);

    public static Instant At(int year, int month, int day, int hour, int minute = 0) => Instant.FromUtc(year, month, day, hour, minute);

    public static LogEvent Entry<T>(T happened, Instant at, string stream = "case/POT-0000-0000", int version = 1, long number = 1) where T : IEvent
    {
        var entry = EventJson.ToLog(happened, at);
        return new LogEvent(new LogPosition(0, number), stream, version, entry.Type, entry.Schema, entry.At, entry.Imported, entry.Json);
    }

    public static JourneyStarted Started(string authority = "wessex", string channel = "web") => new("report-a-pothole", authority, channel);

    public static JourneyEnded Ended(string how, Instant startedAt, string authority = "wessex", string startedAuthority = "wessex", string channel = "web",
        string? lastQuestion = "photo", int seconds = 180) =>
        new("report-a-pothole", authority, startedAuthority, channel, how, how == "exit" ? "not-a-road" : null, startedAt, lastQuestion, 5, 0, 1, 0, seconds);

    public static CaseReceived Received(string channel = "web", string authority = "wessex", string service = "report-a-pothole", Actor? by = null, int seconds = 0) =>
        new(service, 1, authority, "streets", "triage", channel, by ?? Actor.Resident, null, null, new Dictionary<string, string>(), 5, 1, 2, 0, seconds, true, channel == "web");

    public static CaseClosed Closed(bool inTime = true, string channel = "web", string service = "report-a-pothole", int seconds = 0, bool duplicate = false) =>
        new(service, "wessex", "streets", channel, "repaired", "repair", "repaired", Noon, null, inTime, Actor.Worker, seconds, duplicate);

    public static CaseReopened Reopened(Instant closedAt, bool wasInTime = true, string channel = "web") =>
        new("report-a-pothole", "wessex", "streets", channel, "triage", null, closedAt, wasInTime, Actor.Worker, 0);

    public static CaseMoved Moved(string to, string toTeam = "waste") => new("report-a-pothole", to, "wessex", "web", "streets", toTeam, "triage", "triage", Actor.Worker, 0);
}
