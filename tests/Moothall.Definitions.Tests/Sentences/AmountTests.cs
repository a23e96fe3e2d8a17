using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Definitions.Tests.Sentences;

public class AmountTests
{
    static readonly Dictionary<string, long> Prices = new() { ["first-bin"] = 5200, ["another-bin"] = 4000 };

    static Amount Read(string text)
    {
        var findings = new List<Finding>();
        return Amount.Parse(text, SentenceForm.Place, SentenceForm.Scope, findings) ?? throw new InvalidOperationException(findings[0].Message);
    }

    static string Fault(string text)
    {
        var findings = new List<Finding>();
        Amount.Parse(text, SentenceForm.Place, SentenceForm.Scope with { Earlier = [.. SentenceForm.Questions.Where(q => q.Name != "fee")] }, findings).ShouldBeNull();
        findings.Proved(text);
        return $"{findings[0].Place.Column - SentenceForm.Place.Column}: {findings[0].Message}";
    }

    static long Pence(string text, decimal children = 3)
    {
        var findings = new List<Finding>();
        var scope = SentenceForm.Scope with { Earlier = [.. SentenceForm.Questions.Where(q => q.Name != "fee")] };
        var amount = Amount.Parse(text, SentenceForm.Place, scope, findings) ?? throw new InvalidOperationException(findings[0].Message);
        return amount.Pence(new Facts(null!, Answers.None.With("children", new NumberAnswer(children)), new Dictionary<string, string>(), SentenceForm.Today) { Fees = Prices });
    }

    [Theory]
    [InlineData("£12", 1200)]
    [InlineData("£0.50 * children", 150)]
    [InlineData("fee first-bin", 5200)]
    [InlineData("fee first-bin + fee another-bin * (children - 1)", 13200)]
    [InlineData("(£10 + £5) / 4", 375)]
    [InlineData("£0.01 / 2", 1)]
    [InlineData("£5 - £9", 0)]
    [InlineData("£900,000 * 3", Amount.MostPence)]
    [InlineData("£10 * adults", 0)]
    public void An_amount_is_worked_out_to_whole_pence_and_never_below_nothing(string text, long pence) => Pence(text).ShouldBe(pence);

    [Theory]
    [InlineData("", "0: an amount is missing here; write one like `£12` or `fee permit`")]
    [InlineData("55.00 * children", "0: `55.00 * children` is a number, and here an amount of money is needed, such as `£12` or `fee permit`")]
    [InlineData("12", "0: `12` is a number, and here an amount of money is needed; write it as £12")]
    [InlineData("size", "0: `size` is a choice, and here an amount of money is needed, such as `£12` or `fee permit`")]
    [InlineData("£12 £13", "4: `£13` was not expected here")]
    [InlineData("fee Permit", "4: `Permit` is not the name of a fee; names are lower-case letters and figures with hyphens")]
    [InlineData("£2 * sise", "5: no question called `sise`; did you mean `size`?")]
    public void What_is_no_amount_of_money_is_explained(string text, string fault) => Fault(text).ShouldBe(fault);

    [Fact]
    public void An_amount_knows_the_fees_and_questions_it_looks_at()
    {
        var amount = Read("£2 * children + £1 * adults");
        amount.Names.ShouldBe(["children", "adults"]);
        amount.Fees.ShouldBeEmpty();
    }

    [Fact]
    public void A_question_called_fee_is_a_question() => Read("fee + £1").Names.ShouldBe(["fee"]);

    [Fact]
    public void A_fee_stands_only_in_amounts()
    {
        var findings = new List<Finding>();
        Sentence.Parse("fee permit > £3", SentenceForm.Place, new SentenceScope([], [], NoLookUps.Value), findings).ShouldBeNull();
        findings[0].Message.ShouldBe("a `fee` is a price of the council; it stands only in the amount of a charge");
    }
}
