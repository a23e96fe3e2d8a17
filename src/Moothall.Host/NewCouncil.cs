using System.Globalization;
using System.Text;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Journeys;
using Moothall.Web.Design;

namespace Moothall.Host;

/// <summary>
/// A council that begins with Moothall: one authority, one team that works everything, one member of staff who may do everything, and the services that come with
/// the program. What only a council can know (partners it shares with, places, fees) is left out or set to nothing, and said.
/// </summary>
sealed record NewCouncil
{
    public required string Name { get; init; }
    public required string PublicAddress { get; init; }
    public required string Phone { get; init; }
    public required string Email { get; init; }
    public required string Administrator { get; init; }
    public required string Colour { get; init; }

    string Id => Named(Name, "council");
    string AdministratorId => Named(Administrator, "administrator");

    /// <summary>Writes `council/` and `services/` in a new folder, checks them, and says what to do next.</summary>
    /// <exception cref="CommandRefused">The folder is in use, an option is not what it must be, or the check finds an error.</exception>
    public async Task Write(string folder, string services, string example, Action<Message> say, CancellationToken cancel)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()) throw new CommandRefused(new Message("“{folder}” holds something already. Name a new folder.", ("folder", folder)));
        if (!Uri.TryCreate(PublicAddress, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new CommandRefused(new Message("--public-address needs an address like https://www.example.org, and “{address}” is not one.", ("address", PublicAddress)));
        if (Unreadable() is { } colour) throw new CommandRefused(colour);
        if (!Directory.Exists(services)) throw new CommandRefused(new Message("There is no folder “{services}” with services. Name it with --services.", ("services", services)));
        if (!Directory.Exists(example)) throw new CommandRefused(new Message("There is no folder “{example}” to take the calendar and the pages from. Name it with --council.", ("example", example)));

        var council = Path.Combine(folder, "council");
        Directory.CreateDirectory(Path.Combine(council, "places"));
        Copy(Path.Combine(example, "calendars"), Path.Combine(council, "calendars"), _ => true);
        Copy(Path.Combine(example, "pages"), Path.Combine(council, "pages"), _ => true);
        if (Path.Combine(services, ServiceFolder.FragmentsFolder) is var fragments && Directory.Exists(fragments)) Copy(fragments, Path.Combine(folder, "services", ServiceFolder.FragmentsFolder), _ => true);
        Directory.CreateDirectory(Path.Combine(folder, "services"));
        await File.WriteAllTextAsync(Path.Combine(folder, "services", ServiceSchema.FileName), ServiceSchema.Text, cancel);
        var offered = new List<ServiceDefinition>();
        foreach (var source in Directory.EnumerateDirectories(services).Where(s => File.Exists(Path.Combine(s, "service.yaml"))).Order(StringComparer.Ordinal))
        {
            if (ServiceReader.Read("service.yaml", ServiceFolder.Whole(Path.Combine(source, "service.yaml")).Text).Definition is { Charges.Count: > 0 })
            {
                say(new Message("{service}: left out, because only you know what it costs. Copy its folder, and add it to council/offers.yaml with `fees:` and `pay:`.", ("service", Path.GetFileName(source))));
                continue;
            }
            var service = Path.Combine(folder, "services", Path.GetFileName(source));
            Copy(source, service, file => !file.StartsWith("examples", StringComparison.Ordinal));
            var file = Path.Combine(service, "service.yaml");
            var text = await File.ReadAllTextAsync(file, cancel);
            if (WithoutSharing(text) is { } mine)
            {
                await File.WriteAllTextAsync(file, mine, cancel);
                say(new Message("{service}: what it shares with partners is left out until you have an agreement (council/agreements.yaml).", ("service", Path.GetFileName(source))));
            }
            if (ServiceReader.Read(file, ServiceFolder.Whole(file).Text).Definition is { } definition) offered.Add(definition);
        }
        await File.WriteAllTextAsync(Path.Combine(council, "authorities.yaml"), Authorities(address), cancel);
        await File.WriteAllTextAsync(Path.Combine(council, "teams.yaml"), Teams, cancel);
        await File.WriteAllTextAsync(Path.Combine(council, "staff.yaml"), Staff, cancel);
        await File.WriteAllTextAsync(Path.Combine(council, "offers.yaml"), Offers(offered), cancel);
        await File.WriteAllTextAsync(Path.Combine(council, "places", "places.csv"), "# Towns, villages and streets that people name, one a line. Without any, every case is this council's.\nname,kind,latitude,longitude,authority,ward,place\n", cancel);
        var national = (await File.ReadAllLinesAsync(Path.Combine(example, "places", "roads.csv"), cancel)).Where((line, i) => i == 0 || (line.EndsWith(',') && !line.StartsWith('#')));
        await File.WriteAllTextAsync(Path.Combine(council, "places", "roads.csv"), "# Roads by who looks after them; motorways and trunk roads are National Highways'. Add those near you, one a line: M40,motorway,\n" + string.Join('\n', national) + "\n", cancel);

        var findings = CheckCommand.Findings(new Settings { Services = Path.Combine(folder, "services"), Council = council }, []);
        foreach (var finding in findings) say(finding.AsMessage());
        if (findings.Any(f => f.Severity == Severity.Error)) throw new CommandRefused(new Message("The files in “{folder}” are written, but the lines above need mending. Run: {command}", ("folder", folder), ("command", $"moothall check --council {council} --services {Path.Combine(folder, "services")}")));
        say(new Message("{name} stands in {folder}: {count, plural, one {# service} other {# services}}. Change council/offers.yaml to choose which you offer.", ("name", Name), ("folder", folder), ("count", offered.Count)));
        say(new Message("Start it: {command}", ("command", $"moothall serve --council {council} --services {Path.Combine(folder, "services")} --data {Path.Combine(folder, "data")}")));
        say(new Message("Invite {name}: {command}", ("name", Administrator), ("command", $"moothall staff invite {AdministratorId} --council {council} --data {Path.Combine(folder, "data")}")));
    }

    Message? Unreadable() => Moothall.Council.Colour.Parse(Colour) is null || Colour.Length != 7
        ? new Message("--colour needs a colour like #1a2b3c, with six hexadecimal digits, and “{colour}” is not one.", ("colour", Colour))
        : Colours.From(new Dictionary<string, string> { ["brand"] = Colour, ["link"] = Colour }).Unreadable().FirstOrDefault();

    string Authorities(Uri address) => $"""
        # Who the council is. The folder `council` of the program's own repository shows everything that may stand here.
        authorities:
          {Id}:
            name: {Quoted(Name)}
            host: {address.Host}
            public-address: {Quoted(PublicAddress)}
            colours:
              brand: "{Colour}"
              link: "{Colour}"
            contact:
              phone: {Quoted(Phone)}
              email: {Quoted(Email)}
              hours:
                monday: 9:00-17:00
                tuesday: 9:00-17:00
                wednesday: 9:00-17:00
                thursday: 9:00-17:00
                friday: 9:00-17:00
            calendar: england-and-wales

        """;

    string Teams => $"""
        # Teams that work cases. A service goes to the team that council/offers.yaml names.
        teams:
          office:
            name: The office
            authorities: [{Id}]

        """;

    string Staff => $"""
        # The first member of staff. They invite the others at the desk, under Staff.
        staff:
          {AdministratorId}:
            name: {Quoted(Administrator)}
            roles: [administrator, team-leader, worker, advisor, designer]
            authorities: [{Id}]
            teams: [office]

        """;

    string Offers(IEnumerable<ServiceDefinition> services)
    {
        var text = new StringBuilder("# The services you offer, and who works them. Take out what you do not offer.\noffers:\n");
        foreach (var service in services) text.Append(CultureInfo.InvariantCulture, $"  {service.Name}:\n    {Id}:\n      team: office\n      phone: {Quoted(Phone)}\n");
        return text.ToString();
    }

    // A service file without its `share:` block, or null when it has none.
    static string? WithoutSharing(string text)
    {
        var lines = text.Split('\n').ToList();
        var from = lines.FindIndex(l => l.StartsWith("share:", StringComparison.Ordinal));
        if (from < 0) return null;
        var to = lines.FindIndex(from + 1, l => l.Length > 0 && !char.IsWhiteSpace(l[0]) && l[0] != '#');
        lines.RemoveRange(from, (to < 0 ? lines.Count : to) - from);
        return string.Join('\n', lines);
    }

    static void Copy(string from, string to, Func<string, bool> wanted)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(f => wanted(Path.GetRelativePath(from, f))))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    static string Quoted(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";

    // `Little Wexham Town Council` becomes `little-wexham-town-council`.
    static string Named(string name, string otherwise)
    {
        var letters = name.Normalize(NormalizationForm.FormD).ToLowerInvariant().Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            .Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' ');
        var words = string.Join('-', new string([.. letters]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return words.Length > 0 && char.IsAsciiLetter(words[0]) ? words : otherwise;
    }
}
