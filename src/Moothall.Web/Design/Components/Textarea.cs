using Microsoft.AspNetCore.Components;
using Moothall.Definitions;

namespace Moothall.Web.Design;

/// <summary>Several lines of text.</summary>
public sealed class Textarea : FieldPart
{
    [Parameter] public int? Rows { get; set; }
    [Parameter] public string? Value { get; set; }
    [Parameter] public string? Autocomplete { get; set; }
    [Parameter] public bool? Spellcheck { get; set; }

    public override void Write(HtmlWriter html)
    {
        var describedBy = OpenField(html);
        Piece.Write(html, FormGroup?.BeforeInput);
        // HTML drops a line break right after the tag: it is written so that one a person typed survives.
        html.Raw("<textarea class=\"govuk-textarea"u8).Raw(ErrorMessage is null ? ""u8 : " govuk-textarea--error"u8).Classes(Classes).Raw("\""u8)
            .Attribute("id"u8, FieldId).Attribute("name"u8, Name).Raw(" rows=\""u8).Number(Rows ?? 5).Raw("\""u8)
            .Attribute("spellcheck"u8, Spellcheck is { } check ? (check ? "true" : "false") : null).Flag("disabled"u8, Disabled)
            .Attribute("aria-describedby"u8, describedBy).Attribute("autocomplete"u8, Autocomplete).Attributes(Attributes).Raw(">\n"u8).Text(Value).Raw("</textarea>"u8);
        Piece.Write(html, FormGroup?.AfterInput);
        html.Raw("</div>"u8);
    }
}

/// <summary>Several lines of text with a limit, counted down where script runs.</summary>
public sealed class CharacterCount : FieldPart
{
    [Parameter] public int? Rows { get; set; }
    [Parameter] public string? Value { get; set; }
    [Parameter] public bool? Spellcheck { get; set; }
    [Parameter] public int? Maxlength { get; set; }
    [Parameter] public int? Maxwords { get; set; }
    [Parameter] public int? Threshold { get; set; }
    /// <summary>What is counted: "characters", "words" or "length"; worked out from the limit where null.</summary>
    [Parameter] public string? CountType { get; set; }
    [Parameter] public string? TextareaDescriptionText { get; set; }
    [Parameter] public CountMessage? CountMessage { get; set; }
    /// <summary>Plural forms ("one", "other") of "You have %{count} characters remaining"; English where null.</summary>
    [Parameter] public IReadOnlyDictionary<string, string>? CharactersUnderLimitText { get; set; }
    [Parameter] public string? CharactersAtLimitText { get; set; }
    [Parameter] public IReadOnlyDictionary<string, string>? CharactersOverLimitText { get; set; }
    [Parameter] public IReadOnlyDictionary<string, string>? WordsUnderLimitText { get; set; }
    [Parameter] public string? WordsAtLimitText { get; set; }
    [Parameter] public IReadOnlyDictionary<string, string>? WordsOverLimitText { get; set; }

    public override void Write(HtmlWriter html)
    {
        var wrong = ErrorMessage is not null;
        var counted = string.IsNullOrEmpty(CountType) ? (Maxwords is null ? null : "words") : CountType;
        var words = counted == "words";
        html.Raw("<div class=\"govuk-form-group"u8).Raw(wrong ? " govuk-form-group--error govuk-character-count"u8 : " govuk-character-count"u8).Classes(FormGroup?.Classes)
            .Raw("\" data-module=\"govuk-character-count\""u8);
        Number(html, "data-maxlength"u8, Maxlength);
        Number(html, "data-maxwords"u8, Maxwords);
        Number(html, "data-threshold"u8, Threshold);
        html.Attribute("data-count-type"u8, counted);
        if (Maxlength is null && Maxwords is null) html.Attribute("data-i18n.textarea-description.other"u8, TextareaDescriptionText);
        var phrases = html.Phrases;
        var ours = phrases.Language != "en";
        Forms(html, "characters-under-limit", CharactersUnderLimitText ?? (ours && !words ? Each(phrases, phrases.Say("You have {count} character remaining", Mark), phrases.Say("You have {count} characters remaining", Mark)) : null));
        html.Attribute("data-i18n.characters-at-limit"u8, CharactersAtLimitText ?? (ours && !words ? phrases.Say("You have 0 characters remaining") : null));
        Forms(html, "characters-over-limit", CharactersOverLimitText ?? (ours && !words ? Each(phrases, phrases.Say("You have {count} character too many", Mark), phrases.Say("You have {count} characters too many", Mark)) : null));
        Forms(html, "words-under-limit", WordsUnderLimitText ?? (ours && words ? Each(phrases, phrases.Say("You have {count} word remaining", Mark), phrases.Say("You have {count} words remaining", Mark)) : null));
        html.Attribute("data-i18n.words-at-limit"u8, WordsAtLimitText ?? (ours && words ? phrases.Say("You have 0 words remaining") : null));
        Forms(html, "words-over-limit", WordsOverLimitText ?? (ours && words ? Each(phrases, phrases.Say("You have {count} word too many", Mark), phrases.Say("You have {count} words too many", Mark)) : null));
        html.Attributes(FormGroup?.Attributes).Raw(">"u8);

        Label?.Write(html, FieldId);
        var info = FieldId + "-info";
        var describedBy = FieldPart.WriteHintAndError(html, FieldId, info, Hint, ErrorMessage);
        Piece.Write(html, FormGroup?.BeforeInput);
        html.Raw("<textarea class=\"govuk-textarea"u8).Raw(wrong ? " govuk-textarea--error govuk-js-character-count"u8 : " govuk-js-character-count"u8).Classes(Classes).Raw("\""u8)
            .Attribute("id"u8, FieldId).Attribute("name"u8, Name).Raw(" rows=\""u8).Number(Rows ?? 5).Raw("\""u8)
            .Attribute("spellcheck"u8, Spellcheck is { } check ? (check ? "true" : "false") : null)
            .Attribute("aria-describedby"u8, describedBy).Attributes(Attributes).Raw(">\n"u8).Text(Value).Raw("</textarea>"u8);
        html.Raw("<div"u8).Attribute("id"u8, info).Raw(" class=\"govuk-hint govuk-character-count__message"u8).Classes(CountMessage?.Classes).Raw("\">"u8);
        if ((Maxwords ?? Maxlength) is { } most)
            html.Text((TextareaDescriptionText ?? (words ? phrases.Say("You can enter up to {count} words", Mark) : phrases.Say("You can enter up to {count} characters", Mark)))
                .Replace("%{count}", most.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));
        html.Raw("</div>"u8);
        Piece.Write(html, FormGroup?.AfterInput);
        html.Raw("</div>"u8);
    }

    // The browser counts, so it gets the words of every plural form of the language; its own mark for the number is %{count}.
    static (string, object?) Mark => ("count", "%{count}");

    static Dictionary<string, string> Each(Phrases phrases, string one, string many) => phrases.Plurals.Forms.ToDictionary(form => form, form => form == "one" ? one : many);

    static void Number(HtmlWriter html, ReadOnlySpan<byte> name, int? number)
    {
        if (number is { } value) html.Raw(" "u8).Raw(name).Raw("=\""u8).Number(value).Raw("\""u8);
    }

    static void Forms(HtmlWriter html, string key, IReadOnlyDictionary<string, string>? forms)
    {
        if (forms is null) return;
        foreach (var (form, text) in forms) html.Raw(" data-i18n."u8).Raw(key).Raw("."u8).Text(form).Raw("=\""u8).Text(text).Raw("\""u8);
    }
}

/// <summary>How the line under a counted text looks.</summary>
public sealed class CountMessage
{
    public string? Classes { get; set; }
}
