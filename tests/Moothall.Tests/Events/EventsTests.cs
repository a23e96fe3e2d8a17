using System.Reflection;
using System.Runtime.CompilerServices;
using Moothall.Store;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Events;

/// <summary>
/// The log is for ever. A file in samples/ is an event as a released version wrote it, TYPE.SCHEMA.json: it is never changed or taken away, and a new
/// schema brings a new file.
/// </summary>
public class EventsTests
{
    // What an event may say, everywhere: codes, ids, counts, amounts and times. A new name is put here after asking whether it could ever single a person out.
    static readonly HashSet<string> Allowed =
    [
        "Service", "FromService", "ToService", "Version", "Hash", "Authority", "StartedAuthority", "Channel", "Team", "FromTeam", "ToTeam", "HandOff", "Stage", "FromStage", "From", "To", "Action", "Outcome", "What",
        "How", "Exit", "LastQuestion", "Reason", "At", "Score", "About", "By", "Kind", "As", "Received", "StartedAt", "ClosedAt", "CloseBy", "StageDue", "InTime", "WasInTime", "Duplicate", "Returned",
        "Undone", "UndoneSchema", "UndoneAt", "UndoneFacts", "Decided", "Cases", "Asked", "Prefilled", "Corrected", "AskedAgain", "Seconds", "HandlingSeconds", "DigitalOffered", "DigitalTaken", "Charge", "Pence",
        "IncomeCode", "Vat", "Partner", "Agreement", "Fields", "FromCharge", "FromIncomeCode", "CaseVersion", "Ends",
    ];

    static readonly Type[] Kinds = [typeof(string), typeof(int), typeof(bool), typeof(Instant), typeof(Instant?), typeof(Actor), typeof(IReadOnlyDictionary<string, string>)];

    static readonly List<Type> Types = [.. typeof(IEvent).Assembly.GetTypes().Where(t => !t.IsInterface && t.IsAssignableTo(typeof(IEvent)))];

    static string Samples([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "samples");

    static T Static<T>(Type type, string property) => (T)type.GetProperty(property, BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;

    public static TheoryData<string> Released() => [.. Directory.EnumerateFiles(Samples(), "*.json").Select(f => Path.GetFileNameWithoutExtension(f)!).Order()];

    [Theory, MemberData(nameof(Released))]
    public void Every_event_ever_released_can_be_read(string sample)
    {
        var (name, schema) = (sample[..sample.LastIndexOf('.')], int.Parse(sample[(sample.LastIndexOf('.') + 1)..], System.Globalization.CultureInfo.InvariantCulture));
        var type = Types.SingleOrDefault(t => Static<string>(t, "Type") == name).ShouldNotBeNull($"nothing reads {name} any more");
        var json = File.ReadAllText(Path.Combine(Samples(), sample + ".json")).Trim();
        var entry = new LogEvent(default, "stream", 1, name, schema, OpenHouse.Monday, false, json);
        var read = typeof(EventJson).GetMethod(nameof(EventJson.Read))!.MakeGenericMethod(type).Invoke(null, [entry]).ShouldNotBeNull();
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.Name != "EqualityContract"))
            property.GetValue(read).ShouldNotBeNull($"{sample} should say {property.Name}");
        if (schema != Static<int>(type, "Schema")) return;
        var written = (NewEvent)typeof(EventJson).GetMethod(nameof(EventJson.ToLog))!.MakeGenericMethod(type).Invoke(null, [read, OpenHouse.Monday, false])!;
        written.Json.ShouldBe(json, "the newest schema is written as its sample says; another form needs another schema number");
    }

    [Fact]
    public void Every_version_of_every_event_has_a_sample()
    {
        Types.ShouldNotBeEmpty();
        var expected = Types.SelectMany(t => Enumerable.Range(1, Static<int>(t, "Schema")).Select(schema => $"{Static<string>(t, "Type")}.{schema}"));
        Released().Select(row => row.Data).ShouldBe(expected, ignoreOrder: true);
    }

    [Fact]
    public void This_version_knows_every_event_up_to_its_newest_schema_and_no_later_one()
    {
        static LogEvent Entry(string type, int schema) => new(default, "stream", 1, type, schema, OpenHouse.Monday, false, "{}");
        foreach (var type in Types)
        {
            var (name, newest) = (Static<string>(type, "Type"), Static<int>(type, "Schema"));
            EventJson.Knows(Entry(name, newest)).ShouldBeTrue(name);
            EventJson.Knows(Entry(name, newest + 1)).ShouldBeFalse(name);
        }
        EventJson.Knows(Entry("case.vanished", 1)).ShouldBeFalse();
    }

    [Fact]
    public void No_two_events_share_a_name() => Types.Select(t => Static<string>(t, "Type")).ShouldBeUnique();

    [Fact]
    public void No_event_says_who_somebody_is()
    {
        foreach (var type in Types.Append(typeof(Actor)))
            foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.Name != "EqualityContract"))
            {
                Allowed.ShouldContain(property.Name, $"{type.Name}.{property.Name} is not among the names that an event may say");
                Kinds.ShouldContain(property.PropertyType, $"{type.Name}.{property.Name} could carry anything");
            }
    }

    [Fact]
    public void An_event_of_a_newer_program_stops_its_reader() =>
        Should.Throw<InvalidDataException>(() => EventJson.Read<JourneyStarted>(new LogEvent(default, "stream", 1, "journey.started", 99, OpenHouse.Monday, false, "{}")));
}
