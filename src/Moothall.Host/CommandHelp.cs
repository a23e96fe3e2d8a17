using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Text;
using Moothall.Definitions;
using Option = System.CommandLine.Option;

namespace Moothall.Host;

/// <summary>What `--help` prints: what a command does, how it is called, and what stands in its place and its options, in the language of the reader.</summary>
sealed class CommandHelp : SynchronousCommandLineAction
{
    const int Indent = 2;
    const int WidestLeft = 34;

    public override bool ClearsParseErrors => true;

    /// <summary>Gives the program's own help to a root command, in the place of the library's.</summary>
    public static void GiveTo(RootCommand root)
    {
        foreach (var option in root.Options)
        {
            if (option is HelpOption)
            {
                option.Description = Phrases.Mark("Shows this help.");
                option.Action = new CommandHelp();
            }
            else if (option is VersionOption) option.Description = Phrases.Mark("Shows the version of the program.");
        }
    }

    public override int Invoke(ParseResult parsed)
    {
        Console.Out.Write(Of(parsed.CommandResult.Command, CommandLanguage.Spoken, Console.IsOutputRedirected ? int.MaxValue : Console.WindowWidth));
        return 0;
    }

    /// <summary>The help of a command.</summary>
    /// <param name="width">How many letters a line of the terminal has.</param>
    internal static string Of(Command command, Phrases phrases, int width)
    {
        var text = new StringBuilder();
        var options = Options(command).ToList();
        Section(text, phrases.Say("Description:"));
        Row(text, "", phrases.SayMarked(command.Description ?? ""), 0, width);
        Section(text, phrases.Say("Usage:"));
        Row(text, "", string.Join(' ', Usage(command, options, phrases)), 0, width);
        Table(text, phrases.Say("Arguments:"), command.Arguments.Select(a => ($"<{a.Name}>", phrases.SayMarked(a.Description ?? ""))), width);
        Table(text, phrases.Say("Options:"), options.Select(o => (Called(o), phrases.SayMarked(o.Description ?? "") + (o.Required ? " " + phrases.Say("This option is needed.") : ""))), width);
        Table(text, phrases.Say("Commands:"), command.Subcommands.Select(c => (string.Join(' ', c.Arguments.Select(a => $"<{a.Name}>").Prepend(c.Name)), phrases.SayMarked(c.Description ?? ""))), width);
        return text.ToString().TrimStart('\n', '\r');
    }

    // A command's own options, then those of the commands above it that are for all.
    static IEnumerable<Option> Options(Command command)
    {
        var above = Above(command).Skip(1).SelectMany(c => c.Options).Where(o => o.Recursive);
        return command.Options.Concat(above).Where(o => !o.Hidden);
    }

    static IEnumerable<Command> Above(Command command)
    {
        for (var at = command; at is not null; at = at.Parents.OfType<Command>().FirstOrDefault()) yield return at;
    }

    static IEnumerable<string> Usage(Command command, IReadOnlyCollection<Option> options, Phrases phrases)
    {
        foreach (var name in Above(command).Reverse().Select(c => c is RootCommand ? "moothall" : c.Name)) yield return name;
        if (command.Subcommands.Count > 0) yield return phrases.Say("[command]");
        foreach (var argument in command.Arguments)
        {
            var several = argument.Arity.MaximumNumberOfValues > 1 ? "..." : "";
            yield return argument.Arity.MinimumNumberOfValues == 0 ? $"[<{argument.Name}>{several}]" : $"<{argument.Name}>{several}";
        }
        if (options.Count > 0) yield return phrases.Say("[options]");
    }

    static string Called(Option option)
    {
        var names = string.Join(", ", option.Aliases.Append(option.Name).Where(n => n[0] != '/').OrderBy(n => n.Length).ThenBy(n => n, StringComparer.Ordinal));
        return option.Arity.MaximumNumberOfValues == 0 || option.ValueType == typeof(bool) ? names : $"{names} <{option.HelpName ?? option.Name.TrimStart('-')}>";
    }

    static void Section(StringBuilder text, string heading) => text.AppendLine().AppendLine(heading);

    static void Table(StringBuilder text, string heading, IEnumerable<(string Left, string Right)> rows, int width)
    {
        var all = rows.ToList();
        if (all.Count == 0) return;
        Section(text, heading);
        var left = Math.Min(WidestLeft, all.Max(r => r.Left.Length));
        foreach (var row in all) Row(text, row.Left, row.Right, left, width);
    }

    static void Row(StringBuilder text, string left, string right, int leftWidth, int width)
    {
        var from = Indent + (leftWidth > 0 ? leftWidth + 2 : 0);
        text.Append(' ', Indent).Append(left);
        if (left.Length > leftWidth) text.AppendLine().Append(' ', from);
        else text.Append(' ', from - Indent - left.Length);
        var room = width == int.MaxValue ? width : Math.Max(20, width - from - 1);
        var at = 0;
        foreach (var word in right.Split(' '))
        {
            if (at > 0 && at + 1 + word.Length > room)
            {
                text.AppendLine().Append(' ', from);
                at = 0;
            }
            if (at > 0)
            {
                text.Append(' ');
                at++;
            }
            text.Append(word);
            at += word.Length;
        }
        text.AppendLine();
    }
}
