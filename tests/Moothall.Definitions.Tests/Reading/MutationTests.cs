using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Moothall.Definitions.Tests.ReadingFiles;

/// <summary>The example service with slips made at random: the reader always answers, and points inside the file.</summary>
public class MutationTests
{
    const string Odd = "\t:#-\"'{}[]&*!|>%@`, ?<=~\\\u0000\u00A0\u2028\uFEFFéŵ😀0aZ\n\r";

    static string Changed(string text, int kind, int at, int with)
    {
        var lines = text.Split('\n').ToList();
        var line = at % lines.Count;
        switch (kind % 8)
        {
            case 0: lines.RemoveAt(line); break;
            case 1: lines.Insert(line, lines[line]); break;
            case 2: lines[line] = "  " + lines[line]; break;
            case 3: lines[line] = lines[line].StartsWith("  ", StringComparison.Ordinal) ? lines[line][2..] : lines[line]; break;
            case 4: lines[line] = " " + lines[line]; break;
            case 5: (lines[line], lines[with % lines.Count]) = (lines[with % lines.Count], lines[line]); break;
            case 6: return text.Insert(at % (text.Length + 1), Odd[with % Odd.Length].ToString());
            default: return text.Remove(at % text.Length, Math.Min(1 + with % 30, text.Length - at % text.Length));
        }
        return string.Join('\n', lines);
    }

    [Fact]
    public void No_slip_makes_the_reader_throw_or_point_outside_the_file()
    {
        var slip = from kind in Gen.Choose(0, 7) from at in Gen.Choose(0, 10_000) from with in Gen.Choose(0, 10_000) select (kind, at, with);
        var slips = from count in Gen.Choose(1, 4) from made in slip.ArrayOf(count) select made;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(600), Prop.ForAll(slips.ToArbitrary(), made =>
        {
            var text = made.Aggregate(PotholeFile.Text, (t, s) => Changed(t, s.kind, s.at, s.with));
            var reading = ServiceReader.Read("service.yaml", text);
            Inside.ShouldHold(text, reading.Findings.Proved(text));
            return reading.Definition is not null != reading.Findings.Any(f => f.Severity == Severity.Error);
        }));
    }
}
