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

    static readonly Lazy<byte[][]> Services = new(() => [.. Directory.EnumerateFiles(Path.Combine(ReferencePage.Root, "services"), "service.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)]);

    /// <summary>Bytes changed as a bad disk, a bad line or a bad program changes them.</summary>
    static byte[] Changed(byte[] bytes, Random chance)
    {
        var made = bytes.ToList();
        for (var n = chance.Next(1, 8); n > 0; n--)
        {
            var at = chance.Next(made.Count);
            var length = Math.Min(chance.Next(1, chance.Next(2) == 0 ? 4 : 400), made.Count - at);
            switch (chance.Next(6))
            {
                case 0: made[at] = (byte)chance.Next(256); break;
                case 1: made[at] ^= (byte)(1 << chance.Next(8)); break;
                case 2: made.RemoveRange(at, length); break;
                case 3: made.InsertRange(at, made.GetRange(at, length)); break;
                case 4: made.Insert(at, (byte)Odd[chance.Next(Odd.Length)]); break;
                default:
                    var other = Services.Value[chance.Next(Services.Value.Length)];
                    var from = chance.Next(other.Length);
                    made.InsertRange(at, other[from..Math.Min(from + length, other.Length)]);
                    break;
            }
            if (made.Count == 0) return [];
        }
        return [.. made];
    }

    [Fact]
    public void No_change_of_bytes_in_any_service_makes_reader_or_checker_throw_or_point_outside_the_file()
    {
        var chance = new Random(2026);
        for (var i = 0; i < 200; i++)
        {
            var (text, why) = FileText.Read("service.yaml", Changed(Services.Value[i % Services.Value.Length], chance));
            if (text is null)
            {
                why.ShouldNotBeNull();
                continue;
            }
            var reading = ServiceReader.Read("service.yaml", text);
            Inside.ShouldHold(text, reading.Findings.Proved(text));
            (reading.Definition is null).ShouldBe(reading.Findings.Any(f => f.Severity == Severity.Error), text);
            if (reading.Definition is { } definition) Inside.ShouldHold(text, Checker.Check(definition, new Surroundings { Today = LongForm.Today }).Proved(text));
        }
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
