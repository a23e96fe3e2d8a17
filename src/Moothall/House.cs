using Moothall.Cases;
using Moothall.Council;
using Moothall.Identity;
using Moothall.Journeys;
using Moothall.Notifications;
using Moothall.Performance;
using Moothall.Records;
using Moothall.Store;
using NodaTime;

namespace Moothall;

/// <summary>Everything a node needs to do the council's work: the store, the council's files, the published services, the keys of links, and the time.</summary>
public sealed class House(Database database, CurrentCouncil council, PublishedServices services, TrackingCodes codes, IClock clock)
{
    public Database Database => database;
    public CurrentCouncil CurrentCouncil => council;
    /// <summary>The council's files as they are now.</summary>
    public CouncilFiles Council => council.Files;
    public PublishedServices Services => services;
    /// <summary>What this node worked out of drafts a moment ago.</summary>
    public RecentDrafts RecentDrafts { get; } = new();
    public TrackingCodes Codes => codes;
    public IClock Clock => clock;
    /// <summary>Whether a mail server is set, as the host says at the start: pages promise no mail without one.</summary>
    public bool MailIsSet { get; set; }
    /// <summary>What looks for viruses in files that people send, as the host says at the start; null where the council has no scanner.</summary>
    public IFileScanner? Scanner { get; set; }
    /// <summary>What is wrong with the clock of this node, in words; null when it goes right. With a wrong clock nothing is done by the time.</summary>
    public Func<Definitions.Message?> ClockTrouble { get; set; } = () => null;
    /// <summary>Whether this node is about to stop: it still serves, and says that it is not ready so that nobody new is sent to it.</summary>
    public bool IsStopping { get; set; }
    /// <summary>What an administrator should look at about this node's neighbours and the queue, as the host says.</summary>
    public Func<IReadOnlyList<Definitions.Message>> NodeWarnings { get; set; } = () => [];
    /// <summary>Who says who people are, by OpenID Connect; null where the host has put none in place.</summary>
    public Identity.ISignInProviders? Providers { get; set; }
    /// <summary>People and teams as the desk changed them.</summary>
    public Identity.People People { get; } = new(database, council);
    /// <summary>The time to the microsecond, which both databases keep: what is answered at once equals what is read later.</summary>
    public Instant Now => Instant.FromUnixTimeTicks(clock.GetCurrentInstant().ToUnixTimeTicks() / 10 * 10);

    /// <summary>The readers of the log that may be dropped and replayed.</summary>
    public static IReadOnlyList<IProjection> Projections() => [new DayFigures(), new QueueCounts()];

    /// <summary>The readers that decide and emit.</summary>
    public IReadOnlyList<IOwner> Owners() => [new Circumstances(CaseQueries.Circumstances), new LateWarnings(this)];

    /// <summary>The readers that reach people.</summary>
    public IReadOnlyList<IEffect> Effects() => [new TellApplicant(this), new TellFollowers(this), new AskCoSigner(this)];

    /// <summary>What happens when a time has come.</summary>
    public IReadOnlyList<ITimerHandler> Timers() =>
    [
        new SettleDraft(services, clock),
        new TidyStore(clock),
        new RemindOfRenewal(this),
        new CoSignTimes(this),
        new BulkWork(this),
        new LateWarnings(this),
        new KeepNightly(this),
        new CarryOutLists(this),
        new FillPlaces(this),
        new SealAudit(this),
    ];

    /// <summary>What is done about events that partners send.</summary>
    public IReadOnlyList<Exchange.IArrivalHandler> Arrivals() => [new Contact.TakeContact(CaseQueries.ServiceOf, () => Now)];

    /// <summary>What each module has of a case besides the case's own rows; all of it goes when the case's record is erased.</summary>
    public IReadOnlyList<Eraser> Erasers =>
    [
        new("messages", (unit, c) => EraseMessages.Erase(unit, c.Reference)),
        new("sensitive cases opened by others", (unit, c) => BreakGlass.EraseOf(unit, c.Reference)),
        new("readings", (unit, c) => ReadLog.EraseOf(unit, c.Reference, clock.GetCurrentInstant())),
        new("drafts", (unit, c) => EraseDrafts.Of(unit, c, Now)),
        new("accounts", (unit, c) => AccountCases.EraseOf(unit, c.Reference)),
        new("forms that came late", (unit, c) => KeptForms.EraseOf(unit, c.Reference)),
    ];

    /// <summary>What belongs to no case and goes by a list all the same.</summary>
    public IReadOnlyList<LooseKind> LooseKinds =>
    [
        new("message/", "messages", (session, _, held, now, after, most) => EraseMessages.Over(session, held, now, after, most),
            (session, _, held, now, key) => EraseMessages.FindOver(session, held, now, key), EraseMessages.AuthorityOf, EraseMessages.EraseOne),
        new("token/", "tokens", (session, house, held, now, after, most) => EndedTokens.Over(session, house.Council, held.People, now, after, most),
            (session, house, held, now, key) => EndedTokens.FindOver(session, house.Council, held.People, now, key), EndedTokens.AuthorityOf, EndedTokens.Erase),
        new("file/", "files", (session, _, _, now, after, most) => UnusedFiles.Over(session, now, after, most),
            (session, _, _, now, key) => UnusedFiles.FindOver(session, now, key), UnusedFiles.AuthorityOf, FileStore.DeleteUnused),
    ];

    /// <summary>What goes by its own age each night.</summary>
    public IReadOnlyList<Expiry> Expiries =>
    [
        new("accounts", "unused for as long as the council says", (unit, now, held) => CloseAccount.Unused(unit, this, held, now)),
        new("arrivals", "30 days after they came", (unit, now, _) => Exchange.Inbox.EraseOld(unit, now)),
    ];

    /// <summary>Opens a house on a store whose schema is current.</summary>
    public static async Task<House> Open(Database database, CouncilFiles council, IClock clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        var current = new CurrentCouncil(council);
        var services = new PublishedServices(database, () => current.Files.Places, all => current.Hide(all.Where(d => d.Sensitive).Select(d => d.Name).ToHashSet(StringComparer.Ordinal)));
        await services.Refresh();
        var codes = await TrackingCodes.Open(database, clock.GetCurrentInstant());
        // A node that starts must not put off the work that another is in the middle of; a night that was missed is caught up with.
        await database.Commit(async unit =>
        {
            await FillPlaces.Begin(unit, clock.GetCurrentInstant());
            await unit.SetTimerIfNone(TidyStore.Timer, "", clock.GetCurrentInstant() + TidyStore.Every);
            await unit.SetTimerIfNone(SealAudit.Timer, "", clock.GetCurrentInstant() + SealAudit.Every);
            await unit.SetTimerIfNone(KeepNightly.Timer, "", KeepNightly.NextNight(clock.GetCurrentInstant(), council.Authorities[0].Calendar.Zone));
        });
        var house = new House(database, current, services, codes, clock);
        await house.People.Refresh();
        return house;
    }
}

/// <summary>Every hour: idempotency keys after seven days, and what can no longer be undone, go.</summary>
public sealed class TidyStore(IClock clock) : ITimerHandler
{
    public const string Timer = "tidy-store";
    public static readonly Duration Every = Duration.FromHours(1);
    public string Kind => Timer;

    public async Task Handle(Unit unit, string key, Instant due)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var now = clock.GetCurrentInstant();
        await Idempotency.Forget(unit, now - Duration.FromDays(7));
        await UndoCase.Forget(unit, now);
        await HelpCodes.Forget(unit, now);
        await Identity.TidyIdentity.Tidy(unit, now);
        await unit.SetTimer(Timer, key, now + Every);
    }
}
