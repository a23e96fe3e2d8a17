using FsCheck;
using FsCheck.Fluent;
using Moothall.Definitions;
using Shouldly;
using Xunit;

namespace Moothall.Definitions.Tests.Types;

public class CaseReferenceTests
{
    const string Symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    static readonly Gen<string> References = Gen.Elements("POT", "FL", "STLAMP").Select(CaseReference.New);

    // The places of the eight symbols in a reference.
    static int PlaceOf(string reference, int symbol) => reference.Length - 9 + (symbol < 4 ? symbol : symbol + 1);

    static string With(string reference, int symbol, char c)
    {
        var changed = reference.ToCharArray();
        changed[PlaceOf(reference, symbol)] = c;
        return new string(changed);
    }

    [Fact]
    public void The_example_of_the_contract_is_a_reference() => CaseReference.Tidy("POT-7F3K-92QX").ShouldBe("POT-7F3K-92QX");

    [Fact]
    public void A_new_reference_is_as_it_should_be() =>
        Prop.ForAll(References.ToArbitrary(), reference => CaseReference.Tidy(reference) == reference).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_one_wrong_symbol_is_noticed() =>
        Prop.ForAll(References.ToArbitrary(), reference => Enumerable.Range(0, 8).All(symbol =>
            Symbols.Where(c => c != reference[PlaceOf(reference, symbol)]).All(c => CaseReference.Tidy(With(reference, symbol, c)) is null))).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_two_exchanged_symbols_are_noticed() =>
        Prop.ForAll(References.ToArbitrary(), reference =>
            (from one in Enumerable.Range(0, 8)
             from other in Enumerable.Range(0, 8)
             let a = reference[PlaceOf(reference, one)]
             let b = reference[PlaceOf(reference, other)]
             where a != b
             select With(With(reference, one, b), other, a)).All(exchanged => CaseReference.Tidy(exchanged) is null)).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("pot-7f3k-92qx")]
    [InlineData(" POT 7F3K 92QX ")]
    [InlineData("POT7F3K92QX")]
    [InlineData("pot–7f3k‑92qx")]
    public void How_it_is_spaced_and_written_does_not_matter(string typed) => CaseReference.Tidy(typed).ShouldBe("POT-7F3K-92QX");

    [Fact]
    public void O_is_nought_and_I_and_L_are_one() =>
        Prop.ForAll(References.ToArbitrary(), reference =>
        {
            var symbols = reference[^9..].Replace('0', 'o').Replace('1', 'L');
            return CaseReference.Tidy(reference[..^9] + symbols) == reference && CaseReference.Tidy(reference[..^9] + symbols.Replace('L', 'i')) == reference;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData("POT")]
    [InlineData("P-7F3K-92QX")]
    [InlineData("PO7-7F3K-92QX")]
    [InlineData("POT-7F3U-92QX")]
    [InlineData("POT-7F3K-92QX-9")]
    [InlineData("POT/7F3K/92QX")]
    [InlineData("PÖT-7F3K-92QX")]
    public void What_is_no_reference_is_none(string typed) => CaseReference.Tidy(typed).ShouldBeNull();

    [Fact]
    public void Whatever_is_typed_is_a_reference_or_none() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), typed => typed is null || CaseReference.Tidy(typed) is not { } reference || CaseReference.Tidy(reference) == reference).QuickCheckThrowOnFailure();
}
