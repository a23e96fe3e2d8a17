using Moothall.Cases;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Exchange;
using Moothall.Store;
using NodaTime;

namespace Moothall.Journeys;

/// <summary>All answers at once, by a program or by an advisor who types for a caller. The answers were read by the same types and in the same order as on the web.</summary>
public sealed record SubmitAnswers
{
    public required PublishedService Published { get; init; }
    /// <summary>Good answers of a complete path.</summary>
    public required Answers Answers { get; init; }
    public required Authority Asked { get; init; }
    public required string Channel { get; init; }
    public required Instant Received { get; init; }
    public required Actor By { get; init; }
    public string? ByMember { get; init; }
    public bool Imported { get; init; }
    public int HandlingSeconds { get; init; }
    public string Language { get; init; } = "en";
    public string? AssistedWhy { get; init; }
    /// <summary>How many answers are as they had been filled in for the advisor.</summary>
    public int Prefilled { get; init; }
    public bool DigitalOffered { get; init; }
    public bool DigitalTaken { get; init; }

    /// <summary>Decides whose it is and makes the case in the unit; a designed end that is no sending is refused with its words.</summary>
    public async Task<Result<CouncilCase>> Submit(Unit unit, CouncilFiles council)
    {
        ArgumentNullException.ThrowIfNull(council);
        var definition = Published.Definition;
        var today = Asked.Calendar.DayOf(Received);
        var walk = Journey.Walk(definition, Answers, today);
        if (walk.Exit is { } exit) return Refusal.Invalid("{title}. {text}", ("title", exit.Title.In(Language)), ("text", exit.Text.In(Language)));
        if (walk.Next is { } next) return Refusal.Invalid([new Fault(next.Name, next.Name, Phrases.In(Language).Say("Answer “{question}”", ("question", next.Text.In(Language))))]);
        var kept = walk.OnPath;
        // History was agreed to long ago.
        if (!Imported && SubmitDraft.NotAgreeable(definition, kept, today) is { Count: > 0 } faults) return Refusal.Invalid(faults);
        var whose = Whose.Find(definition, kept, council, Asked);
        if (whose.Value is not { } owner) return whose.Refusal!;
        var received = await CaseReceiving.Receive(unit, new ReceiveCase
        {
            Definition = definition, DefinitionVersion = Published.Version, Offer = owner.Offer, Authority = owner.Authority, Answers = kept,
            Decided = Journey.Decide(definition, kept, today), Channel = Channel, Received = Received, By = By, ByMember = ByMember, Imported = Imported,
            HandlingSeconds = HandlingSeconds, ToPassOn = SharingDue.Decide(definition, kept, council.Agreements, today),
            Facts = new CaseFacts
            {
                Asked = walk.Path.Count, Prefilled = Prefilled, Language = Language, Ward = owner.Ward, Street = owner.Street, AssistedWhy = AssistedWhy, DigitalOffered = DigitalOffered, DigitalTaken = DigitalTaken,
            },
        });
        // The same request in flight may have made its case in between: run again, its key is found.
        return received.Value ?? throw new StoreConflictException(received.Refusal!.Why);
    }
}
