using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Notifications;
using Moothall.Store;
using NodaTime;

namespace Moothall.Journeys;

/// <summary>
/// Somebody finds that theirs is reported already and follows that one. The journey ends there as designed and counts as completed, as an exit does; no second
/// case is made.
/// </summary>
public static class FollowInstead
{
    /// <summary>How such a draft ended.</summary>
    public const string How = "followed";

    /// <param name="caseId">As the page of near cases named it.</param>
    public static async Task<Result<Follower>> Follow(Unit unit, House house, string draftId, string caseId, string email, LocalDate today)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(house);
        var now = house.Now;
        if (await DraftRows.Find(unit, draftId) is not { } draft) return Refusal.NotFound;
        if (draft is { How: not null and not How }) return Refusal.Changed("You have sent these answers already.");
        var followed = await Followers.Follow(unit, house.Codes, caseId, draft.Service, email, draft.Language, now);
        if (followed.Value is not { } follower) return followed.Refusal!;
        var definition = (await house.Services.Version(draft.Service, draft.Version)).Definition;
        if (draft.IsOpen)
        {
            var asked = Journey.Walk(definition, AnswersJson.Read(definition, draft.AnswersJson), today).Path.Count;
            await DraftRows.Save(unit, draft with { Revision = draft.Revision + 1, Ended = now, How = How, Touched = now });
            await unit.Append(Draft.Stream(draft.Id), 1, [EventJson.ToLog(AnswerSaving.Ended(draft, draft.Authority, "exit", Exit.Followed, asked, now), now)]);
        }
        var authority = house.Council.FindAuthority(draft.Authority) ?? house.Council.Authorities[0];
        var link = $"{authority.PublicAddress}/following/{house.Codes.ForFollower(follower.Id)}";
        await QueueMail.Queue(unit, house, new OutgoingMail
        {
            Key = Followers.WelcomeKey(follower.Id), Kind = "following", Authority = authority.Id, Service = draft.Service, To = email, Language = draft.Language, Template = "following", StopLink = link,
            Fields = new Dictionary<string, string?> { ["title"] = definition.Title.In(draft.Language), ["link"] = link },
        });
        return follower;
    }
}
