using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Moothall.Benchmarks.Creating;

/// <summary>The cases that both ways make: a pothole each, with a street, a place on the map and a person of its own. Everybody is invented.</summary>
internal static class NewCases
{
    public const string Service = "report-a-pothole";
    static readonly string[] Streets = ["High Street", "Mill Lane", "Church Road", "Station Road", "Green Lane", "Park Avenue", "Manor Way", "Orchard Close"];

    /// <summary>The `answers` object of one case.</summary>
    public static JsonObject Answers(int number) => new()
    {
        ["where"] = new JsonObject { ["text"] = $"{number % 120 + 1} {Streets[number % Streets.Length]}, Didcot", ["latitude"] = 51.6066 + number % 700 * 0.00001, ["longitude"] = -1.2410 - number % 500 * 0.00001 },
        ["size"] = number % 2 == 0 ? "large" : "small",
        ["deep"] = number % 2 == 0 ? false : null,
        ["you"] = new JsonObject { ["name"] = $"Pat Tern {number}", ["email"] = string.Create(CultureInfo.InvariantCulture, $"pattern{number}@mail.example") },
    };

    /// <summary>The whole body of the API.</summary>
    public static string Body(int number)
    {
        var answers = Answers(number);
        if (answers["deep"] is null) answers.Remove("deep");
        return new JsonObject { ["answers"] = answers, ["channel"] = "api" }.ToJsonString(JsonSerializerOptions.Web);
    }
}
