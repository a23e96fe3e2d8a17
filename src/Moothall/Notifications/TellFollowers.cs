using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Store;

namespace Moothall.Notifications;

/// <summary>
/// The effect that tells people who follow somebody else's case: each new stage, the close, and when it is opened again. In public words; what passed between
/// the council and the person who reported it stays there.
/// </summary>
public sealed class TellFollowers(House house) : IEffect
{
    public string Name => "tell-followers";
    public string Kind => "email-followers";

    public IReadOnlyList<string> Recipients(LogEvent e)
    {
        ArgumentNullException.ThrowIfNull(e);
        return ServiceOf(e) is { } service && house.Services.Find(service)?.Definition.Near is not null ? ["followers"] : [];
    }

    public async Task<EffectOutcome> Do(DueEffect due, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(due);
        var reference = due.Event.Stream["case/".Length..];
        var told = await house.Database.Commit(async unit =>
        {
            var followers = await Followers.Of(unit, reference);
            var queued = 0;
            foreach (var follower in followers)
                if (await Tell(unit, follower, due.Event.Version)) queued++;
            return queued;
        }, cancel);
        return told > 0 ? EffectOutcome.Done : EffectOutcome.NotSent("nobody follows it");
    }

    async Task<bool> Tell(Unit unit, Follower follower, int version)
    {
        var code = house.Codes.ForFollower(follower.Id);
        if (await Followers.Open(unit, house.Services, code, follower.Language, house.Now) is not var (_, progress)) return false;
        var authority = house.Council.FindAuthority(progress.Case.Authority) ?? house.Council.Authorities[0];
        var link = $"{authority.PublicAddress}/following/{code}";
        return await QueueMail.Queue(unit, house, new OutgoingMail
        {
            Key = $"follower/{follower.Id}/{version}", Kind = "follow-news", Authority = authority.Id, Service = progress.Case.Service, To = follower.Email, Language = follower.Language,
            Template = "follow-news", StopLink = link,
            Fields = new Dictionary<string, string?> { ["title"] = progress.Title, ["stage"] = progress.Now, ["link"] = link },
        });
    }

    static string? ServiceOf(LogEvent e) => e.Type switch
    {
        "case.advanced" => EventJson.Read<CaseAdvanced>(e).Service,
        "case.closed" => EventJson.Read<CaseClosed>(e).Service,
        "case.reopened" => EventJson.Read<CaseReopened>(e).Service,
        _ => null,
    };
}
