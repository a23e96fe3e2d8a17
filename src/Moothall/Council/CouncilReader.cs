using Moothall.Definitions;

namespace Moothall.Council;

/// <summary>What reading a council's folder gave: the council, or null when there are errors, and all findings.</summary>
public sealed record CouncilReading(CouncilFiles? Council, IReadOnlyList<Finding> Findings);

/// <summary>
/// Reads the folder of a council. Every file is read to its end, so that one run tells all that is wrong; what one file says is checked against the
/// others (an offer's team, a member's authority). Whether the services offered are there is checked by <see cref="CouncilFiles.CheckOffers(IReadOnlyCollection{ServiceDefinition}, IEnumerable{string})"/>.
/// </summary>
public static class CouncilReader
{
    static readonly string[] HelpPages = ["contact", "accessibility", "privacy", "cookies", "source"];

    /// <summary>Reads a folder; findings name its files by this path.</summary>
    public static CouncilReading Read(string folder)
    {
        var shown = folder.Replace('\\', '/').TrimEnd('/');
        var findings = new FindingList();
        if (!Directory.Exists(folder))
        {
            findings.Error(new(shown, 1, 1), new Message("there is no such folder; name the folder that has the council's authorities.yaml"));
            return new(null, findings);
        }
        YamlMap? File(string name, bool needed) => ReadYaml(folder, shown, name, needed, findings);

        TakeLanguages(Path.Combine(folder, "languages"), shown, findings);
        var calendars = ReadCalendars(folder, shown, findings);
        var authoritiesFile = new AuthoritiesFile(calendars, findings);
        var authorities = authoritiesFile.Read(File("authorities.yaml", true));
        var ids = authoritiesFile.Ids;
        var people = new PeopleFiles(ids, findings);
        var teams = people.ReadTeams(File("teams.yaml", true));
        var members = people.ReadMembers(File("staff.yaml", false), teams);
        var offers = new OffersFile(ids, teams, findings).Read(File("offers.yaml", true));
        var agreements = AgreementsFile.Read(File("agreements.yaml", false), members.Values.Where(m => m.IsPartner).Select(m => m.Id).ToList(), findings);
        var desk = new DeskFiles(findings);
        var replies = desk.ReadReplies(File("replies.yaml", false));
        var contractors = desk.ReadContractors(File("contractors.yaml", false), teams.Keys);
        var rates = RatesFile.Read(File("rates.yaml", false), ids, findings);
        var (listStands, accountsUnused) = RecordsFile.Read(File("records.yaml", false), findings);
        var providers = new SignInFile(ids, teams, findings).Read(File("sign-in.yaml", false));
        var places = new PlacesReader(Path.Combine(folder, "places"), $"{shown}/places", ids, findings).Read();
        var pages = ReadPages(folder, shown, findings);
        var templates = ReadTemplates(folder, shown, findings);
        findings.Sort((a, b) => (a.Place.File, a.Place.Line, a.Place.Column).CompareTo((b.Place.File, b.Place.Line, b.Place.Column)));
        return new(findings.HasErrors ? null : new CouncilFiles
        {
            Authorities = authorities,
            Teams = teams,
            Members = members,
            Offers = offers,
            Agreements = agreements.ToDictionary(a => a.Agreement.Id, a => a.Agreement),
            AgreementPlaces = agreements.ToDictionary(a => a.Agreement.Id, a => a.Place),
            Rates = rates,
            Replies = replies,
            Contractors = contractors,
            SignIn = providers,
            Places = places,
            Pages = pages,
            ListStandsDays = listStands, AccountsUnusedMonths = accountsUnused,
            Templates = templates,
        }, findings);
    }

    static YamlMap? ReadYaml(string folder, string shown, string name, bool needed, FindingList findings)
    {
        var path = Path.Combine(folder, name);
        if (!System.IO.File.Exists(path))
        {
            if (needed)
                findings.Error(new($"{shown}/{name}", 1, 1), new Message("this file is missing; a council needs it"));
            return null;
        }
        if (ReadText(path, $"{shown}/{name}", findings) is not { } text)
            return null;
        var reading = YamlSource.Read($"{shown}/{name}", text);
        findings.AddRange(reading.Findings);
        return reading.Root;
    }

    static Dictionary<string, HolidayList> ReadCalendars(string folder, string shown, FindingList findings)
    {
        var calendars = new Dictionary<string, HolidayList>(StringComparer.Ordinal);
        foreach (var path in FilesOf(Path.Combine(folder, "calendars"), "*.csv"))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            var shownAs = $"{shown}/calendars/{name}.csv";
            if (ReadText(path, shownAs, findings) is not { } text)
                continue;
            var found = new List<Finding>();
            calendars[name] = HolidayList.Read(name, text, found);
            findings.AddRange(found.Select(f => f with { Place = f.Place with { File = shownAs } }));
        }
        return calendars;
    }

    // The council's own languages, and its own words for messages of the program, lie in languages/ as the program's do.
    static void TakeLanguages(string folder, string shown, FindingList findings)
    {
        if (!Directory.Exists(folder)) return;
        try
        {
            Phrases.Take(folder);
        }
        catch (LanguageFileException wrong)
        {
            findings.Error(wrong.Place is { } place ? place with { File = $"{shown}/languages/{Path.GetRelativePath(folder, place.File).Replace('\\', '/')}" } : new($"{shown}/languages", 1, 1), wrong.What);
        }
    }

    static Dictionary<string, string> ReadPages(string folder, string shown, FindingList findings)
    {
        var pages = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in FilesOf(Path.Combine(folder, "pages"), "*.md"))
            if (ReadText(path, $"{shown}/pages/{Path.GetFileName(path)}", findings) is { } text)
                pages[Path.GetFileNameWithoutExtension(path)] = text;
        foreach (var page in HelpPages.Where(p => !pages.ContainsKey(p)))
            findings.Warn(new($"{shown}/pages/{page}.md", 1, 1), page switch
            {
                "contact" => new Message("this page is missing; every page of the website links to it, so write what people must know about reaching you"),
                "source" => new Message("this page is missing; every page of the website links to it, so write what people must know about where the program's source is (AGPL, section 13)"),
                _ => new Message("this page is missing; every page of the website links to it, so write what people must know about {page}", ("page", page)),
            });
        return pages;
    }

    static Dictionary<string, string> ReadTemplates(string folder, string shown, FindingList findings)
    {
        var files = new List<(string Path, string Text)>();
        foreach (var path in FilesOf(Path.Combine(folder, "templates"), "*.md"))
            if (ReadText(path, $"{shown}/templates/{Path.GetFileName(path)}", findings) is { } text)
                files.Add(($"{shown}/templates/{Path.GetFileName(path)}", text));
        findings.AddRange(CheckTemplates.OfCouncil(files, Notifications.Templates.OtherFields));
        return files.ToDictionary(f => Path.GetFileNameWithoutExtension(f.Path), f => f.Text, StringComparer.Ordinal);
    }

    static IEnumerable<string> FilesOf(string folder, string pattern) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, pattern).Order(StringComparer.Ordinal) : [];

    static string? ReadText(string path, string shownAs, FindingList findings)
    {
        var (text, why) = TextFile.Read(path, shownAs);
        if (why is not null) findings.Add(why);
        return text;
    }
}
