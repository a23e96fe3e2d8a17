using NodaTime;

namespace Moothall.Definitions.Tests;

public sealed class ValueTypesTests
{
    [Theory]
    [InlineData("12", "12")]
    [InlineData("1,200", "1200")]
    [InlineData("1 200.50", "1200.5")]
    [InlineData(".5", "0.5")]
    [InlineData("-3", "-3")]
    [InlineData("−3", "-3")]
    [InlineData("007", "7")]
    [InlineData("٣", "3")]
    public void A_number_is_read(string typed, string number) =>
        Asked.Answer<NumberAnswer>(Asked.Typed(Asked.Of("number"), typed)).Number.ShouldBe(decimal.Parse(number, System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("", "Enter a number for “Weight”")]
    [InlineData("heavy", "Weight must be a number, like 12")]
    [InlineData("1,20", "Weight must be a number, like 12")]
    [InlineData("1e5", "Weight must be a number, like 12")]
    [InlineData("12345678901234567", "Weight must be a number of 15 digits or fewer")]
    [InlineData("0.1234567", "Weight must have 6 decimal places or fewer")]
    [InlineData("0", "Weight must be between 1 and 1,000")]
    [InlineData("1001", "Weight must be between 1 and 1,000")]
    public void What_is_wrong_with_a_number_is_said(string typed, string message) =>
        Asked.Message(Asked.Typed(Asked.Of("number", @short: "Weight") with { AtLeast = Number(1), AtMost = Number(1000) }, typed)).ShouldBe(message);

    [Theory]
    [InlineData("1e2", "100")]
    [InlineData("1.50", "1.5")]
    [InlineData("\"1,200\"", "1200")]
    public void A_number_is_read_from_JSON(string json, string number) =>
        Asked.Answer<NumberAnswer>(Asked.Json(Asked.Of("number"), json)).Number.ToString(System.Globalization.CultureInfo.InvariantCulture).ShouldBe(number);

    [Theory]
    [InlineData("£1,200", 120000, "£1,200")]
    [InlineData("1200.5", 120050, "£1,200.50")]
    [InlineData("£ 0.07", 7, "£0.07")]
    [InlineData("50p", 50, "£0.50")]
    [InlineData("12 pounds", 1200, "£12")]
    [InlineData("0", 0, "£0")]
    [InlineData("999,999,999,999.99", 99999999999999, "£999,999,999,999.99")]
    public void An_amount_is_read_and_shown(string typed, long pence, string shown)
    {
        var question = Asked.Of("money");
        var answer = Asked.Answer<MoneyAnswer>(Asked.Typed(question, typed));
        answer.Pence.ShouldBe(pence);
        question.Type.Show(question, answer, "en").ShouldBe([shown]);
    }

    [Theory]
    [InlineData("", "Enter an amount in pounds for “Rent”")]
    [InlineData("1.2k", "Rent must be an amount in pounds, like £12 or £12.50")]
    [InlineData("£1,20", "Rent must be an amount in pounds, like £12 or £12.50")]
    [InlineData("$5", "Rent must be an amount in pounds, like £12 or £12.50")]
    [InlineData("1.234", "Rent must be in pounds and whole pence, like £12.50")]
    [InlineData("1000000000000", "Rent must be less than £1,000,000,000,000")]
    [InlineData("-1", "Rent must be £0 or more")]
    public void What_is_wrong_with_an_amount_is_said(string typed, string message) =>
        Asked.Message(Asked.Typed(Asked.Of("money", @short: "Rent"), typed)).ShouldBe(message);

    [Fact]
    public void Money_is_pounds_with_two_places_in_JSON()
    {
        var question = Asked.Of("money");
        question.Type.ToJson(question, new MoneyAnswer(120000))!.ToJsonString().ShouldBe("1200.00");
        question.Type.ToJson(question, new MoneyAnswer(7))!.ToJsonString().ShouldBe("0.07");
        Asked.Answer<MoneyAnswer>(Asked.Json(question, "0.07")).Pence.ShouldBe(7);
        Asked.Message(Asked.Json(question, "0.075")).ShouldEndWith("must be in pounds and whole pence, like £12.50");
    }

    [Theory]
    [InlineData("yes", true)]
    [InlineData("No", false)]
    [InlineData("y", true)]
    public void Yes_and_no_are_read(string typed, bool yes) =>
        Asked.Answer<YesNoAnswer>(Asked.Typed(Asked.Of("yes-no"), typed)).Yes.ShouldBe(yes);

    [Theory]
    [InlineData("Is it deeper than a golf ball?", null, "Select yes if it is deeper than a golf ball")]
    [InlineData("Do you have a photo?", "Photo", "Select yes if you have a photo")]
    [InlineData("Are you the owner?", null, "Select yes if you are the owner")]
    [InlineData("Does it block the road?", null, "Select yes or no to answer “Does it block the road?”")]
    [InlineData("Does it block the road?", "Blocks the road", "Select yes or no to answer “Does it block the road?”")]
    public void A_yes_or_no_left_open_is_asked_for(string text, string? @short, string message) =>
        Asked.Message(Asked.Typed(Asked.Of("yes-no", text, @short: @short), "perhaps")).ShouldBe(message);

    [Fact]
    public void True_and_false_are_yes_and_no_in_JSON()
    {
        Asked.Answer<YesNoAnswer>(Asked.Json(Asked.Of("yes-no"), "true")).Yes.ShouldBeTrue();
        Asked.Answer<YesNoAnswer>(Asked.Json(Asked.Of("yes-no"), "\"no\"")).Yes.ShouldBeFalse();
        Asked.Message(Asked.Json(Asked.Of("yes-no", "Is it deep enough?"), "3")).ShouldBe("Select yes if it is deep enough");
    }

    [Fact]
    public void An_option_is_chosen_by_name_or_label()
    {
        var question = Asked.Of("choice", "How big is it?");
        Asked.Answer<ChoiceAnswer>(Asked.Typed(question, "large")).Option.ShouldBe("large");
        Asked.Answer<ChoiceAnswer>(Asked.Json(question, "\"bigger than a dinner plate\"")).Option.ShouldBe("large");
        Asked.Message(Asked.Typed(question, "")).ShouldBe("Select an answer to “How big is it?”");
        Asked.Message(Asked.Json(question, "{}")).ShouldBe("Select an answer to “How big is it?”");
        Asked.Message(Asked.Typed(question, "huge")).ShouldBe("Select an answer to “How big is it?” from those listed; “huge” is not one of them");
        question.Type.Show(question, new ChoiceAnswer("large"), "en").ShouldBe(["Bigger than a dinner plate"]);
    }

    [Fact]
    public void Several_options_are_kept_in_the_order_of_the_question()
    {
        var question = Asked.Of("choices", "Which?");
        Asked.Answer<ChoicesAnswer>(Asked.Typed(question, ("q", "large"), ("q", "small"), ("q", "large"))).Options.ShouldBe(["small", "large"]);
        Asked.Answer<ChoicesAnswer>(Asked.Json(question, """["large","small"]""")).Options.ShouldBe(["small", "large"]);
        Asked.Message(Asked.Json(question, "[]")).ShouldBe("Select at least one answer to “Which?”");
        Asked.Message(Asked.Json(question, "[3]")).ShouldBe("Select at least one answer to “Which?”");
    }

    [Fact]
    public void A_declaration_takes_agreement_only()
    {
        var question = Asked.Of("declaration", "What I say is true");
        Asked.Typed(question, "yes").Answer.ShouldBe(DeclarationAnswer.Value);
        Asked.Json(question, "true").Answer.ShouldBe(DeclarationAnswer.Value);
        Asked.Message(Asked.Json(question, "false")).ShouldBe("Select the box to agree to “What I say is true”");
        Asked.Message(Asked.Typed(question, "no")).ShouldBe("Select the box to agree to “What I say is true”");
    }

    static Bound Number(decimal number) => new(number, null, false, 0);
}
