using System.Globalization;
using Microsoft.AspNetCore.Components;
using Moothall.Cases;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Web.Design;
using NodaTime;

namespace Moothall.Web.Desk;

/// <summary>When something is due, in words, and how much it matters: `late`, `soon` or nothing.</summary>
public sealed record DueWords(string Words, string? Matters);

/// <summary>Codes, names and times as staff read them in lists, in their language: short, and never a colour alone.</summary>
public static class DeskWords
{
    /// <summary>How somebody reached us.</summary>
    public static string Channel(Phrases phrases, string channel)
    {
        ArgumentNullException.ThrowIfNull(phrases);
        return channel switch
        {
            "web" => phrases.Say("Website"),
            "assisted" => phrases.Say("Website, with help"),
            "phone" => phrases.Say("Phone"),
            "chat" => phrases.Say("Chat"),
            "email" => phrases.Say("Email"),
            "in-person" => phrases.Say("In person"),
            "post" => phrases.Say("Post"),
            "social" => phrases.Say("Social media"),
            "api" => phrases.Say("Another system"),
            _ => channel,
        };
    }

    /// <summary>How somebody reached us, inside a sentence.</summary>
    public static string By(Phrases phrases, string channel)
    {
        ArgumentNullException.ThrowIfNull(phrases);
        return channel switch
        {
            "web" => phrases.Say("website"),
            "assisted" => phrases.Say("website, with help"),
            "phone" => phrases.Say("phone"),
            "chat" => phrases.Say("chat"),
            "email" => phrases.Say("email"),
            "in-person" => phrases.Say("in person"),
            "post" => phrases.Say("post"),
            "social" => phrases.Say("social media"),
            "api" => phrases.Say("another system"),
            _ => channel,
        };
    }

    /// <summary>Why somebody got in touch.</summary>
    public static string Reason(Phrases phrases, string reason)
    {
        ArgumentNullException.ThrowIfNull(phrases);
        return reason switch
        {
            "new" => phrases.Say("Something new"),
            "chasing" => phrases.Say("Chasing a case"),
            "correcting" => phrases.Say("Correcting something"),
            "complaining" => phrases.Say("Complaining"),
            "question" => phrases.Say("A question"),
            _ => reason,
        };
    }

    /// <summary>How money came.</summary>
    public static string Paid(Phrases phrases, string how)
    {
        ArgumentNullException.ThrowIfNull(phrases);
        return how switch
        {
            "card" => phrases.Say("by card"),
            "cash" => phrases.Say("in cash"),
            "cheque" => phrases.Say("by cheque"),
            "bank-transfer" => phrases.Say("by bank transfer"),
            "direct-debit" => phrases.Say("by direct debit"),
            "waived" => phrases.Say("waived: it does not have to be paid"),
            "set-off" => phrases.Say("from what was paid before the case was moved"),
            _ => how,
        };
    }

    /// <summary>"Tue 3 March", "Thu 19 Nov", with the year where it is not this one.</summary>
    public static string Day(Phrases phrases, LocalDate day, LocalDate today)
    {
        ArgumentNullException.ThrowIfNull(phrases);
        var (weekday, date, month) = (Weekday(phrases, day.DayOfWeek), day.Day.ToString(CultureInfo.InvariantCulture), Month(phrases, day.Month));
        return day.Year == today.Year ? phrases.Say("{weekday} {day} {month}", ("weekday", weekday), ("day", date), ("month", month))
            : phrases.Say("{weekday} {day} {month} {year}", ("weekday", weekday), ("day", date), ("month", month), ("year", day.Year.ToString(CultureInfo.InvariantCulture)));
    }

    static string Weekday(Phrases phrases, IsoDayOfWeek day) => day switch
    {
        IsoDayOfWeek.Monday => phrases.Say("Mon"),
        IsoDayOfWeek.Tuesday => phrases.Say("Tue"),
        IsoDayOfWeek.Wednesday => phrases.Say("Wed"),
        IsoDayOfWeek.Thursday => phrases.Say("Thu"),
        IsoDayOfWeek.Friday => phrases.Say("Fri"),
        IsoDayOfWeek.Saturday => phrases.Say("Sat"),
        _ => phrases.Say("Sun"),
    };

    // Short months stay whole words.
    static string Month(Phrases phrases, int month) => month switch
    {
        1 => phrases.Say("Jan"),
        2 => phrases.Say("Feb"),
        3 => phrases.Say("March"),
        4 => phrases.Say("April"),
        5 => phrases.Say("May"),
        6 => phrases.Say("June"),
        7 => phrases.Say("July"),
        8 => phrases.Say("Aug"),
        9 => phrases.Say("Sept"),
        10 => phrases.Say("Oct"),
        11 => phrases.Say("Nov"),
        _ => phrases.Say("Dec"),
    };

    /// <summary>"Tue 3 March at 10:30am", or "today at 10:30am".</summary>
    public static string At(Instant at, DeskVisit desk)
    {
        ArgumentNullException.ThrowIfNull(desk);
        return At(desk.Phrases, at, desk.Now, desk.Zone);
    }

    /// <summary>As above, as a line begins with it: "Today at 10:30am".</summary>
    public static string AtCapital(Instant at, DeskVisit desk) => Capital(At(at, desk));

    /// <summary>As above, by language and time.</summary>
    public static string At(Phrases phrases, Instant at, Instant now, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(phrases);
        var (local, today) = (at.InZone(zone), now.InZone(zone).Date);
        var time = phrases.Time(local.TimeOfDay);
        return local.Date == today ? phrases.Say("today at {time}", ("time", time)) : local.Date == today.PlusDays(-1) ? phrases.Say("yesterday at {time}", ("time", time))
            : phrases.Say("{day} at {time}", ("day", Day(phrases, local.Date, today)), ("time", time));
    }

    /// <summary>What lists and cases say of a case's next deadline.</summary>
    public static DueWords Due(CouncilCase @case, DeskVisit desk)
    {
        ArgumentNullException.ThrowIfNull(@case);
        ArgumentNullException.ThrowIfNull(desk);
        if (@case.Closed is { } closed) return new DueWords(desk.Say("Closed {day}", ("day", Day(desk.Phrases, closed.InZone(desk.Zone).Date, desk.Today))), null);
        if (@case.StoppedAt is not null)
            return new DueWords(desk.House.Services.Find(@case.Service)?.Definition is { } definition && CoSigning.Waits(@case, definition) ? desk.Say("Waits for somebody to agree") : desk.Say("Waits for the customer"), null);
        return @case.Due is { } due ? Deadline(due, desk) : new DueWords(desk.Say("No deadline"), null);
    }

    /// <summary>A deadline that is late, today, tomorrow or on a day.</summary>
    public static DueWords Deadline(Instant due, DeskVisit desk)
    {
        ArgumentNullException.ThrowIfNull(desk);
        return Deadline(desk.Phrases, due, desk.Now, desk.Zone);
    }

    /// <summary>As above, by language and time.</summary>
    public static DueWords Deadline(Phrases phrases, Instant due, Instant now, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(phrases);
        var (local, today) = (due.InZone(zone), now.InZone(zone).Date);
        var (day, time) = (Day(phrases, local.Date, today), phrases.Time(local.TimeOfDay));
        if (due < now) return new DueWords(local.Date == today ? phrases.Say("Late since {time} today", ("time", time)) : phrases.Say("Late since {day}", ("day", day)), "late");
        if (local.Date == today) return new DueWords(phrases.Say("Today by {time}", ("time", time)), "soon");
        return new DueWords(local.Date == today.PlusDays(1) ? phrases.Say("Tomorrow by {time}", ("time", time)) : day, null);
    }

    /// <summary>A team's name, with its council's where the team works for one only.</summary>
    public static string TeamIn(CouncilFiles council, string team)
    {
        ArgumentNullException.ThrowIfNull(council);
        if (!council.Teams.TryGetValue(team, out var found)) return team;
        return found.Authorities is [var only] && council.Authorities.Count > 1 ? $"{found.Name} ({council.FindAuthority(only)?.Short ?? only})" : found.Name;
    }

    /// <summary>A team's name alone.</summary>
    public static string Team(CouncilFiles council, string team)
    {
        ArgumentNullException.ThrowIfNull(council);
        return council.Teams.TryGetValue(team, out var found) ? found.Name : team;
    }

    /// <summary>Who somebody is, also when they have left.</summary>
    public static string Member(DeskVisit desk, string member)
    {
        ArgumentNullException.ThrowIfNull(desk);
        return desk.Council.Members.TryGetValue(member, out var found) || desk.Council.Away.TryGetValue(member, out found) ? found.Name : desk.Say("Somebody who has left");
    }

    /// <summary>Somebody's roles as a line begins with them: "Worker, team leader".</summary>
    public static string Roles(Phrases phrases, Member member)
    {
        ArgumentNullException.ThrowIfNull(phrases);
        ArgumentNullException.ThrowIfNull(member);
        return Capital(string.Join(", ", member.Roles.Order().Select(r => RoleWords.Of(r).In(phrases))));
    }

    /// <summary>What is known of somebody as rows: address, roles, councils, teams.</summary>
    internal static IReadOnlyList<SummaryRow> FactsOf(Member member, DeskVisit desk)
    {
        string None(IEnumerable<string> words) => string.Join(", ", words) is { Length: > 0 } list ? list : desk.Look.Say("None");
        return
        [
            new SummaryRow { Key = desk.Look.Say("Name in lists and commands"), Value = member.Id },
            new SummaryRow { Key = desk.Look.Say("Email"), Value = member.Email ?? desk.Look.Say("None") },
            new SummaryRow { Key = desk.Look.Say("Roles"), Value = None(member.Roles.Count == 0 ? [] : [Roles(desk.Phrases, member)]) },
            .. member.Services is { } only ? [new SummaryRow { Key = desk.Look.Say("Only for the services"), Value = None(only.Order(StringComparer.Ordinal).Select(s => desk.House.Services.Find(s)?.Definition is { } named ? desk.In(named.Title) : s)) }] : Array.Empty<SummaryRow>(),
            new SummaryRow { Key = desk.Look.Say("Councils"), Value = None(member.Authorities.Order(StringComparer.Ordinal).Select(a => Authority(desk.Council, a))) },
            new SummaryRow { Key = desk.Look.Say("Teams"), Value = None(member.Teams.Select(t => TeamIn(desk.Council, t)).Order(StringComparer.CurrentCulture)) },
        ];
    }

    /// <summary>"Tomasz Zieliński is away until Fri 6 March, Siân Prydderch stands in".</summary>
    public static string IsAway(Absence absence, DeskVisit desk)
    {
        ArgumentNullException.ThrowIfNull(absence);
        ArgumentNullException.ThrowIfNull(desk);
        var until = Day(desk.Phrases, absence.Until, desk.Today);
        return absence.StandIn is { } other
            ? desk.Say("{name} is away until {day}, {other} stands in", ("name", Member(desk, absence.Member)), ("day", until), ("other", Member(desk, other)))
            : desk.Say("{name} is away until {day}", ("name", Member(desk, absence.Member)), ("day", until));
    }

    /// <summary>Those who may have a case, as a list to choose from; who is away says so.</summary>
    public static IReadOnlyList<SelectItem> People(IEnumerable<Council.Member> members, IReadOnlyList<Absence> away, DeskVisit desk)
    {
        ArgumentNullException.ThrowIfNull(members);
        ArgumentNullException.ThrowIfNull(desk);
        return [.. members.Select(m => new SelectItem
        {
            Value = m.Id,
            Text = away.FirstOrDefault(a => a.Member == m.Id && a.IsOn(desk.Today)) is { } absent ? IsAway(absent, desk) : m.Id == desk.Caller.Id ? desk.Say("{name} (you)", ("name", m.Name)) : m.Name,
        })];
    }

    /// <summary>A council's short name.</summary>
    public static string Authority(CouncilFiles council, string authority)
    {
        ArgumentNullException.ThrowIfNull(council);
        return council.FindAuthority(authority)?.Short ?? authority;
    }

    /// <summary>A service's title, marked where it stands in another language than the page; its name where there is no such service.</summary>
    public static MarkupString Title(DeskVisit desk, string service)
    {
        ArgumentNullException.ThrowIfNull(desk);
        return desk.House.Services.Find(service)?.Definition is { } definition ? desk.Html(definition.Title) : Plain(service);
    }

    /// <summary>Where a case stands: what it came to, or the stage it is at.</summary>
    public static MarkupString Stage(DeskVisit desk, CouncilCase @case, ServiceDefinition? definition)
    {
        ArgumentNullException.ThrowIfNull(@case);
        return @case.Outcome is { } outcome && definition is not null ? Outcome(desk, definition, outcome) : Stage(desk, definition, @case.Stage);
    }

    /// <summary>A stage as staff call it.</summary>
    public static MarkupString Stage(DeskVisit desk, ServiceDefinition? definition, string stage)
    {
        ArgumentNullException.ThrowIfNull(desk);
        return definition?.Work.FindStage(stage) is { } known ? desk.Html(known.Label) : Plain(stage);
    }

    /// <summary>What a case came to.</summary>
    public static MarkupString Outcome(DeskVisit desk, ServiceDefinition definition, string outcome)
    {
        ArgumentNullException.ThrowIfNull(desk);
        ArgumentNullException.ThrowIfNull(definition);
        return definition.Work.FindOutcome(outcome) is { } known ? desk.Html(known.Label) : Plain(CaseQueries.OutcomeWords(definition, outcome, desk.Look.Language));
    }

    /// <summary>Words that are no markup, encoded.</summary>
    public static MarkupString Plain(string words) => new(System.Net.WebUtility.HtmlEncode(words));

    /// <summary>Decided values of a case as its definition calls them: what was decided, and how.</summary>
    public static IReadOnlyList<(Prose What, Prose Value)> Decided(CouncilCase @case, ServiceDefinition? definition)
    {
        ArgumentNullException.ThrowIfNull(@case);
        return [.. @case.Decided.OrderBy(d => d.Key, StringComparer.Ordinal).Select(d => definition?.InWords(d.Key, d.Value) ?? (new Prose(Code(d.Key)), new Prose(d.Value.Replace('-', ' '))))];
    }

    /// <summary>Words as they begin a line.</summary>
    public static string Capital(string words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];
    }

    /// <summary>A code of a definition as words that begin a line: "In progress" of `in-progress`.</summary>
    public static string Code(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return Capital(code.Replace('-', ' '));
    }

    static readonly string[] Alphabet =
    [
        "Alfa", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot", "Golf", "Hotel", "India", "Juliett", "Kilo", "Lima", "Mike", "November", "Oscar", "Papa", "Quebec", "Romeo", "Sierra", "Tango",
        "Uniform", "Victor", "Whiskey", "X-ray", "Yankee", "Zulu",
    ];

    static string Digit(Phrases phrases, char digit) => digit switch
    {
        '0' => phrases.Say("zero"),
        '1' => phrases.Say("one"),
        '2' => phrases.Say("two"),
        '3' => phrases.Say("three"),
        '4' => phrases.Say("four"),
        '5' => phrases.Say("five"),
        '6' => phrases.Say("six"),
        '7' => phrases.Say("seven"),
        '8' => phrases.Say("eight"),
        _ => phrases.Say("nine"),
    };

    /// <summary>Letters and digits as they are said on the phone (ICAO spelling), a pause for each hyphen or space.</summary>
    public static string Spelled(Phrases phrases, string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return string.Join(", ", code.Split('-', ' ').Select(part => string.Join(' ', part.Select(c => char.IsAsciiDigit(c) ? Digit(phrases, c) : Alphabet[char.ToUpperInvariant(c) - 'A']))));
    }
}
