using System.Globalization;
using Moothall.Cases;
using Moothall.Council;
using Moothall.Web.Design;
using NodaTime;
using NodaTime.Text;

namespace Moothall.Web.Desk;

/// <summary>When something is due, in words, and how much it matters: `late`, `soon` or nothing.</summary>
public sealed record DueWords(string Words, string? Matters);

/// <summary>Codes, names and times as staff read them in lists: short, and never a colour alone.</summary>
public static class DeskWords
{
    static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");
    static readonly LocalDatePattern Weekday = LocalDatePattern.Create("ddd d", English);
    static readonly string[] Months = ["Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"];

    /// <summary>How somebody reached us.</summary>
    public static string Channel(string channel) => channel switch
    {
        "web" => "Website",
        "assisted" => "Website, with help",
        "phone" => "Phone",
        "chat" => "Chat",
        "email" => "Email",
        "in-person" => "In person",
        "post" => "Post",
        "social" => "Social media",
        "api" => "Another system",
        _ => channel,
    };

    /// <summary>Why somebody got in touch.</summary>
    public static string Reason(string reason) => reason switch
    {
        "new" => "Something new",
        "chasing" => "Chasing a case",
        "correcting" => "Correcting something",
        "complaining" => "Complaining",
        "question" => "A question",
        _ => reason,
    };

    /// <summary>How money came.</summary>
    public static string Paid(string how) => how switch
    {
        "card" => "by card",
        "cash" => "in cash",
        "cheque" => "by cheque",
        "bank-transfer" => "by bank transfer",
        "direct-debit" => "by direct debit",
        "waived" => "waived: it does not have to be paid",
        _ => how,
    };

    /// <summary>"Tue 3 March", "Thu 19 Nov", with the year where it is not this one.</summary>
    public static string Day(LocalDate day, LocalDate today) => 
        $"{Weekday.Format(day)} {Months[day.Month - 1]}{(day.Year == today.Year ? "" : " " + day.Year.ToString(CultureInfo.InvariantCulture))}";

    /// <summary>"Tue 3 March at 10:30am", or "today at 10:30am".</summary>
    public static string At(Instant at, Instant now, DateTimeZone zone)
    {
        var (local, today) = (at.InZone(zone), now.InZone(zone).Date);
        return (local.Date == today ? "today" : local.Date == today.PlusDays(-1) ? "yesterday" : Day(local.Date, today)) + " at " + Words.Time(local.TimeOfDay);
    }

    /// <summary>What lists and cases say of a case's next deadline.</summary>
    public static DueWords Due(CouncilCase @case, Instant now, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(@case);
        var today = now.InZone(zone).Date;
        if (@case.Closed is { } closed) return new DueWords("Closed " + Day(closed.InZone(zone).Date, today), null);
        if (@case.StoppedAt is not null) return new DueWords("Waits for the customer", null);
        return @case.Due is { } due ? Deadline(due, now, zone) : new DueWords("No deadline", null);
    }

    /// <summary>A deadline that is late, today, tomorrow or on a day.</summary>
    public static DueWords Deadline(Instant due, Instant now, DateTimeZone zone)
    {
        var (local, today) = (due.InZone(zone), now.InZone(zone).Date);
        if (due < now) return new DueWords(local.Date == today ? $"Late since {Words.Time(local.TimeOfDay)} today" : "Late since " + Day(local.Date, today), "late");
        if (local.Date == today) return new DueWords("Today by " + Words.Time(local.TimeOfDay), "soon");
        return new DueWords(local.Date == today.PlusDays(1) ? "Tomorrow by " + Words.Time(local.TimeOfDay) : Day(local.Date, today), null);
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
    public static string Member(CouncilFiles council, string member)
    {
        ArgumentNullException.ThrowIfNull(council);
        return council.Members.TryGetValue(member, out var found) || council.Away.TryGetValue(member, out found) ? found.Name : "Somebody who has left";
    }

    /// <summary>Somebody's roles as a line begins with them: "Worker, team leader".</summary>
    public static string Roles(Member member)
    {
        ArgumentNullException.ThrowIfNull(member);
        return Capital(string.Join(", ", member.Roles.Order().Select(r => Identity.RoleNames.Of(r).Replace('-', ' '))));
    }

    /// <summary>What is known of somebody as rows: address, roles, councils, teams.</summary>
    internal static IReadOnlyList<SummaryRow> FactsOf(Member member, DeskVisit desk)
    {
        string None(IEnumerable<string> words) => string.Join(", ", words) is { Length: > 0 } list ? list : desk.Look.Say("None");
        return
        [
            new SummaryRow { Key = desk.Look.Say("Name in lists and commands"), Value = member.Id },
            new SummaryRow { Key = desk.Look.Say("Email"), Value = member.Email ?? desk.Look.Say("None") },
            new SummaryRow { Key = desk.Look.Say("Roles"), Value = None(member.Roles.Count == 0 ? [] : [Roles(member)]) },
            new SummaryRow { Key = desk.Look.Say("Councils"), Value = None(member.Authorities.Order(StringComparer.Ordinal).Select(a => Authority(desk.Council, a))) },
            new SummaryRow { Key = desk.Look.Say("Teams"), Value = None(member.Teams.Select(t => TeamIn(desk.Council, t)).Order(StringComparer.CurrentCulture)) },
        ];
    }

    /// <summary>"Tomasz Zieliński is away until Fri 6 March, Siân Prydderch stands in".</summary>
    public static string IsAway(Absence absence, DeskVisit desk)
    {
        ArgumentNullException.ThrowIfNull(absence);
        ArgumentNullException.ThrowIfNull(desk);
        var until = Day(absence.Until, desk.Today);
        return absence.StandIn is { } other
            ? desk.Say("{name} is away until {day}, {other} stands in", ("name", Member(desk.Council, absence.Member)), ("day", until), ("other", Member(desk.Council, other)))
            : desk.Say("{name} is away until {day}", ("name", Member(desk.Council, absence.Member)), ("day", until));
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

    /// <summary>Decided values as short words: "urgent".</summary>
    public static string Decided(CouncilCase @case)
    {
        ArgumentNullException.ThrowIfNull(@case);
        return string.Join(", ", @case.Decided.OrderBy(d => d.Key, StringComparer.Ordinal).Select(d => d.Value.Replace('-', ' ')));
    }

    /// <summary>A code or words as they begin a line: "In progress" of `in-progress`.</summary>
    public static string Capital(string words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..].Replace('-', ' ');
    }

    static readonly string[] Alphabet =
    [
        "Alfa", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot", "Golf", "Hotel", "India", "Juliett", "Kilo", "Lima", "Mike", "November", "Oscar", "Papa", "Quebec", "Romeo", "Sierra", "Tango",
        "Uniform", "Victor", "Whiskey", "X-ray", "Yankee", "Zulu",
    ];

    static readonly string[] Digits = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

    /// <summary>Letters and digits as they are said on the phone (ICAO spelling), a pause for each hyphen or space.</summary>
    public static string Spelled(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return string.Join(", ", code.Split('-', ' ').Select(part => string.Join(' ', part.Select(c => char.IsAsciiDigit(c) ? Digits[c - '0'] : Alphabet[char.ToUpperInvariant(c) - 'A']))));
    }
}
