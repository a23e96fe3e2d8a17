using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Moothall.Definitions;
using Moothall.Store;
using NodaTime;

namespace Moothall.Notifications;

/// <summary>How the outbox goes about its work. The defaults are for a serving council.</summary>
public sealed record OutboxSettings
{
    /// <summary>How often it looks for messages.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(1);
    /// <summary>The wait after a first refusal for now; it doubles with each further one, up to <see cref="LongestWait"/>, a fifth more or less so that not all come at once.</summary>
    public Duration FirstWait { get; init; } = Duration.FromMinutes(1);
    public Duration LongestWait { get; init; } = Duration.FromHours(4);
    /// <summary>How often a message that the server refuses for now is tried before a person has to look: about two days.</summary>
    public int MostAttempts { get; init; } = 18;
    /// <summary>The wait while the server as a whole cannot be used.</summary>
    public Duration ServerWait { get; init; } = Duration.FromMinutes(1);
    /// <summary>For how long a claimed message is given before another may take it, while the node that claimed it is alive.</summary>
    public Duration Claim { get; init; } = Duration.FromMinutes(10);
}

/// <summary>
/// Brings queued messages to the mail server: claimed in a unit of its own, handed over outside any unit, the outcome written in a third. A claim belongs to a
/// run of a node: it is free when that node is dead, when that node begins another round (what it could not write down), or when it has run out; the next attempt carries the same Message-ID. While the server is down everything waits and no attempt is counted.
/// </summary>
public sealed class Outbox(House house, IMailer? mailer, ILogger? log = null, OutboxSettings? settings = null) : IAsyncDisposable
{
    const int MostAtOnce = 4;
    static readonly SqlName Table = new("message");
    readonly ILogger log = log ?? NullLogger.Instance;
    readonly OutboxSettings settings = settings ?? new();
    readonly CancellationTokenSource stop = new();
    Task running = Task.CompletedTask;
    Instant paused = Instant.MinValue;
    bool disposed;

    /// <summary>The mail server; null when none is set, and messages wait.</summary>
    public IMailer? Mailer => mailer;

    /// <summary>What keeps messages from being sent just now, in words for an administrator; null when nothing does.</summary>
    public Message? Trouble { get; private set; } = mailer is null ? new Message("No mail server is set, so messages wait. Set smtp-host and mail-from, and start again.") : null;

    /// <summary>The run of this node as it is entered among the nodes, so that others take up at once what it leaves undone; null where it is not entered.</summary>
    public string? NodeRun { get; set; }

    /// <summary>Begins to send in the background.</summary>
    public void Start() => running = Task.Run(Run);

    async Task Run()
    {
        Unhurried.Begin();
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (await Round(stop.Token) > 0) continue;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                log.LogWarning(error, "Messages could not be sent just now; they wait.");
            }
            await Task.Delay(settings.Poll, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Sends what is due now.</summary>
    /// <returns>How many messages were looked at.</returns>
    public async Task<int> Round(CancellationToken cancel = default)
    {
        if (mailer is null || house.ClockTrouble() is not null || house.Now < paused) return 0;
        var now = house.Now;
        if (!await house.Database.Read(session => Claims.Wait(session, Table, now, NodeRun), cancel)) return 0;
        var claimed = await house.Database.Commit(Claim, cancel);
        await Parallel.ForEachAsync(claimed, new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = cancel }, async (message, stopping) => await Send(message, stopping));
        return claimed.Count;
    }

    sealed record Claimed(long Number, Letter Letter, string Kind, string Authority, string? Service, bool AtOnce, int Attempts, string? Trace);

    async Task<List<Claimed>> Claim(Unit unit)
    {
        var now = house.Now;
        var until = now + settings.Claim;
        await Claims.Free(unit, Table, now, NodeRun);
        return unit.Dialect == Dialect.Sqlite
            ? await unit.Query($"""
                update message set state = 'doing', attempts = attempts + 1, next_try = {until}, claimed_by = {NodeRun}, changed = {now}
                where number in (select number from message where next_try <= {now} order by next_try, number limit 20)
                returning number, token, address, language, subject, plain, html, stop_link, attachment_name, attachment_kind, attachment, kind, authority, service, at_once, attempts, trace
                """, Read)
            : await unit.Query($"""
                update message set state = 'doing', attempts = attempts + 1, next_try = {until}, claimed_by = {NodeRun}, changed = {now}
                where number in (select number from message where next_try <= {now} order by next_try, number limit 20 for update skip locked)
                returning number, token, address, language, subject, plain, html, stop_link, attachment_name, attachment_kind, attachment, kind, authority, service, at_once, attempts, trace
                """, Read);
    }

    Claimed Read(Row row)
    {
        var authority = house.Council.FindAuthority(row.Text(12)) ?? house.Council.Authorities[0];
        var attachment = row.IsNull(10) ? null : new MailAttachment(row.Text(8), row.Text(9), row.Bytes(10));
        return new Claimed(row.Long(0), new Letter(row.Text(1), row.Text(2), authority.Name, authority.Contact.Email, row.Text(3), row.Text(4), row.Text(5), row.Text(6), row.TextOrNull(7), attachment),
            row.Text(11), row.Text(12), row.TextOrNull(13), row.Bool(14), row.Int(15), row.TextOrNull(16));
    }

    async Task Send(Claimed message, CancellationToken cancel)
    {
        var quiet = (house.Council.FindAuthority(message.Authority) ?? house.Council.Authorities[0]).QuietHours;
        if (!message.AtOnce && quiet.Has(house.Now))
        {
            await house.Database.Commit(unit => PutBack(unit, message, null, null, quiet.After(house.Now)), CancellationToken.None);
            return;
        }
        // Another one failed a moment ago because of the server: this one would fail the same.
        if (house.Now < paused)
        {
            await house.Database.Commit(unit => PutBack(unit, message, null, null, house.Now), CancellationToken.None);
            return;
        }
        // A node that was paused until its claim ran out must not send what another has sent meanwhile.
        if (await house.Database.Read(s => s.Number($"select count(*) from message where number = {message.Number} and state = 'doing' and attempts = {message.Attempts}"), cancel) == 0) return;
        MailOutcome outcome;
        using var span = Signals.GoOn("mail " + message.Kind, ActivityKind.Producer, message.Trace);
        try
        {
            outcome = await mailer!.Send(message.Letter, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await house.Database.Commit(unit => PutBack(unit, message, null, null, house.Now), CancellationToken.None);
            return;
        }
        if (outcome.Trouble is { } trouble) span?.SetStatus(ActivityStatusCode.Error, trouble);
        if (outcome.Fault == MailFault.Server)
        {
            paused = house.Now + settings.ServerWait;
            if (Trouble?.ToText() != outcome.Words?.ToText()) log.LogWarning("Messages wait: {Words}", outcome.Words);
            Trouble = outcome.Words;
        }
        else Trouble = null;
        await house.Database.Commit(unit => Write(unit, message, outcome), CancellationToken.None);
    }

    async Task Write(Unit unit, Claimed message, MailOutcome outcome)
    {
        var now = house.Now;
        switch (outcome.Fault)
        {
            case MailFault.None:
                if (await unit.Execute($"""
                    update message set state = 'sent', trouble = null, why = null, next_try = null, claimed_by = null, changed = {now}, attachment = null
                    where number = {message.Number} and state = 'doing' and attempts = {message.Attempts}
                    """) == 1)
                    await unit.Append($"message/{message.Number}", 0, [EventJson.ToLog(new MessageSent(message.Kind, "email", message.Authority, message.Service), now)]);
                break;
            case MailFault.Server:
                await PutBack(unit, message, outcome.Trouble, outcome.Words?.ToText(), now + settings.ServerWait);
                break;
            case MailFault.ForNow when message.Attempts < settings.MostAttempts:
                var next = now + WaitAfter(message.Attempts);
                var quiet = (house.Council.FindAuthority(message.Authority) ?? house.Council.Authorities[0]).QuietHours;
                await unit.Execute($"""
                    update message set state = 'waiting', trouble = {outcome.Trouble}, why = {outcome.Words?.ToText()}, next_try = {(message.AtOnce ? next : quiet.After(next))}, claimed_by = null, changed = {now}
                    where number = {message.Number} and state = 'doing' and attempts = {message.Attempts}
                    """);
                break;
            default:
                await unit.Execute($"""
                    update message set state = 'stuck', trouble = {outcome.Trouble}, why = {outcome.Words?.ToText()}, next_try = null, claimed_by = null, changed = {now}
                    where number = {message.Number} and state = 'doing' and attempts = {message.Attempts}
                    """);
                if (outcome.Trouble == Notifications.Trouble.RefusedAddress) await DeadAddresses.Add(unit, message.Letter.To, outcome.Words?.ToText() ?? "", now);
                break;
        }
    }

    // The attempt is not counted: it was not the message's fault.
    static Task PutBack(Unit unit, Claimed message, string? trouble, string? why, Instant next) => unit.Execute($"""
        update message set state = 'waiting', trouble = {trouble}, why = {why}, next_try = {next}, claimed_by = null, attempts = {message.Attempts - 1}
        where number = {message.Number} and state = 'doing' and attempts = {message.Attempts}
        """);

    Duration WaitAfter(int attempts)
    {
        var wait = settings.FirstWait * (1L << Math.Clamp(attempts - 1, 0, 20));
        return (wait < settings.LongestWait ? wait : settings.LongestWait) * (0.8 + 0.4 * Random.Shared.NextDouble());
    }

    public async ValueTask DisposeAsync()
    {
        if (disposed) return;
        disposed = true;
        await stop.CancelAsync();
        await running;
        stop.Dispose();
    }
}
