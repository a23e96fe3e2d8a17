using Moothall.Adapters.Smtp;
using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Notifications;
using Moothall.StandIns;
using Moothall.Store;
using Moothall.Tests.Council;
using Moothall.Tests.Journeys;
using NodaTime;
using Shouldly;

namespace Moothall.Tests.Notifications;

/// <summary>The example council with a mail server beside it: real SMTP on loopback, a clock that a test sets, an outbox that goes a round when it is told to.</summary>
sealed class MailHouse : IAsyncDisposable
{
    public static readonly Caller Amara = Tokens.CallerFor(ExampleCouncil.Files, "amara-okafor");

    MailHouse(OpenHouse house)
    {
        House = house;
        Server = new MailServer(house.Clock).Start();
        Mailer = new SmtpMailer(new SmtpSettings
        {
            Host = "127.0.0.1", Port = Server.Port, Tls = SmtpTls.None, From = "no-reply@council.example", Bounces = "bounces@council.example",
            Patience = TimeSpan.FromSeconds(10), PatienceAfterData = TimeSpan.FromSeconds(10),
        }, house.Clock);
        Outbox = new Outbox(house.House, Mailer);
    }

    public OpenHouse House { get; }
    public MailServer Server { get; }
    public SmtpMailer Mailer { get; }
    public Outbox Outbox { get; }
    public TestClock Clock => House.Clock;
    public Database Database => House.Database;

    public static async Task<MailHouse> Open(Dialect dialect, params string[] services) => new(await OpenHouse.Open(dialect, services));

    /// <summary>Somebody reports a pothole.</summary>
    public async Task<CouncilCase> Receive(string you = """{"name": "Ann Lee", "email": "ann@mail.example"}""")
    {
        var draft = await House.Begin(("where", "\"High Street, Wallingford\""), ("size", "\"large\""), ("deep", "true"), ("photo", "null"), ("you", you));
        return (await House.Submit(draft)).Value.ShouldNotBeNull().Case.ShouldNotBeNull();
    }

    /// <summary>A worker acts on a case.</summary>
    public async Task<CouncilCase> Act(CouncilCase @case, string action, string? note = null, params (string, string)[] values)
    {
        var command = new ActOnCase
        {
            Reference = @case.Reference, Action = action, SeenVersion = @case.Version, By = Amara, Note = note, Values = values.ToDictionary(v => v.Item1, v => v.Item2),
            Answers = (questions, context) => AnswersReader.ReadAll(questions, System.Text.Json.JsonDocument.Parse("{}").RootElement, context),
        };
        return (await Database.Commit(unit => CaseActions.Act(unit, House.House.Services, House.House.Council, command, House.House.Now))).Value.ShouldNotBeNull();
    }

    /// <summary>The readers of the log run until all that happened was looked at, without the minute of undo.</summary>
    public async Task Follow()
    {
        await using var readers = new ReaderHost(Database, [], House.House.Owners(), House.House.Effects(), [], null, new ReaderSettings { Undo = Duration.Zero, DuePoll = TimeSpan.FromMilliseconds(5) });
        await readers.Start();
        await readers.WaitUntilCaughtUp();
        while (await Database.Read(s => s.Number($"select count(*) from effect where next_try is not null")) > 0) await Task.Delay(5);
    }

    /// <summary>The readers take their place at the end of the log, as on the first day of a council.</summary>
    public async Task<MailHouse> Ready()
    {
        await Follow();
        return this;
    }

    /// <summary>Everything that is due goes to the mail server.</summary>
    public async Task Send()
    {
        while (await Outbox.Round() > 0) { }
    }

    public Task<List<CaseMessage>> Messages(CouncilCase @case) => Database.Read(s => MessageQueries.About(s, @case.Reference));

    /// <summary>Puts a message into the outbox that is about no case.</summary>
    public Task<bool> Queue(string key, string to, Func<OutgoingMail, OutgoingMail>? change = null)
    {
        var mail = new OutgoingMail { Key = key, Kind = "test", Authority = "wessex", To = to, Subject = "Hello", Body = "Good day." };
        return Database.Commit(unit => QueueMail.Queue(unit, House.House, change?.Invoke(mail) ?? mail));
    }

    public Task<(string State, string? Trouble, string? Why, int Attempts)> Row(string key) =>
        Database.Read(s => s.First($"select state, trouble, why, attempts from message where key = {key}", row => (row.Text(0), row.TextOrNull(1), row.TextOrNull(2) is { } why ? Definitions.Message.FromText(why).ToString() : null, row.Int(3))));

    public async ValueTask DisposeAsync()
    {
        await Outbox.DisposeAsync();
        await Server.DisposeAsync();
        await House.DisposeAsync();
    }
}
