using Moothall.Definitions;
using NodaTime;

namespace Moothall.Council;

/// <summary>
/// Who the council is and what it offers, read from the files of one folder: authorities, teams, staff and partners, offers, agreements, rate cards,
/// calendars and places. Data, never code: no line of the program knows a council by name. Immutable; a changed folder is read anew.
/// </summary>
public sealed partial record CouncilFiles
{
    public required IReadOnlyList<Authority> Authorities { get; init; }
    public required IReadOnlyDictionary<string, Team> Teams { get; init; }
    /// <summary>Staff and partners by id.</summary>
    public required IReadOnlyDictionary<string, Member> Members { get; init; }
    /// <summary>People who are suspended or have left, by id: they may do nothing, but what they did is still told by their name.</summary>
    public IReadOnlyDictionary<string, Member> Away { get; init; } = new Dictionary<string, Member>();
    /// <summary>What the groups of a provider gave members of staff when they last signed in. It says to whom work may be given, and lets nobody in: sessions have their own.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Identity.Holding>> ByGroups { get; init; } = new Dictionary<string, IReadOnlyList<Identity.Holding>>();
    public required IReadOnlyList<Offer> Offers { get; init; }
    public required IReadOnlyDictionary<string, SharingAgreement> Agreements { get; init; }
    public required IReadOnlyList<RateCard> Rates { get; init; }
    public required Places Places { get; init; }
    /// <summary>Texts that staff send again and again, in the order of the file.</summary>
    public IReadOnlyList<StandardReply> Replies { get; init; } = [];
    /// <summary>Who works for the council by order, by name of the file.</summary>
    public IReadOnlyList<Contractor> Contractors { get; init; } = [];
    /// <summary>Who says who somebody is, by OpenID Connect, in the order of the file.</summary>
    public IReadOnlyList<SignInProvider> SignIn { get; init; } = [];
    /// <summary>Markdown of contact, accessibility, privacy and cookies, by page name.</summary>
    public required IReadOnlyDictionary<string, string> Pages { get; init; }
    /// <summary>The council's own templates of messages, by name and language: `received.en`.</summary>
    public IReadOnlyDictionary<string, string> Templates { get; init; } = new Dictionary<string, string>();

    /// <summary>How many days a list of records to be erased stands before it is carried out.</summary>
    public int ListStandsDays { get; init; } = RecordsFile.UsualDays;
    /// <summary>After how many months without signing in an account of a resident goes.</summary>
    public int AccountsUnusedMonths { get; init; } = RecordsFile.UsualMonths;

    /// <summary>The services whose cases are hidden even from colleagues, as the published definitions say.</summary>
    public IReadOnlySet<string> Sensitive { get; init; } = System.Collections.Frozen.FrozenSet<string>.Empty;

    /// <summary>The day at a time, by the first council's zone: a role that is given until a day ends with that day.</summary>
    public LocalDate DayOf(Instant now) => Authorities[0].Calendar.DayOf(now);

    /// <summary>Where each agreement is written, for findings.</summary>
    internal IReadOnlyDictionary<string, SourcePlace> AgreementPlaces { get; init; } = new Dictionary<string, SourcePlace>();

    /// <summary>The authority of that id, or null.</summary>
    public Authority? FindAuthority(string id) => Authorities.FirstOrDefault(a => a.Id == id);

    /// <summary>The provider of that name for staff or for residents, or null.</summary>
    public SignInProvider? FindProvider(string id, SignInFor whom) => SignIn.FirstOrDefault(p => p.Id == id && p.For == whom);

    /// <summary>The authority whose front door a host name is; the first one where no host matches. It chooses the look only.</summary>
    public Authority ForHost(string host) => Authorities.FirstOrDefault(a => string.Equals(a.Host, host, StringComparison.OrdinalIgnoreCase)) ?? Authorities[0];

    /// <summary>What an authority offers of a service, or null when it does not.</summary>
    public Offer? FindOffer(string service, string authority) => Offers.FirstOrDefault(o => o.Service == service && o.Authority == authority);

    /// <summary>The rate card in force for an authority on a day, or null: then cost is by the definition's defaults.</summary>
    public RateCard? RateOn(string authority, LocalDate day) => Rates.Where(r => r.Authority == authority && r.From <= day).MaxBy(r => r.From);
}

/// <summary>A council that is sovereign over its own services, money and figures.</summary>
public sealed record Authority
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    /// <summary>What people call it ("Northshire"); its name where not written.</summary>
    public string Short { get => field ?? Name; init; }
    public required string Host { get; init; }
    /// <summary>CSS colours by name: brand, link, ...</summary>
    public required IReadOnlyDictionary<string, string> Colours { get; init; }
    public required ContactDetails Contact { get; init; }
    /// <summary>Working hours less holidays.</summary>
    public required WorkingCalendar Calendar { get; init; }
    /// <summary>The address that links leaving the building begin with, without a slash at the end.</summary>
    public required string PublicAddress { get; init; }
    /// <summary>The languages its pages are offered in, the first where the reader prefers none of them.</summary>
    public IReadOnlyList<string> Languages { get; init; } = ["en"];
    /// <summary>When messages wait; nine in the evening to eight in the morning where nothing else is written.</summary>
    public QuietHours QuietHours { get => field ?? QuietHours.Usual(Calendar.Zone); init; }
}

/// <summary>How to reach a person at the council. Hours are words by weekday, Monday first.</summary>
public sealed record ContactDetails(string Phone, string Email, IReadOnlyList<string> Address, IReadOnlyDictionary<IsoDayOfWeek, (LocalTime Opens, LocalTime Closes)> Hours);

/// <summary>People who work cases together, for one authority or several.</summary>
public sealed record Team(string Id, string Name, IReadOnlyList<string> Authorities);

/// <summary>A member of staff, or a partner's program, with roles, and the authorities and teams they hold for.</summary>
public sealed record Member(string Id, string Name, IReadOnlySet<Identity.Role> Roles, IReadOnlySet<string> Authorities, IReadOnlySet<string> Teams, bool IsPartner)
{
    /// <summary>Where invitations go; null where nobody wrote it down.</summary>
    public string? Email { get; init; }
    /// <summary>The services that their roles are limited to; null for all.</summary>
    public IReadOnlySet<string>? Services { get; init; }
    /// <summary>What they were given at the desk besides, also what is over or has not begun.</summary>
    public IReadOnlyList<Identity.Grant> Grants { get; init; } = [];
}

/// <summary>One authority's offer of a service: which team works it, by stage where that differs, and the other ways to ask for it.</summary>
public sealed record Offer(string Service, string Authority, string Team, IReadOnlyDictionary<string, string> StageTeams, string? Phone, string? Counter)
{
    /// <summary>Its prices in pence by name, which amounts of the service's charges look at.</summary>
    public IReadOnlyDictionary<string, long> Fees { get; init; } = new Dictionary<string, long>();
    /// <summary>Its own income codes by charge, where they are not the service's.</summary>
    public IReadOnlyDictionary<string, string> IncomeCodes { get; init; } = new Dictionary<string, string>();
    /// <summary>How to pay, in words.</summary>
    public Prose? Pay { get; init; }
    /// <summary>Where it is written.</summary>
    public SourcePlace Place { get; init; }
    /// <summary>The team that works a stage.</summary>
    public string TeamFor(string stage) => StageTeams.TryGetValue(stage, out var team) ? team : Team;
}

/// <summary>Measured unit costs of an authority from a day on: staff pounds an hour by role, and pounds a transaction by channel.</summary>
public sealed record RateCard(string Authority, LocalDate From, IReadOnlyDictionary<string, decimal> HourlyPounds, IReadOnlyDictionary<string, decimal> ChannelPounds, string Source);

/// <summary>Where a location lies: the authority whose it is, its ward where known, and coordinates.</summary>
public sealed record PlaceFound(string Authority, string? Ward, double? Latitude, double? Longitude);
