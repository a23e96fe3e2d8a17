using NodaTime;

namespace Moothall.Definitions;

/// <summary>
/// A second person who must agree before the work begins, asked by a link in an e-mail. The case waits for them in the stage with `waiting-for: co-signer`, and its clocks stand still.
/// </summary>
public sealed record CoSign
{
    /// <summary>The question of `ask` that says who they are and where they are written to (person or email).</summary>
    public required string Who { get; init; }
    /// <summary>They are asked only when this holds; always where null.</summary>
    public Sentence? When { get; init; }
    /// <summary>What they are told before anything else, in Markdown.</summary>
    public Prose? Text { get; init; }
    /// <summary>What they agree to, in Markdown.</summary>
    public required Prose Statement { get; init; }
    /// <summary>The questions whose answers they see; nothing else of the case.</summary>
    public required IReadOnlyList<string> Shows { get; init; }
    /// <summary>How long the link works, counted from the day it is sent.</summary>
    public required Period Within { get; init; }
    /// <summary>How long before its end they are reminded; null where they are not.</summary>
    public Period? Remind { get; init; }
    /// <summary>The action of the waiting stage that is taken when they agree.</summary>
    public required string Agrees { get; init; }
    /// <summary>The action that is taken when they decline.</summary>
    public required string Declines { get; init; }
    /// <summary>The action that is taken when the link has ended without an answer.</summary>
    public required string NoAnswer { get; init; }
    public required SourcePlace Place { get; init; }

    /// <summary>The last day on which a link works that was sent on a day.</summary>
    public LocalDate LastDay(LocalDate sent) => Renewal.Plus(sent, Within, 1);

    /// <summary>The day of the reminder about a link with that last day; null where nobody is reminded.</summary>
    public LocalDate? ReminderBefore(LocalDate last) => Remind is { } ahead ? Renewal.Plus(last, ahead, -1) : null;

    /// <summary>Whether somebody must agree to what was answered.</summary>
    /// <param name="definition">The definition that this is part of.</param>
    /// <param name="kept">Only the answers on the path.</param>
    /// <param name="decided">What they were decided to come to.</param>
    public bool IsNeeded(ServiceDefinition definition, Answers kept, IReadOnlyDictionary<string, string> decided, LocalDate today) =>
        When is null || When.Holds(new Facts(definition, kept, decided, today));

    /// <summary>The name of the stage that a new case is in: the start of the work, or where it waits for whoever must agree first.</summary>
    public static string BeginningOf(ServiceDefinition definition, Answers kept, IReadOnlyDictionary<string, string> decided, LocalDate today)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return definition.Work.CoSignStage is { } waiting && definition.CoSign?.IsNeeded(definition, kept, decided, today) == true ? waiting.Name : definition.Work.Start;
    }

    /// <summary>The name and the address of whoever must agree; the address is null where none was given.</summary>
    public (string? Name, string? Email) Person(Answers answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        return answers[Who] switch
        {
            PersonAnswer person => (person.Name, string.IsNullOrWhiteSpace(person.Email) ? null : person.Email),
            TextAnswer email => (null, email.Text),
            _ => (null, null),
        };
    }

    /// <summary>What stands in the way of asking them: no address, or that of somebody else who is named. Said where the journey is sent.</summary>
    public IReadOnlyList<Fault> Faults(ServiceDefinition definition, Answers kept)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(kept);
        if (definition.FindQuestion(Who) is not { } question) return [];
        var field = question.Type.Name == "person" ? question.Name + "-email" : question.Name;
        var (name, email) = Person(kept);
        if (email is null)
            return [new Fault(question.Name, field, name is null ? new Message("Enter an email address for “{question}”, so that we can ask them to agree", ("question", question.Short ?? question.Text))
                : new Message("Enter the email address of {name}, so that we can ask them to agree", ("name", name)))];
        var others = definition.AskedOfApplicant.Select(q => kept[q.Name] switch { PersonAnswer person => person.Email, TextAnswer text when q.Type.Name == "email" => text.Text, _ => null });
        return others.Any(other => string.Equals(other, email, StringComparison.OrdinalIgnoreCase))
            ? [new Fault(question.Name, field, new Message("Somebody else must agree to this, so enter their own email address, not one that you gave for another person"))] : [];
    }
}
