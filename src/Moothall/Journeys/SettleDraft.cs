using Moothall.Definitions;
using Moothall.Store;
using NodaTime;

namespace Moothall.Journeys;

/// <summary>
/// When a draft's 28 days are over: one that was touched since waits on; one still open counts as not completed; then the row goes, with its files.
/// </summary>
public sealed class SettleDraft(PublishedServices services, IClock clock) : ITimerHandler
{
    public string Kind => Draft.Timer;

    public async Task Handle(Unit unit, string key, Instant due)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var draft = await DraftRows.Find(unit, key);
        if (draft is null) return;
        var now = clock.GetCurrentInstant();
        if (draft.Touched + Draft.Life > now)
        {
            await unit.SetTimer(Draft.Timer, key, draft.Touched + Draft.Life);
            return;
        }
        if (draft.IsOpen)
        {
            var definition = (await services.Version(draft.Service, draft.Version)).Definition;
            var asked = Journey.Walk(definition, AnswersJson.Read(definition, draft.AnswersJson), draft.Touched.InUtc().Date).Path.Count;
            await unit.Append(Draft.Stream(draft.Id), 1, [EventJson.ToLog(AnswerSaving.Ended(draft, draft.Authority, "abandoned", null, asked, now), now)]);
        }
        if (await unit.Execute($"delete from draft where id = {key} and revision = {draft.Revision}") == 0)
            throw new StoreConflictException("The draft was taken up again while it was being settled.");
        await EraseDrafts.Beside(unit, key, now);
    }
}
