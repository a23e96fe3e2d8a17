using System.Globalization;
using Moothall.Definitions;
using NodaTime;

namespace Moothall.Council;

/// <summary>
/// Reads authorities.yaml: who the authorities are, how to reach them, when they work and what they look like. The first is the one whose front door
/// shows where no host name matches.
/// </summary>
sealed class AuthoritiesFile(IReadOnlyDictionary<string, HolidayList> calendars, FindingList findings)
{
    static readonly string[] Keys = ["name", "short", "host", "public-address", "colours", "contact", "calendar", "hours", "languages", "quiet-hours"];
    static readonly string[] ContactKeys = ["phone", "email", "address", "hours"];
    static readonly string[] Weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    readonly Dictionary<string, string> hosts = new(StringComparer.OrdinalIgnoreCase);
    readonly List<string> ids = [];

    /// <summary>All authorities named, also those with errors, so that one slip is not told again in every other file.</summary>
    public IReadOnlyList<string> Ids => ids;

    public List<Authority> Read(YamlMap? file)
    {
        var authorities = new List<Authority>();
        if (file is null)
            return authorities;
        file.Only(findings, ["authorities"]);
        file.Need("authorities", "authorities:", findings);
        foreach (var entry in file.MapOf("authorities", findings)?.Things(new Message("the name of an authority"), Keys, findings) ?? [])
        {
            ids.Add(entry.Key);
            if (entry.Value is not YamlMap map)
                findings.Error(entry.Place, new Message("authority `{key}` needs its name, host and so on, on the lines below it", ("key", entry.Key)));
            else if (ReadAuthority(entry.Key, map) is { } authority)
                authorities.Add(authority);
        }
        if (authorities.Count == 0 && !findings.HasErrors)
            findings.Error(file.Place, new Message("a council needs at least one authority"));
        return authorities;
    }

    Authority? ReadAuthority(string id, YamlMap map)
    {
        map.Only(findings, Keys);
        map.Need("name", "name: My Council", findings).Need("host", "host: www.example.org", findings).Need("public-address", "public-address: https://www.example.org", findings)
            .Need("contact", "contact:", findings);
        var name = map.TextOf("name", findings)?.Text;
        var host = ReadHost(id, map);
        var address = ReadPublicAddress(map);
        var colours = ReadColours(map);
        var contact = ReadContact(map.MapOf("contact", findings));
        var calendar = ReadCalendar(id, map);
        return name is null || host is null || address is null || contact is null || calendar is null ? null : new()
        {
            Id = id,
            Name = name,
            Short = map.TextOf("short", findings)?.Text ?? name,
            Host = host,
            Colours = colours,
            Contact = contact,
            Calendar = calendar,
            PublicAddress = address,
            Languages = ReadLanguages(map),
            QuietHours = ReadQuietHours(map, calendar.Zone),
        };
    }

    string? ReadHost(string id, YamlMap map)
    {
        if (map.TextOf("host", findings) is not { } text)
            return null;
        if (Uri.CheckHostName(text.Text) == UriHostNameType.Unknown)
            findings.Error(text.Place, new Message("`{text}` is not a host name; write it without http:// and without a port, for example `www.example.org`", ("text", text.Text)));
        else if (!hosts.TryAdd(text.Text, id))
            findings.Error(text.Place, new Message("`{text}` is already the host of `{other}`; every authority needs a host name of its own", ("text", text.Text), ("other", hosts[text.Text])));
        else
            return text.Text;
        return null;
    }

    string? ReadPublicAddress(YamlMap map)
    {
        if (map.TextOf("public-address", findings) is not { } text)
            return null;
        var address = text.Text.TrimEnd('/');
        if (Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0 && uri.Query.Length == 0 && uri.Fragment.Length == 0)
            return address;
        findings.Error(text.Place, new Message("`{text}` is not a web address; write it like `https://www.example.org`", ("text", text.Text)));
        return null;
    }

    Dictionary<string, string> ReadColours(YamlMap map)
    {
        var colours = new Dictionary<string, string>(StringComparer.Ordinal);
        if (map.MapOf("colours", findings) is not { } written)
            return colours;
        written.Only(findings, Colour.Names);
        foreach (var name in written.Entries.Select(e => e.Key).Where(Colour.Names.Contains))
        {
            if (written.TextOf(name, findings) is not { } text)
                continue;
            if (Colour.Parse(text.Text) is not { } colour)
                findings.Error(text.Place, new Message("`{colour}` is not a colour; write six figures or letters a to f after #, in quotes: \"#1d70b8\"", ("colour", text.Text)));
            else if (Colour.OnWhite.Contains(name) && colour.ContrastWithWhite < Colour.Least)
                findings.Error(text.Place, new Message("`{name}` {colour} has a contrast of {contrast}:1 with white, which many people cannot read; choose a darker colour, with 4.5:1 or more (WCAG 2.2, 1.4.3)", ("name", name), ("colour", text.Text), ("contrast", (Math.Floor(colour.ContrastWithWhite * 100) / 100).ToString("0.0#", CultureInfo.InvariantCulture))));
            else
                colours[name] = text.Text.ToLowerInvariant();
        }
        return colours;
    }

    /// <summary>The languages of its pages, the one it speaks first first; English where none are named.</summary>
    List<string> ReadLanguages(YamlMap map)
    {
        var languages = new List<string>();
        foreach (var text in map.Has("languages") ? map.TextsOf("languages", findings) : [])
        {
            if (Phrases.Find(text.Text) is null)
                findings.Error(text.Place, new Message("there is no language `{language}`; known are {known}. A language is a folder of PO files in languages/", ("language", text.Text), ("known", string.Join(", ", Phrases.All.Select(p => p.Language)))));
            else if (!languages.Contains(text.Text))
                languages.Add(text.Text);
        }
        return languages.Count == 0 ? ["en"] : languages;
    }

    ContactDetails? ReadContact(YamlMap? map)
    {
        if (map is null)
            return null;
        map.Only(findings, ContactKeys);
        map.Need("phone", "phone: 01632 960000", findings).Need("email", "email: help@example.org", findings);
        var phone = map.TextOf("phone", findings)?.Text;
        var email = map.TextOf("email", findings);
        if (email is not null && (email.Text.IndexOf('@', StringComparison.Ordinal) < 1 || email.Text.EndsWith('@') || email.Text.Contains(' ', StringComparison.Ordinal)))
            findings.Error(email.Place, new Message("`{address}` is not an e-mail address; write it like `{example}`", ("address", email.Text), ("example", "help@example.org")));
        var address = map.Has("address") ? map.TextsOf("address", findings).Select(t => t.Text).ToList() : [];
        var hours = ReadHours(map) ?? new Dictionary<IsoDayOfWeek, (LocalTime, LocalTime)>();
        return phone is null || email is null ? null : new(phone, email.Text, address, hours);
    }

    QuietHours ReadQuietHours(YamlMap map, DateTimeZone zone)
    {
        var pattern = NodaTime.Text.LocalTimePattern.CreateWithInvariantCulture("H:mm");
        if (!map.Has("quiet-hours") || map.TextOf("quiet-hours", findings) is not { } text)
            return QuietHours.Usual(zone);
        if (text.Text == "none")
            return new(zone, LocalTime.Midnight, LocalTime.Midnight);
        if (text.Text.Replace('–', '-').Split('-', StringSplitOptions.TrimEntries) is [var from, var until]
            && pattern.Parse(from) is { Success: true, Value: var begins } && pattern.Parse(until) is { Success: true, Value: var ends } && begins != ends)
            return new(zone, begins, ends);
        findings.Error(text.Place, new Message("`{text}` does not say when messages wait; write when the quiet hours begin and end, `21:00-8:00`, or `none`", ("text", text.Text)));
        return QuietHours.Usual(zone);
    }

    WorkingCalendar? ReadCalendar(string id, YamlMap map)
    {
        var hours = ReadHours(map);
        if (!map.Has("calendar"))
        {
            findings.Error(map.Place, new Message("`{id}` has no `calendar`, so no deadline can be worked out; add one of the lists of holidays in calendars/, for example `calendar: {calendar}`", ("id", id), ("calendar", calendars.Keys.FirstOrDefault() ?? "england-and-wales")));
            return null;
        }
        if (map.TextOf("calendar", findings) is not { } text)
            return null;
        if (!calendars.TryGetValue(text.Text, out var holidays))
        {
            findings.Error(text.Place, new Message("there is no list of holidays calendars/{text}.csv", ("text", text.Text)).With(DidYouMean.Ending(text.Text, [.. calendars.Keys])));
            return null;
        }
        return hours is { Count: > 0 } ? new WorkingCalendar(holidays, hours, DateTimeZoneProviders.Tzdb["Europe/London"]) : WorkingCalendar.Usual(holidays);
    }

    /// <summary>Hours by weekday, Monday first; a day that is not named, or `closed`, is left out.</summary>
    Dictionary<IsoDayOfWeek, (LocalTime Opens, LocalTime Closes)>? ReadHours(YamlMap map)
    {
        if (map.MapOf("hours", findings) is not { } written)
            return null;
        written.Only(findings, Weekdays);
        var hours = new Dictionary<IsoDayOfWeek, (LocalTime, LocalTime)>();
        for (var day = 0; day < Weekdays.Length; day++)
        {
            if (written.TextOf(Weekdays[day], findings) is not { } text || text.Text == "closed")
                continue;
            if (ReadTimes(text.Text) is { } times)
                hours[IsoDayOfWeek.Monday + day] = times;
            else
                findings.Error(text.Place, new Message("`{text}` does not say when somebody is there; write the opening and the later closing time, `9:00-17:00`, or `closed`", ("text", text.Text)));
        }
        return hours;
    }

    static (LocalTime, LocalTime)? ReadTimes(string text)
    {
        var pattern = NodaTime.Text.LocalTimePattern.CreateWithInvariantCulture("H:mm");
        return text.Replace('–', '-').Split('-', StringSplitOptions.TrimEntries) is [var from, var to]
            && pattern.Parse(from) is { Success: true, Value: var opens } && pattern.Parse(to) is { Success: true, Value: var closes } && closes > opens
            ? (opens, closes) : null;
    }
}
