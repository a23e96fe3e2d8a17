using Moothall.Cases;

namespace Moothall.Web.Desk;

/// <summary>How asking somebody to agree stands, in words for staff.</summary>
static class CoSignWords
{
    /// <summary>When they were written to, until when they can answer, and whether the message came.</summary>
    public static string Of(CoSignStanding standing, DeskVisit desk)
    {
        if (standing.Asked is not { } asked || standing.LastDay(desk.Zone) is not { } last) return desk.Say("We write to them a minute after it came here.");
        var said = standing.Reminded is { } reminded
            ? desk.Say("We wrote to them {time} and reminded them {reminded}. Their link works until {day}.", ("time", DeskWords.At(asked, desk)), ("reminded", DeskWords.At(reminded, desk)), ("day", desk.Look.Day(last)))
            : desk.Say("We wrote to them {time}. Their link works until {day}.", ("time", DeskWords.At(asked, desk)), ("day", desk.Look.Day(last)));
        return standing.Message is { State: not "sent" } message ? $"{said} {MessageWords.State(desk.Look, message)}" : said;
    }
}
