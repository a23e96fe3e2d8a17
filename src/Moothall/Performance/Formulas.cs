using static Moothall.Definitions.Phrases;

namespace Moothall.Performance;

/// <summary>In what a figure is given: how many, a rate from 0 to 1, or pounds.</summary>
public enum FigureUnit { Number, Rate, Pounds }

/// <summary>A number that a worked example begins with, in words and as it is counted.</summary>
public sealed record Given(string Words, string Channel, Count Count, long Number);

/// <summary>
/// A figure, how it is reckoned, and an example of it. Working is plain arithmetic over the numbers given. A test reckons every example both by its
/// working and by the code that makes the published figures.
/// </summary>
/// <param name="Key">Its name in the JSON: `satisfaction.weighted`.</param>
/// <param name="Prices">Pounds that the example uses, by channel, or by role for an hour of staff.</param>
public sealed record Formula(string Key, string Title, FigureUnit Unit, string Words, string Source, IReadOnlyList<Given> Given, string Working, decimal Result,
    IReadOnlyDictionary<string, decimal>? Prices = null)
{
    /// <summary>The numbers given as sums by channel, as the figures take them.</summary>
    public IReadOnlyDictionary<string, Counts> ByChannel()
    {
        var byChannel = new Dictionary<string, Counts>();
        foreach (var given in Given)
        {
            if (!byChannel.TryGetValue(given.Channel, out var counts))
                byChannel.Add(given.Channel, counts = new Counts());
            counts[given.Count] += given.Number;
        }
        return byChannel;
    }
}

/// <summary>Every published figure with its formula: what the page of formulas prints.</summary>
public static class Formulas
{
    static readonly string Manual = Mark("GOV.UK Service Manual, mandatory key performance indicators");
    static readonly string House = Mark("Moothall, docs/reference/figures.md");
    static readonly string Digital = Mark("GOV.UK Service Manual, digital take-up");

    static readonly IReadOnlyList<Given> Transactions =
    [
        new(Mark("cases received on the web"), "web", Count.Received, 60),
        new(Mark("finished on the web with help"), "assisted", Count.Received, 10),
        new(Mark("by chat"), "chat", Count.Received, 5),
        new(Mark("from other programs"), "api", Count.Received, 5),
        new(Mark("by phone"), "phone", Count.Received, 18),
        new(Mark("in person"), "in-person", Count.Received, 2),
    ];

    static readonly IReadOnlyList<Given> Answers =
    [
        new(Mark("very satisfied"), "web", Count.VerySatisfied, 10),
        new(Mark("satisfied"), "web", Count.Satisfied, 6),
        new(Mark("neither"), "web", Count.Neither, 1),
        new(Mark("dissatisfied"), "web", Count.Dissatisfied, 2),
        new(Mark("very dissatisfied"), "web", Count.VeryDissatisfied, 1),
    ];

    public static readonly IReadOnlyList<Formula> All =
    [
        new("started", Mark("Started"), FigureUnit.Number,
            Mark("Drafts that got a first valid answer, by the day of that answer. Looking at a page is not a start. When the place turns out to be another authority's, the start counts there."),
            House, [new(Mark("drafts on the web"), "web", Count.Started, 80), new(Mark("drafts finished with help"), "assisted", Count.Started, 5)], "80 + 5", 85),
        new("completed", Mark("Completed"), FigureUnit.Number,
            Mark("Journeys that came to a designed end (sent, or told not eligible), by the day the draft began, and cases that came without a journey, by the day they came."),
            Manual,
            [
                new(Mark("journeys sent"), "web", Count.CompletedSubmitted, 70),
                new(Mark("told on the way that it is not for them"), "web", Count.CompletedExit, 6),
                new(Mark("cases taken by phone"), "phone", Count.CompletedDirect, 14),
            ], "70 + 6 + 14", 90),
        new("completionRate", Mark("Completion rate"), FigureUnit.Rate,
            Mark("Journeys on the web, assisted or by chat that came to a designed end, divided by those and the drafts left for 28 days. Drafts still under way are in neither number; what staff type and programs send is no journey."),
            Manual,
            [
                new(Mark("journeys sent"), "web", Count.CompletedSubmitted, 70),
                new(Mark("told on the way that it is not for them"), "web", Count.CompletedExit, 6),
                new(Mark("sent with help"), "assisted", Count.CompletedSubmitted, 4),
                new(Mark("left for 28 days"), "web", Count.Abandoned, 20),
                new(Mark("cases taken by phone, which are no journeys"), "phone", Count.CompletedDirect, 14),
            ], "(70 + 6 + 4) / (70 + 6 + 4 + 20)", 0.8m),
        new("digitalTakeUp", Mark("Digital take-up"), FigureUnit.Rate,
            Mark("Transactions by web, chat, other programs, or finished on the web with help, divided by all transactions. A transaction is a case received in the period."),
            Digital, Transactions, "(60 + 10 + 5 + 5) / (60 + 10 + 5 + 5 + 18 + 2)", 0.8m),
        new("digitalTakeUpUnassisted", Mark("Digital take-up without help"), FigureUnit.Rate,
            Mark("As digital take-up, but what was finished with help is not counted as digital."),
            House, Transactions, "(60 + 5 + 5) / (60 + 10 + 5 + 5 + 18 + 2)", 0.7m),
        new("cases.received", Mark("Received"), FigureUnit.Number,
            Mark("Cases made, by the day they were received, by whatever channel they came."),
            House, Transactions, "60 + 10 + 5 + 5 + 18 + 2", 100),
        new("cases.closed", Mark("Closed"), FigureUnit.Number,
            Mark("Cases closed, by the day of the closing. When a case is opened again its closing is taken back on the day it was counted, so no case counts twice."),
            House, [new(Mark("closings"), "web", Count.Closed, 41), new(Mark("closings of them taken back, since opened again"), "web", Count.Closed, -1)], "41 - 1", 40),
        new("closedInTimeRate", Mark("Closed in time"), FigureUnit.Rate,
            Mark("Cases closed at or before the time promised, divided by the cases closed. While a case waits for the person who asked, the clock stands still."),
            House, [new(Mark("cases closed"), "web", Count.Closed, 40), new(Mark("of them in time"), "web", Count.ClosedInTime, 34)], "34 / 40", 0.85m),
        new("cases.open", Mark("Open"), FigureUnit.Number,
            Mark("Cases open at the end of the last day: all that were ever received, opened again or moved here, less those closed or moved away."),
            House,
            [
                new(Mark("received"), "web", Count.Received, 60),
                new(Mark("opened again"), "web", Count.Reopened, 2),
                new(Mark("moved here from another service"), "web", Count.MovedIn, 3),
                new(Mark("closings"), "web", Count.Closed, 41),
                new(Mark("moved to another service"), "web", Count.MovedOut, 4),
            ], "60 + 2 + 3 - 41 - 4", 20),
        new("satisfaction.weighted", Mark("Satisfaction, weighted"), FigureUnit.Rate,
            Mark("Four for each very satisfied, three for satisfied, two for neither, one for dissatisfied, nothing for very dissatisfied, divided by four times the answers."),
            Mark("GOV.UK Performance Platform (closed 2021)"), Answers, "(4 * 10 + 3 * 6 + 2 * 1 + 1 * 2 + 0 * 1) / (4 * (10 + 6 + 1 + 2 + 1))", 0.775m),
        new("satisfaction.plain", Mark("Satisfaction, plain"), FigureUnit.Rate,
            Mark("Very satisfied and satisfied, divided by the answers."),
            Mark("In common use beside the weighted one"), Answers, "(10 + 6) / (10 + 6 + 1 + 2 + 1)", 0.8m),
        new("cost.total", Mark("Cost, by default unit costs"), FigureUnit.Pounds,
            Mark("Transactions of each channel times the unit cost that the service's definition names for it, added up. Unit costs are published averages, not this council's own."),
            Mark("Unit costs: Socitm, as quoted in 2018"), Transactions,
            "60 * 0.09 + 10 * 2.59 + 5 * 2.59 + 5 * 0.09 + 18 * 2.59 + 2 * 8.21", 107.74m, Costs.Standard),
        new("cost.perTransaction", Mark("Cost per transaction"), FigureUnit.Pounds,
            Mark("The cost of all channels divided by all transactions; both published to the penny, halves to the even penny."),
            Manual, Transactions, "(60 * 0.09 + 10 * 2.59 + 5 * 2.59 + 5 * 0.09 + 18 * 2.59 + 2 * 8.21) / (60 + 10 + 5 + 5 + 18 + 2)", 1.08m, Costs.Standard),
        new("cost.measured", Mark("Cost, measured"), FigureUnit.Pounds,
            Mark("Hours of staff on cases and contacts times the hourly rate of the council's rate card, and transactions times the card's cost of their channel. Only where time was recorded and a card is in force on every day of the period; never mixed with default costs."),
            House,
            [
                new(Mark("cases received on the web"), "web", Count.Received, 100),
                new(Mark("seconds of workers on them"), "web", Count.WorkerSeconds, 36_000),
                new(Mark("seconds in all on them"), "web", Count.HandlingSeconds, 36_000),
                new(Mark("cases taken by phone"), "phone", Count.Received, 20),
                new(Mark("seconds of advisors on them"), "phone", Count.AdvisorSeconds, 7_200),
                new(Mark("seconds in all on them"), "phone", Count.HandlingSeconds, 7_200),
                new(Mark("seconds of advisors on calls about progress"), "phone", Count.ContactSeconds, 3_600),
            ],
            "36000 / 3600 * 24.00 + (7200 + 3600) / 3600 * 20.00 + 100 * 0.05 + 20 * 0.40", 313.00m,
            new Dictionary<string, decimal> { ["worker"] = 24.00m, ["advisor"] = 20.00m, ["web"] = 0.05m, ["phone"] = 0.40m }),
    ];

    /// <summary>The formula of a figure by its name in the JSON, or null.</summary>
    public static Formula? Find(string key) => All.FirstOrDefault(f => f.Key == key);
}
