using System.Globalization;
using System.Text.Json.Nodes;

namespace Moothall.Benchmarks.Replaying;

/// <summary>One action on a case: its name, when, and the answers it asks for.</summary>
internal sealed record Step(string Action, DateTime At, JsonObject Answers);

/// <summary>
/// What is asked in a row's name and how its case is worked, by the definitions of the eight services. Most cases are worked as usual, over a middle
/// stage; complaints and requests wait for the person on the way, so their clocks stop and their deadlines move.
/// </summary>
internal static class Work
{
    static readonly Dictionary<string, string[]> Places = new()
    {
        ["wessex"] = ["Outside the post office, High Street, Wallingford", "Near the bus stop on Broadway, Didcot", "Alley behind the shops, Upper High Street, Thame"],
        ["mercia"] = ["Opposite 8 Mill Street, Wantage", "Side wall of the chemist, Market Place, Wantage", "Lay-by on the Denchworth Road, Grove"],
    };

    static readonly Dictionary<string, (string Line, string Town, string Postcode)[]> Homes = new()
    {
        ["wessex"] = [("19 Castle Street", "Wallingford", "OX10 8DL"), ("7 St Mary's Street", "Wallingford", "OX10 0EN")],
        ["mercia"] = [("4 Brereton Drive", "Grove", "OX12 0NZ"), ("Flat 3, 22 Bath Street", "Abingdon", "OX14 3QH")],
    };

    static readonly string[] Names = ["Leila Haddad", "Yusuf Demir", "Edith Hargreaves", "Kwame Asante", "Nguyễn Thị Hoa", "Siobhán O'Connell", "Harpreet Kaur Gill"];

    /// <summary>Whether the service asks for a place; where it does not, the body names the authority.</summary>
    public static bool AsksForPlace(string service) => service is not ("make-a-complaint" or "make-a-freedom-of-information-request");

    /// <summary>Good answers of a whole path that ends in sending.</summary>
    public static JsonObject Answers(Request311 row, string service, string authority, DateTime received)
    {
        var place = row.Number / 8;
        var day = Times.DayOf(received);
        var where = new JsonObject { ["text"] = Places[authority][place % 3] };
        var (line, town, postcode) = Homes[authority][place % 2];
        var home = new JsonObject { ["line1"] = line, ["town"] = town, ["postcode"] = postcode };
        var you = new JsonObject { ["name"] = Names[place % Names.Length], ["email"] = $"person{row.Number}@mail.example" };
        return service switch
        {
            "book-a-bulky-waste-collection" => new()
            {
                ["home"] = home, ["items"] = row.Type == "Bulky Items" ? new JsonArray("sofa", "bed") : new JsonArray("fridge", "washing-machine"), ["number"] = 1 + place % 4,
                ["place"] = "front", ["day"] = Day(day.AddDays(7)), ["you"] = you, ["agree"] = true,
            },
            "report-graffiti" => new() { ["where"] = where, ["surface"] = "public", ["offensive"] = place % 10 == 0, ["size"] = "small" },
            "report-fly-tipping" => new() { ["where"] = where, ["land"] = "street", ["what"] = new JsonArray("bags", "furniture"), ["amount"] = "boot", ["seen"] = false },
            "report-a-street-light" => new() { ["where"] = where, ["problem"] = row.Type == "Single Streetlight Issue" ? "out" : "several-out" },
            "report-a-missed-bin" => new() { ["home"] = home, ["bin"] = "food", ["due"] = Day(day.AddDays(-2)), ["fetched"] = false, ["put-out"] = true, ["tag"] = "no-tag", ["you"] = you },
            "report-a-pothole" => new() { ["where"] = where, ["size"] = "large", ["deep"] = true, ["you"] = you },
            "make-a-complaint" => new()
            {
                ["wish"] = "complain", ["about"] = "other", ["happened"] = "Nobody came though I asked twice.", ["since"] = day.ToString("yyyy-MM", CultureInfo.InvariantCulture),
                ["put-right"] = "Come, and say when.", ["you"] = you,
            },
            _ => new() { ["wish"] = "records", ["request"] = "How many requests like mine did you get last year?", ["answer-by"] = "email", ["you"] = you },
        };
    }

    /// <summary>The actions from receipt to the close, spread evenly over the time that it took.</summary>
    public static IReadOnlyList<Step> Steps(string service, DateTime received, DateTime closed)
    {
        (string Action, JsonObject Answers)[] actions = service switch
        {
            "book-a-bulky-waste-collection" => [("booked", new() { ["agreed-day"] = Day(Times.DayOf(closed).AddDays(1)), ["price"] = 35.50m }), ("collected", [])],
            "report-graffiti" => [("send-crew", []), ("removed", [])],
            "report-fly-tipping" => [("clear", []), ("cleared", new() { ["waste"] = "boot" })],
            "report-a-street-light" => [("send-engineer", []), ("mended", [])],
            "report-a-missed-bin" => [("crew-recorded", new() { ["record"] = "The road was blocked by a lorry." })],
            "report-a-pothole" => [("inspect", []), ("no-defect", new() { ["finding"] = "The surface is sound." })],
            "make-a-complaint" =>
            [
                ("acknowledged", new() { ["handler"] = "Daniel Okonedo" }), ("answer", new() { ["finding"] = "upheld", ["learned"] = "We ring before we come." }), ("no-review", []),
            ],
            _ => [("ask-what", new() { ["unclear"] = "Which year do you mean?" }), ("clear", []), ("check", []), ("all-given", [])],
        };
        var seconds = (long)(closed - received).TotalSeconds;
        return [.. actions.Select((a, i) => new Step(a.Action, received.AddSeconds(seconds * (i + 1) / actions.Length), a.Answers))];
    }

    /// <summary>From when to when the case waited for the person, by the stages that those steps pass; null when it never did.</summary>
    public static (DateTime Stopped, DateTime Resumed)? Waited(string service, IReadOnlyList<Step> steps) => service switch
    {
        "make-a-complaint" => (steps[1].At, steps[2].At),
        "make-a-freedom-of-information-request" => (steps[0].At, steps[1].At),
        _ => null,
    };

    static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
