using System.Text.Json;
using Moothall.Cases;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Exchange;
using Moothall.Identity;
using Moothall.Store;
using NodaTime;

namespace Moothall.Journeys;

/// <summary>What sending a journey came to.</summary>
/// <param name="Case">The case, or null when it was sent before (then Reference says which).</param>
public sealed record SubmittedDraft(string Reference, CouncilCase? Case)
{
    /// <summary>The draft as it ended, where this sent it.</summary>
    public SentDraft? Sent { get; init; }
}

/// <summary>A draft that was sent, the case that it became, and the answers that the case was given.</summary>
public sealed record SentDraft(Draft Draft, CouncilCase Case, Answers Answers);

/// <summary>
/// Sends a journey: the draft ends, and the case is made, in one unit of work. Sending twice gives the same case; sending a page that is out of date
/// shows the answers again instead.
/// </summary>
public static class SubmitDraft
{
    /// <param name="revision">The revision that the page of answers showed.</param>
    /// <param name="helper">The advisor who sends it with the person; null where the person sends it themselves.</param>
    /// <param name="handlingSeconds">The seconds of the advisor.</param>
    /// <param name="account">The account of whoever is signed in, where the draft is kept with none.</param>
    public static async Task<Result<SubmittedDraft>> Submit(Unit unit, PublishedServices services, CouncilFiles council, string draftId, int revision, Instant now, string? helper = null, int handlingSeconds = 0, string? account = null)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(council);
        var draft = await DraftRows.Find(unit, draftId);
        if (draft is null) return Refusal.NotFound;
        if (draft is { How: "submitted", Reference: { } reference }) return new SubmittedDraft(reference, null);
        if (!draft.IsOpen) return Refusal.NotFound;
        var definition = (await services.Version(draft.Service, draft.Version)).Definition;
        var front = council.FindAuthority(draft.Authority) ?? council.Authorities[0];
        var today = front.Calendar.DayOf(now);
        var answers = AnswersJson.Read(definition, draft.AnswersJson);
        var walk = Journey.Walk(definition, answers, today);
        if (!walk.IsComplete) return Refusal.Changed("There is another question to answer before you can send this.");
        if (revision != draft.Revision) return Refusal.Changed("Your answers changed since this page was shown. Check them again before you send them.");
        IReadOnlyList<Fault> faults = [.. NoLongerGood(walk, today, draft.Language), .. NotAgreeable(definition, walk.OnPath, today)];
        if (faults.Count > 0) return Refusal.Invalid(faults);

        ActingAgreement? acting = null;
        if (draft.Acting is { } agreement && ((acting = await ActingAgreements.Find(unit, agreement)) is not { } found || !found.IsActive(now) || !found.Covers(draft.Service)))
            return Refusal.Invalid("You can no longer do this for somebody else: what you agreed with them has ended. Ask them, or begin again for yourself.");

        var kept = walk.OnPath;
        var whose = Whose.Find(definition, kept, council, front);
        if (whose.Value is not { } owner) return whose.Refusal!;
        var received = await CaseReceiving.Receive(unit, new ReceiveCase
        {
            Definition = definition, DefinitionVersion = draft.Version, Offer = owner.Offer, Authority = owner.Authority, Answers = kept,
            Decided = Journey.Decide(definition, kept, today), Channel = draft.Channel, Received = now,
            By = helper is not null ? Actor.Advisor : acting is not null ? Actor.Agent : Actor.Resident, ByMember = helper, HandlingSeconds = handlingSeconds,
            FilesHeldBy = UploadFile.OwnerOf(draft.Id),
            ToPassOn = SharingDue.Decide(services.Find(draft.Service)?.Definition ?? definition, kept, council.Agreements, today),
            Facts = new CaseFacts
            {
                Asked = walk.Path.Count, Prefilled = draft.Prefilled, Corrected = draft.Corrected, Language = draft.Language, Device = draft.Device, Ward = owner.Ward, Street = owner.Street, AssistedWhy = draft.AssistedWhy,
            },
        });
        if (received.Value is not { } @case)
        {
            await DraftRows.MustBeAt(unit, draft);
            return received.Refusal!;
        }
        if ((acting is null ? draft.Account ?? account : acting.Subject) is { } holder)
        {
            await AccountCases.Add(unit, new AccountCase(holder, @case.Reference, now, acting is null ? AccountCases.Sent : AccountCases.ForThem, acting?.Id));
            if (acting is null) await AccountDetails.Remember(unit, holder, definition, kept, @case.Reference, now);
        }
        var ended = draft with { AnswersJson = "{}", Revision = draft.Revision + 1, Ended = now, How = "submitted", Reference = @case.Reference, Touched = now };
        await DraftRows.Save(unit, ended);
        await unit.Append(Draft.Stream(draft.Id), 1, [EventJson.ToLog(AnswerSaving.Ended(draft, @case.Authority, "submitted", null, walk.Path.Count, now), now)]);
        return new SubmittedDraft(@case.Reference, @case) { Sent = new SentDraft(ended, @case, kept) };
    }

    /// <summary>What is wrong with whoever must agree, where somebody must.</summary>
    internal static IReadOnlyList<Fault> NotAgreeable(ServiceDefinition definition, Answers kept, LocalDate today) =>
        definition.CoSign is { } coSign && coSign.IsNeeded(definition, kept, Journey.Decide(definition, kept, today), today) ? coSign.Faults(definition, kept) : [];

    // A day that lay ahead when it was chosen may have passed since: what is bound to today is held against today again.
    static List<Fault> NoLongerGood(Walk walk, LocalDate today, string language)
    {
        var context = new ReadingContext { Today = today, Language = language };
        return [.. walk.Path.Given(walk.OnPath).Where(g => g.Question.AtLeast is { IsToday: true } || g.Question.AtMost is { IsToday: true })
            .SelectMany(g => g.Question.Type.ReadJson(g.Question, JsonSerializer.SerializeToElement(g.Question.Type.ToJson(g.Question, g.Answer)), context).Faults)];
    }
}
