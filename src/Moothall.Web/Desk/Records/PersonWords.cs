using Moothall.Definitions;
using Moothall.Records;
using Moothall.Web.Design;
using NodaTime;

namespace Moothall.Web.Desk.Records;

/// <summary>What is held about a person, in words for whoever answers their request.</summary>
static class PersonWords
{
    /// <summary>The questions that were answered.</summary>
    public static IReadOnlyList<Question> Asked(PersonRecord record) => [.. record.File.AnswersDefinition.Ask.Where(q => record.File.Answers.Settled(q.Name))];

    /// <summary>When it came and ended, how much there is, and whether something stands in the way of deleting it.</summary>
    public static string Summary(Look look, PersonRecord record, DateTimeZone zone)
    {
        var file = record.File;
        var what = look.Say("came on {day}, {channel}. {files, plural, =0 {No files} one {# file} other {# files}}, {messages, plural, =0 {no messages} one {# message} other {# messages}}.",
            ("day", look.Day(file.Case.Received.InZone(zone).Date)), ("channel", DeskWords.By(look.Phrases, file.Case.Channel)), ("files", file.Files.Count), ("messages", record.Messages.Count));
        if (record.IsHeld) return what + " " + look.Say("On hold: it cannot be deleted.");
        return file.Case.IsOpen ? what + " " + look.Say("Still open: it cannot be deleted before it is finished or withdrawn.") : what;
    }

    /// <summary>What somebody asked with.</summary>
    public static string Device(Look look, string device) => device switch
    {
        "phone" => look.Say("phone"),
        "tablet" => look.Say("tablet"),
        "computer" => look.Say("computer"),
        _ => device,
    };

    /// <summary>A ground of article 17(1) in words.</summary>
    public static string Ground(Look look, string code) => RecordMessages.Ground(code).In(look.Phrases);
}
