using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Moothall.Definitions;

namespace Moothall.Host;

/// <summary>
/// What is wrong with how a command was called, in sentences that can be said in any language. The library that reads the command line says it in English only, so its
/// sentences are known here by their form; one that is not known is said as it stands.
/// </summary>
static partial class UsageErrors
{
    public static Message Of(ParseError error)
    {
        foreach (var (form, say) in Known)
            if (form().Match(error.Message) is { Success: true } match) return say(match);
        return error.Message;
    }

    static readonly (Func<Regex> Form, Func<Match, Message> Say)[] Known =
    [
        (NoOption, m => new Message("There is no option “{word}” here.", ("word", m.Groups[1].Value))),
        (Unrecognised, m => new Message("There is no command, option or argument “{word}” here.", ("word", m.Groups[1].Value))),
        (NoCommand, _ => new Message("A command is missing, such as “serve” or “check”.")),
        (OptionMissing, m => new Message("The option {option} is missing.", ("option", m.Groups[1].Value))),
        (ValueMissing, m => new Message("The option {option} needs a value after it.", ("option", m.Groups[1].Value))),
        (ArgumentMissing, m => new Message("The command “{command}” needs something after it.", ("command", m.Groups[1].Value))),
        (TooMany, m => new Message("The option {option} takes one value, and {count} were given.", ("option", m.Groups[1].Value), ("count", m.Groups[2].Value))),
        (NoNumberOfOption, m => new Message("“{word}” after {option} is not a whole number.", ("word", m.Groups[1].Value), ("option", m.Groups[2].Value))),
        (Together, m => new Message("The option {option} stands alone.", ("option", m.Groups[1].Value))),
    ];

    [GeneratedRegex("^There is no option “(.*)” here\\.$")]
    private static partial Regex NoOption();

    [GeneratedRegex("^Unrecognized command or argument '(.*)'\\.$")]
    private static partial Regex Unrecognised();

    [GeneratedRegex("^Required command was not provided\\.$")]
    private static partial Regex NoCommand();

    [GeneratedRegex("^Option '(.*)' is required\\.$")]
    private static partial Regex OptionMissing();

    [GeneratedRegex("^Required argument missing for option: '(.*)'\\.$")]
    private static partial Regex ValueMissing();

    [GeneratedRegex("^Required argument missing for command: '(.*)'\\.$")]
    private static partial Regex ArgumentMissing();

    [GeneratedRegex("^Option '(.*)' expects a single argument but (.*) were provided\\.$")]
    private static partial Regex TooMany();

    [GeneratedRegex("^Cannot parse argument '(.*)' for option '(.*)' as expected type 'System\\.(?:Nullable`1\\[System\\.Int32\\]|Int32)'\\.$")]
    private static partial Regex NoNumberOfOption();

    [GeneratedRegex("^(.*) option cannot be combined with other arguments\\.$")]
    private static partial Regex Together();
}
