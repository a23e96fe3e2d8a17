namespace Moothall.Definitions.Tests;

public sealed class TextTypesTests
{
    static string Text(string type, string typed) => Asked.Answer<TextAnswer>(Asked.Typed(Asked.Of(type), typed)).Text;

    [Theory]
    [InlineData("text", "  two   words\t", "two words")]
    [InlineData("text", "a\r\nb", "a b")]
    [InlineData("text", "Zoe\u0308", "Zoë")]
    [InlineData("text", "pay\u202Eload\u200B\u0007", "payload")]
    [InlineData("text", "نیک\u200Cنام", "نیک\u200Cنام")]
    [InlineData("text", "a\u200Cb", "ab")]
    [InlineData("text", "山田 太郎", "山田 太郎")]
    [InlineData("text", "👩‍🚒?", "👩🚒?")]
    [InlineData("long-text", " one\r\ntwo\tthree\r\n", "one\ntwo\tthree")]
    [InlineData("long-text", "a\u0000b\u001Bc", "abc")]
    [InlineData("email", " Sam.Okafor@Example.ORG ", "Sam.Okafor@example.org")]
    [InlineData("email", "dörte@sörensen.example.com", "dörte@sörensen.example.com")]
    [InlineData("email", "o'neil+bins@wessex.gov.uk", "o'neil+bins@wessex.gov.uk")]
    [InlineData("email", "我買@屋企.香港", "我買@屋企.香港")]
    [InlineData("phone", "01632 960 001", "01632960001")]
    [InlineData("phone", "(020) 7946 0000", "02079460000")]
    [InlineData("phone", "+44 7700 900 982", "07700900982")]
    [InlineData("phone", "+44 (0)7700-900982", "07700900982")]
    [InlineData("phone", "0044 7700 900982", "07700900982")]
    [InlineData("phone", "+33 1 23 45 67 89", "+33123456789")]
    [InlineData("phone", "00 353 1 234 5678", "+35312345678")]
    [InlineData("phone", "01632 960001 ext. 12", "01632960001 ext 12")]
    [InlineData("phone", "０１６３２９６０００１", "01632960001")]
    [InlineData("web", "www.example.com/a", "https://www.example.com/a")]
    [InlineData("web", "http://example.com", "http://example.com")]
    [InlineData("web", "HTTPS://example.com:8080/?q=1", "HTTPS://example.com:8080/?q=1")]
    [InlineData("web", "example.com:8080", "https://example.com:8080")]
    [InlineData("postcode", "sw1a1aa", "SW1A 1AA")]
    [InlineData("postcode", "OX11 OAA", "OX11 0AA")]
    [InlineData("postcode", " m1-1ae. ", "M1 1AE")]
    [InlineData("postcode", "w1a 0ax", "W1A 0AX")]
    [InlineData("postcode", "ec1v9hx", "EC1V 9HX")]
    [InlineData("reference", "pot7f3k92qx", "POT-7F3K-92QX")]
    [InlineData("reference", "POT 7F3K 9AOI", "POT-7F3K-9A01")]
    public void What_is_typed_is_tidied(string type, string typed, string kept)
    {
        Text(type, typed).ShouldBe(kept);
        Text(type, kept).ShouldBe(kept);
        Asked.Answer<TextAnswer>(Asked.Json(Asked.Of(type), System.Text.Json.JsonSerializer.Serialize(kept))).Text.ShouldBe(kept);
    }

    [Theory]
    [InlineData("text", "", "Enter an answer to “What is it?”")]
    [InlineData("text", " \u200B\t", "Enter an answer to “What is it?”")]
    [InlineData("long-text", "\r\n", "Enter an answer to “What is it?”")]
    [InlineData("email", "", "Enter an email address, like name@example.com")]
    [InlineData("email", "sam", "Enter an email address in the correct format, like name@example.com")]
    [InlineData("email", "sam@localhost", "Enter an email address in the correct format, like name@example.com")]
    [InlineData("email", "sam@@example.com", "Enter an email address in the correct format, like name@example.com")]
    [InlineData("email", "sam smith@example.com", "Enter an email address in the correct format, like name@example.com")]
    [InlineData("email", "sam@exa..mple.com", "Enter an email address in the correct format, like name@example.com")]
    [InlineData("email", "sam@example.com, jo@example.com", "Enter an email address in the correct format, like name@example.com")]
    [InlineData("phone", "", "Enter a phone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192")]
    [InlineData("phone", "12345", "Enter a phone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192")]
    [InlineData("phone", "call me", "Enter a phone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192")]
    [InlineData("phone", "+0 123 456 789", "Enter a phone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192")]
    [InlineData("web", "", "Enter a web address, like https://www.example.com")]
    [InlineData("web", "javascript:alert(1)", "Enter a web address that starts with https:// or http://, like https://www.example.com")]
    [InlineData("web", "ftp://example.com", "Enter a web address that starts with https:// or http://, like https://www.example.com")]
    [InlineData("web", "http://localhost", "Enter a web address that starts with https:// or http://, like https://www.example.com")]
    [InlineData("web", "https://sam:secret@example.com", "Enter a web address that starts with https:// or http://, like https://www.example.com")]
    [InlineData("web", "not a site", "Enter a web address that starts with https:// or http://, like https://www.example.com")]
    [InlineData("postcode", "", "Enter a postcode, like OX11 0AA")]
    [InlineData("postcode", "OX11", "Enter a full UK postcode, like OX11 0AA")]
    [InlineData("postcode", "90210", "Enter a full UK postcode, like OX11 0AA")]
    [InlineData("reference", "", "Enter a reference, like POT-7F3K-92QX")]
    [InlineData("reference", "POT-7F3K-92Q!", "Enter a reference of letters and numbers, like POT-7F3K-92QX")]
    public void What_is_wrong_is_said(string type, string typed, string message)
    {
        Asked.Message(Asked.Typed(Asked.Of(type), typed)).ShouldBe(message);
        Asked.Message(Asked.Json(Asked.Of(type), System.Text.Json.JsonSerializer.Serialize(typed))).ShouldBe(message);
    }

    [Theory]
    [InlineData("text", 500)]
    [InlineData("long-text", 4000)]
    public void Text_has_a_longest_length(string type, int most)
    {
        Text(type, new string('a', most)).Length.ShouldBe(most);
        Text(type, string.Concat(Enumerable.Repeat("😀", most))).Length.ShouldBe(2 * most);
        Asked.Message(Asked.Typed(Asked.Of(type), new string('a', most + 1)))
            .ShouldBe($"The answer to “What is it?” must be {most:N0} characters or fewer");
    }

    [Fact]
    public void A_question_may_set_a_shorter_length() =>
        Asked.Message(Asked.Typed(Asked.Of("text", @short: "Name of the street") with { MaxLength = 3 }, "abcd"))
            .ShouldBe("Name of the street must be 3 characters or fewer");

    [Fact]
    public void An_email_address_has_at_most_254_characters()
    {
        var domain = string.Concat(Enumerable.Repeat("abcdefghi.", 19)) + "com";
        Asked.Typed(Asked.Of("email"), $"{new string('a', 254 - 1 - domain.Length)}@{domain}").IsGood.ShouldBeTrue();
        Asked.Typed(Asked.Of("email"), $"{new string('a', 255 - 1 - domain.Length)}@{domain}").IsGood.ShouldBeFalse();
    }

    [Theory]
    [InlineData("07700900982", "07700 900982")]
    [InlineData("02079460000", "020 7946 0000")]
    [InlineData("01174960000", "0117 496 0000")]
    [InlineData("01619460000", "0161 946 0000")]
    [InlineData("08081570192", "0808 157 0192")]
    [InlineData("01632960001 ext 12", "01632 960001 ext 12")]
    [InlineData("+33123456789", "+33123456789")]
    public void A_phone_number_is_shown_in_groups(string typed, string shown)
    {
        var question = Asked.Of("phone");
        question.Type.Show(question, Asked.Typed(question, typed).Answer!, "en").ShouldBe([shown]);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("email")]
    [InlineData("date")]
    [InlineData("choices")]
    [InlineData("file")]
    [InlineData("person")]
    [InlineData("declaration")]
    public void An_optional_question_may_be_left_empty(string type)
    {
        var question = Asked.Of(type, optional: true);
        Asked.Typed(question).Answer.ShouldBe(SkippedAnswer.Value);
        Asked.Json(question, "null").Answer.ShouldBe(SkippedAnswer.Value);
        question.Type.ToJson(question, SkippedAnswer.Value).ShouldBeNull();
        question.Type.Show(question, SkippedAnswer.Value, "en").ShouldBe(["Not provided"]);
        Asked.Stored(question, SkippedAnswer.Value).ShouldBe(SkippedAnswer.Value);
    }

    [Fact]
    public void Half_a_surrogate_pair_typed_is_left_out()
    {
        Text("text", "half \uD83D a pair").ShouldBe("half a pair");
        Text("long-text", "\uDE00a\uD83D").ShouldBe("a");
    }

    [Theory]
    [InlineData("\"a\\ud800b\"", "ab")]
    [InlineData("\"\\ud83d\\ude00 \\udc00\\n\\\\ud800\"", "😀 \\ud800")]
    public void Half_a_surrogate_pair_in_JSON_is_left_out(string json, string kept) =>
        Asked.Answer<TextAnswer>(Asked.Json(Asked.Of("text"), json)).Text.ShouldBe(kept);

    [Theory]
    [InlineData("AB 12 34 56 C", true)]
    [InlineData("ab123456c", true)]
    [InlineData("AB 12 34 56", false)]
    [InlineData("A1 12 34 56 C", false)]
    [InlineData("AB-12-34-56-C", false)]
    public void A_text_looks_like_its_example(string typed, bool good)
    {
        var question = Asked.Of("text", @short: "The number") with { LooksLike = "QQ 12 34 56 C" };
        if (good) Asked.Typed(question, typed).Answer.ShouldBe(new TextAnswer(typed));
        else Asked.Message(Asked.Typed(question, typed)).ShouldBe("The number must look like QQ 12 34 56 C");
        System.Text.RegularExpressions.Regex.IsMatch(typed, question.Type.Schema(question, "en")["pattern"]!.GetValue<string>()).ShouldBe(good, "the API says the same");
    }

    [Fact]
    public void An_option_that_stands_alone_is_chosen_with_no_other()
    {
        var question = Asked.Of("choices", "What do you need?");
        question = question with { Options = [.. question.Options, new Option("none", new Prose("None of these"), null, Asked.Here) { Alone = true }] };
        Asked.Typed(question, ("q", "none")).Answer.ShouldBe(new ChoicesAnswer(["none"]));
        Asked.Message(Asked.Json(question, """["small", "none"]""")).ShouldBe("For “What do you need?” choose “None of these” alone, or only others");
        Asked.Json(question, """["small", "large"]""").Answer.ShouldNotBeNull();
    }

    [Fact]
    public void The_words_of_a_long_text_are_counted_as_people_count_them()
    {
        var question = Asked.Of("long-text", @short: "Your plan") with { MaxWords = 3 };
        Asked.Typed(question, " one\n\n two-and-a-half  three ").Answer.ShouldBe(new TextAnswer("one\n\n two-and-a-half  three"));
        Asked.Message(Asked.Typed(question, "one two three four")).ShouldBe("Your plan must be 3 words or fewer");
        Asked.Message(Asked.Typed(question with { MaxWords = 1 }, "one two")).ShouldBe("Your plan must be 1 word or fewer");
        var words = string.Join(' ', Enumerable.Repeat("community", 500));
        Asked.Typed(question with { MaxWords = 500 }, words).Answer.ShouldNotBeNull("5,000 characters are no more than 500 words allow");
        Asked.Message(Asked.Typed(question with { MaxWords = 500, MaxLength = 100 }, words)).ShouldBe("Your plan must be 100 characters or fewer");
    }
}
