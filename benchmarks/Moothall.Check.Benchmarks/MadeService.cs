using System.Globalization;
using System.Text;

namespace Moothall.Check.Benchmarks;

/// <summary>Writes service files as long as asked for, with questions of usual types of which some look at earlier ones.</summary>
static class MadeService
{
    /// <summary>A service file.</summary>
    /// <param name="number">Its number, from which its name and prefix follow.</param>
    /// <param name="questions">How many questions it asks.</param>
    /// <param name="conditions">How many of them have a `when`.</param>
    public static string Text(int number, int questions, int conditions)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            service: {NameOf(number)}
            prefix: {Prefix(number)}
            title: Ask for thing {number}
            summary: Ask us for a thing of this kind.
            kind: apply
            ask:

            """);
        for (var i = 0; i < questions; i++) Question(text, i, i > 0 && (i + 1) * conditions / questions > i * conditions / questions);
        text.Append("""
            decide:
              priority:
                urgent: q0 is large and q1
                soon: q0 is large and not q1
                usual: otherwise
            work:
              close-within: {by: priority, urgent: 2 working days, soon: 5 working days, usual: 20 working days}
              outcomes:
                done: We did what you asked for
                refused: We cannot do it
              questions:
                finding:
                  question: What did you find?
                  type: long-text
              start: triage
              stages:
                triage:
                  within: 1 working day
                  actions:
                    accept:
                      to: doing
                    refuse:
                      close: refused
                      ask: [finding]
                doing:
                  within: 10 working days
                  actions:
                    done:
                      close: done
                      ask: [finding]
            tell:
              on received: [email]
              on closed: [email]
            keep:
              for: 6 years after closed
              because: public task
              personal: [you]
            measure:
              target: {closed-in-time: 90%}

            """);
        return text.ToString();
    }

    public static string NameOf(int number) => $"ask-for-thing-{number}";

    static string Prefix(int number) => new([.. Enumerable.Range(0, 4).Select(i => (char)('A' + number / (int)Math.Pow(26, 3 - i) % 26))]);

    static void Question(StringBuilder text, int i, bool conditional)
    {
        // Choices and yes-no questions come in turn, so that each later question has both before it to look at.
        var (type, more) = i == 2 ? ("person", "") : (i % 4) switch
        {
            0 => ("choice", "    options:\n      small: A small one\n      middle: One of middling size\n      large: A large one\n"),
            1 => ("yes-no", ""),
            2 => ("number", "    at-least: 0\n    at-most: 500\n"),
            _ => ("text", "    max-length: 100\n"),
        };
        var name = i == 2 ? "you" : $"q{i}";
        text.Append(CultureInfo.InvariantCulture, $"  {name}:\n    question: What about number {i} of it?\n    hint: Say it as it is.\n    type: {type}\n{more}");
        if (!conditional) return;
        var (choice, yes) = (Math.Max(0, (i - 1) / 4 * 4), Math.Max(1, (i - 2) / 4 * 4 + 1));
        text.Append(CultureInfo.InvariantCulture, $"    when: {(i == 1 ? "q0 is small or q0 is large" : i % 3 == 0 ? $"q{choice} is large" : i % 3 == 1 ? $"q{choice} is not small or q{Math.Min(yes, i - 1)}" : $"not q{Math.Min(yes, i - 1)}")}\n");
    }
}
