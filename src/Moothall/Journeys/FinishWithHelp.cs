using Moothall.Cases;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Store;
using NodaTime;

namespace Moothall.Journeys;

/// <summary>
/// An advisor finishes a person's own draft with them and sends it. It stays the person's web journey, with help: its channel is `assisted`, and why they
/// needed it is kept with the case.
/// </summary>
/// <param name="Revision">The revision of the draft that the advisor saw.</param>
/// <param name="Answers">All answers, read by the definition of the draft's version.</param>
/// <param name="Why">A code of <see cref="Reasons"/>.</param>
public sealed record FinishWithHelp(string Draft, int Revision, Answers Answers, string Why, Caller By, int HandlingSeconds)
{
    /// <summary>Why somebody is helped, as codes.</summary>
    public static readonly IReadOnlyList<string> Reasons = ["no-device", "no-internet", "skills", "confidence", "language", "disability", "hard-to-understand", "other"];

    /// <summary>Saves the answers and sends the draft in the unit.</summary>
    public async Task<Result<CouncilCase>> Send(Unit unit, PublishedServices services, CouncilFiles council, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(services);
        if (!Rights.HasRole(By, Right.SubmitForOthers)) return Refusal.NotAllowed;
        if (!Reasons.Contains(Why)) return Refusal.Invalid([new Fault("_why", "_why", new Message("Choose why they needed help"))]);
        var draft = await DraftRows.Find(unit, Draft);
        if (draft is { How: "submitted", Reference: { } sent } && await CaseQueries.TakenBy(unit, sent) == By.Id) return (await CaseQueries.Find(unit, sent))!;
        if (draft is not { IsOpen: true }) return Refusal.Invalid("They have sent it themselves, or it has ended. Ask them what their screen says.");
        if (draft.Revision != Revision) return Refusal.Changed("The person changed an answer on their own screen meanwhile. Check the answers with them, then send.");
        var definition = (await services.Version(draft.Service, draft.Version)).Definition;
        await DraftRows.Save(unit, draft with
        {
            AnswersJson = AnswersJson.Write(definition, Answers), Channel = "assisted", AssistedWhy = Why, Revision = draft.Revision + 1, Touched = now,
        });
        var done = await SubmitDraft.Submit(unit, services, council, Draft, draft.Revision + 1, now, By.Id, HandlingSeconds);
        return done.Value is { Case: { } @case } ? @case : done.Refusal ?? Refusal.Invalid("They have sent it themselves meanwhile.");
    }
}
