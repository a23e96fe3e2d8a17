using Moothall.Benchmarks.Replaying;

namespace Moothall.Web.Tests;

/// <summary>Rows as the city's file has them, made by the test: every type, source, weekday and hour, the hours that summer time leaves out and repeats, and the dirt of the real durations.</summary>
static class SampleOfRows
{
    static readonly string[] Types =
    [
        "Bulky Items", "Graffiti Removal", "Metal/Household Appliances", "Illegal Dumping Pickup", "Electronic Waste", "Dead Animal Removal", "Other", "Homeless Encampment",
        "Single Streetlight Issue", "Multiple Streetlight Issue", "Report Water Waste", "Feedback",
    ];

    static readonly string[] Sources =
    [
        "Call", "Driver Self Report", "Mobile App", "Self Service", "Email", "Council's Office", "Voicemail", "Web Form", "Fax", "Walk-in", "Queue Initiated Customer Call", "Twitter",
    ];

    static readonly double[] Hours = [0, -3.5, 0.02, 7.99, 23.4, 71.25, 102.73, 240, 336.5, 843.01, 1500, 9000];

    public static IReadOnlyList<Request311> Make(int number)
    {
        var rows = new List<Request311>
        {
            new(8, "Graffiti Removal", "Call", 3, DayOfWeek.Sunday, 1, 12),
            new(16, "Graffiti Removal", "Call", 10, DayOfWeek.Sunday, 1, 12),
            new(24, "Bulky Items", "Self Service", 12, DayOfWeek.Wednesday, 23, 0),
            new(32, "Bulky Items", "Self Service", 12, DayOfWeek.Wednesday, 23, 1),
        };
        for (var i = rows.Count; i < number; i++)
            rows.Add(new Request311(8 * (i + 1), Types[i % 12], Sources[i / 12 % 12], 1 + i * 7 % 12, (DayOfWeek)(i * 3 % 7), i * 5 % 24, Hours[i * 11 / 7 % 12]));
        return rows;
    }
}
