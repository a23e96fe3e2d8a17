using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Store;
using NodaTime;

namespace Moothall.Contact;

/// <summary>
/// What a contact was, so that failure demand is counted: new, chasing a case, correcting, complaining, or a question. It makes no case; the person's
/// name is not taken.
/// </summary>
/// <param name="About">The reference of the case it was about, where there is one.</param>
/// <param name="DigitalOffered">The person was told that they could do it online; Taken: and then did.</param>
public sealed record RecordContact(string Channel, string Reason, string? About, int? HandlingSeconds, bool DigitalOffered = false, bool DigitalTaken = false)
{
    public static readonly IReadOnlyList<string> Reasons = ["new", "chasing", "correcting", "complaining", "question"];
    /// <summary>A day: longer is a clock that was left running.</summary>
    const int MostSeconds = 86_400;

    /// <summary>What was decided: the event, or what is wrong, each fault with the field it is about.</summary>
    public readonly record struct Decision(ContactRecorded? Event, IReadOnlyList<Fault> Faults);

    /// <summary>What was recorded: the contact's id, or what is wrong; then nothing was kept.</summary>
    public readonly record struct Result(string? Id, IReadOnlyList<Fault> Faults) : IOutcome
    {
        bool IOutcome.RollsBack => Id is null;
    }

    /// <summary>Decides, with the service and authority of the case it is about as found; null where there is none of that reference.</summary>
    public static Decision Decide(RecordContact command, Caller caller, (string Service, string Authority)? about)
    {
        if (!Rights.HasRole(caller, Right.RecordContacts))
            return new(null, [new("channel", "channel", new Message("You may not record contacts. Ask an administrator for the role of advisor."))]);
        var faults = new List<Fault>();
        if (!Channels.IsKnown(command.Channel))
            faults.Add(Wrong("channel", new Message("Choose how the person reached us: {channels}", ("channels", string.Join(", ", Channels.All)))));
        if (!Reasons.Contains(command.Reason))
            faults.Add(Wrong("reason", new Message("Choose why the person reached us: {reasons}", ("reasons", string.Join(", ", Reasons)))));
        var reference = Reference(command.About);
        var inScope = about is { } found && Rights.May(caller, Right.RecordContacts, found.Authority, null, found.Service);
        if (reference is not null && !inScope)
            faults.Add(Wrong("about", new Message("There is no case with this reference. Check it, or leave it empty")));
        if (command.HandlingSeconds is < 0 or > MostSeconds)
            faults.Add(Wrong("handlingSeconds", new Message("The handling time must be between 0 seconds and 24 hours (86,400 seconds)")));
        if (faults.Count > 0)
            return new(null, faults);
        var authority = inScope ? about!.Value.Authority : caller.Authorities.Count == 1 ? caller.Authorities.First() : null;
        return new(new(command.Channel, command.Reason, inScope ? about!.Value.Service : null, authority, inScope ? reference : null,
            command.HandlingSeconds ?? 0, command.DigitalOffered, command.DigitalOffered && command.DigitalTaken), []);
    }

    /// <summary>Records a contact in the caller's unit.</summary>
    /// <param name="findCase">The service and authority of a case by its reference; null when there is none.</param>
    public static async Task<Result> Record(Unit unit, RecordContact command, Caller caller, Func<Session, string, Task<(string Service, string Authority)?>> findCase, Instant now)
    {
        var about = Reference(command.About) is { } reference ? await findCase(unit, reference) : null;
        var decision = Decide(command, caller, about);
        if (decision.Event is not { } happened)
            return new(null, decision.Faults);
        var id = Guid.CreateVersion7().ToString("N");
        await unit.Execute($"""
            insert into contact (id, at, channel, reason, service, authority, about, handling_seconds, by_member)
            values ({id}, {now}, {happened.Channel}, {happened.Reason}, {happened.Service}, {happened.Authority}, {happened.About}, {happened.HandlingSeconds}, {caller.Id})
            """);
        await unit.Append($"contact/{id}", 0, EventJson.ToLog(happened, now));
        return new(id, []);
    }

    static string? Reference(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : CaseReference.Tidy(typed) ?? typed.Trim().ToUpperInvariant();

    static Fault Wrong(string field, Message message) => new(field, field, message);
}
