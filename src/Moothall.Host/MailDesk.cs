using Microsoft.AspNetCore.Routing;
using Moothall.Adapters.Smtp;
using Moothall.Notifications;
using Moothall.Store;
using NodaTime;

namespace Moothall.Host;

/// <summary>How often background work looks, where not as a serving council does: a benchmark or a test cannot wait a minute.</summary>
public sealed record Pace(ReaderSettings? Readers, OutboxSettings? Outbox)
{
    /// <summary>When services that stood in the store at the start are checked once more, because the council's files or the day may be others now; null where they are not.</summary>
    public TimeSpan? SecondLook { get; init; } = TimeSpan.FromSeconds(1);
}

/// <summary>
/// The mail server that this node sends to: the council's; in the demo, where none is set, a stand-in on this machine; else none. A program that was
/// published has no stand-ins in it.
/// </summary>
public sealed class MailDesk : IAsyncDisposable
{
    MailDesk(IMailer? mailer) => Mailer = mailer;

    public IMailer? Mailer { get; }

#if STAND_INS
    /// <summary>The stand-in that takes the mails of the demo; null where mails are real.</summary>
    public StandIns.MailServer? StandIn { get; private init; }

    internal string? StandInAddress => StandIn is null ? null : StandIns.MailPages.Address;

    internal static MailDesk Open(Settings settings, House house, IClock clock)
    {
        if (settings.Smtp is { } smtp) return new MailDesk(new SmtpMailer(smtp, clock));
        if (!settings.IsDemo) return new MailDesk(null);
        var standIn = new StandIns.MailServer(clock) { Bounced = text => house.Database.Commit(unit => TakeBounce.Take(unit, house, text)) }.Start();
        var address = new SmtpSettings { Host = "127.0.0.1", Port = standIn.Port, Tls = SmtpTls.None, From = "no-reply@council.example", Bounces = "bounces@council.example" };
        return new MailDesk(new SmtpMailer(address, clock)) { StandIn = standIn };
    }

    internal void Map(IEndpointRouteBuilder app)
    {
        if (StandIn is not null) StandIns.MailPages.Map(app, StandIn);
    }

    public ValueTask DisposeAsync() => StandIn?.DisposeAsync() ?? ValueTask.CompletedTask;
#else
    internal string? StandInAddress => null;

    internal static MailDesk Open(Settings settings, House house, IClock clock) => new(settings.Smtp is { } smtp ? new SmtpMailer(smtp, clock) : null);

    internal void Map(IEndpointRouteBuilder app) { }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
#endif
}
