using Microsoft.AspNetCore.Components;
using Moothall.Definitions;
using Moothall.Web.Design;

namespace Moothall.Web.Questions;

/// <summary>
/// The field or fields of one question, with what was typed and what is wrong with it. The same on a resident's page, where
/// the question is the heading, and on the desk, where many stand under each other. Ids are the names of the fields, so that
/// a fault's field is where the summary links to.
/// </summary>
public sealed partial class QuestionField : Drawn
{
    [Parameter, EditorRequired] public required Question Question { get; set; }
    /// <summary>What was typed, or the answer's own fields, by field name.</summary>
    [Parameter] public IReadOnlyDictionary<string, IReadOnlyList<string>> Values { get; set; } = NothingTyped;
    /// <summary>What is wrong; faults of other questions are passed over.</summary>
    [Parameter] public IReadOnlyList<Fault> Faults { get; set; } = [];
    /// <summary>The language of the page; that of the writer where none is said.</summary>
    [Parameter] public string Language { get; set; } = "";
    /// <summary>The question is the page's heading.</summary>
    [Parameter] public bool AsPageHeading { get; set; }
    /// <summary>The page's title says it already: for the eye it is not said again.</summary>
    [Parameter] public bool SaidAbove { get; set; }
    /// <summary>It stands beside others on a resident's page, with as much room as one that stands alone; without it, it is as close as the desk's.</summary>
    [Parameter] public bool Roomy { get; set; }
    /// <summary>The earlier answer that it may be the same as, and where what is filled in is from.</summary>
    [Parameter] public BesideQuestion Beside { get; set; } = BesideQuestion.Nothing;
    /// <summary>Files already stored for this question, to be shown and kept.</summary>
    [Parameter] public IReadOnlyList<KnownFile> FilesShown { get; set; } = [];

    static readonly Dictionary<string, IReadOnlyList<string>> NothingTyped = [];

    public override void Write(HtmlWriter html)
    {
        ArgumentNullException.ThrowIfNull(html);
        if (Language.Length == 0) Language = html.Phrases.Language;
        if (Question.SameAs is { } same && Beside.Same is { } earlier) OrSame(html, same, earlier);
        else Fields(html);
    }

    /// <summary>
    /// A tick for "the same as before" above the fields, under the one question. While it is ticked the fields do not count, and a browser that can tell by style does not show them.
    /// </summary>
    void OrSame(HtmlWriter html, SameAs same, IReadOnlyList<string> earlier)
    {
        var field = SameAsType.Field(Question);
        new Fieldset { Legend = Group().Legend, Classes = "same-as" }.Open(html, null, null);
        new Checkboxes
        {
            Name = field,
            Items = [new() { Value = "yes", Text = Say("The same as “{question}”", ("question", same.Label.In(Language))), Hint = earlier.Count > 0 ? new Hint { Text = string.Join(", ", earlier) } : null }],
            Values = Values.TryGetValue(field, out var ticked) ? ticked : [],
            Classes = Wide ? null : "govuk-checkboxes--small",
        }.Write(html);
        html.Raw("<div class=\"same-as__else\"><p class=\"govuk-body\">"u8).Text(Say("If it is not, leave the box empty and answer here.")).Raw("</p>"u8);
        (Roomy, AsPageHeading, SaidAbove) = (Wide, false, true);
        Fields(html);
        html.Raw("</div>"u8);
        Fieldset.Close(html);
    }

    void Fields(HtmlWriter html)
    {
        switch (Question.Type.Name)
        {
            case "text": Line(html, classes: Question.MaxLength <= 20 ? "govuk-input--width-20" : null, spellcheck: null); break;
            case "long-text": Lines(html); break;
            case "number": Line(html, "govuk-input--width-10", inputmode: "decimal"); break;
            case "money": Line(html, "govuk-input--width-10", inputmode: "decimal", prefix: "£"); break;
            case "email": Line(html, null, "email", autocomplete: "email"); break;
            case "phone": Line(html, "govuk-input--width-20", "tel", autocomplete: "tel"); break;
            case "web": Line(html, null, inputmode: "url", autocapitalize: "none"); break;
            case "postcode": Line(html, "govuk-input--width-10", autocomplete: "postal-code", autocapitalize: "characters"); break;
            case "reference": Line(html, "govuk-input--width-20", autocapitalize: "characters"); break;
            case "date": Boxes(html, ("day", Say("Day"), 2), ("month", Say("Month"), 2), ("year", Say("Year"), 4)); break;
            case "month": Boxes(html, ("month", Say("Month"), 2), ("year", Say("Year"), 4)); break;
            case "time": Boxes(html, ("hour", Say("Hour"), 2), ("minute", Say("Minute"), 2)); break;
            case "yes-no": Choose(html, YesNo(), "govuk-radios--inline"); break;
            case "choice" when Question.Options.Count > MostRadios && Question.Options.All(o => o.Hint is null): Pick(html); break;
            case "choice": Choose(html, Options(), null); break;
            case "choices": Tick(html, Options(), Say("Select all that apply.")); break;
            case "declaration": Tick(html, [new() { Value = "yes", Text = Say("I agree") }], null); break;
            case "file": Files(html); break;
            case "address": Address(html); break;
            case "location": Location(html); break;
            case "person": Person(html); break;
            case "organisation": Organisation(html); break;
            default: Line(html, null, spellcheck: null); break;
        }
    }

    bool Wide => AsPageHeading || Roomy;

    string Say(string english, params ReadOnlySpan<(string Name, object? Value)> values) => Phrases.In(Language).Say(english, values);

    string Asked => Question.Optional ? Say("{question} (optional)", ("question", Question.Text.In(Language))) : Question.Text.In(Language);

    /// <summary>The question as markup where it stands in another language than the page; else null.</summary>
    string? AskedHtml => Told.LanguageOf(Language, Question.Text) is null ? null
        : Question.Optional ? new Look { Council = "", Phrases = Phrases.In(Language) }.SayHtml("{question} (optional)", ("question", Told.Html(Language, Question.Text))).Value : Told.Html(Language, Question.Text).Value;

    Hint? Hint(string? otherwise = null) => Beside.FilledInFrom is { } from ? new Hint { Html = $"{(Question.Hint is { } own ? Told.Html(Language, own).Value : System.Net.WebUtility.HtmlEncode(otherwise))} <span class=\"filled-in\">{System.Net.WebUtility.HtmlEncode(from)}</span>" }
        : Question.Hint is { } prose ? Hinted(prose) : otherwise is null ? null : new Hint { Text = otherwise };

    Hint Hinted(Prose prose) => new() { Text = prose.In(Language), Attributes = Told.Attributes(Language, prose) };

    Label Heading() => new() { Text = Asked, Html = AskedHtml, IsPageHeading = AsPageHeading, Classes = SaidAbove ? "govuk-visually-hidden" : AsPageHeading ? "govuk-label--l" : "govuk-label--s" };

    Fieldset Group() => new() { Legend = new() { Text = Asked, Html = AskedHtml, IsPageHeading = AsPageHeading, Classes = SaidAbove ? "govuk-visually-hidden" : AsPageHeading ? "govuk-fieldset__legend--l" : "govuk-fieldset__legend--s" } };

    string? Typed(string field) => Values.TryGetValue(field, out var values) && values is [var first, ..] ? first : null;

    string Part(string part) => Question.Name + "-" + part;

    /// <summary>What is wrong with one field, or with the whole question where the field is null; nothing where it is right.</summary>
    string? Wrong(string? field)
    {
        string? words = null;
        foreach (var fault in Faults)
            if (fault.Question == Question.Name && (field is null || fault.Field == field)) words = words is null ? fault.Message : words + ". " + fault.Message;
        return words;
    }

    bool IsWrong(string field)
    {
        foreach (var fault in Faults)
            if (fault.Question == Question.Name && fault.Field == field) return true;
        return false;
    }

    IReadOnlyList<ChoiceItem> Options() =>
        [.. Question.Options.Select(o => new ChoiceItem
        {
            Value = o.Name, Text = o.Label.In(Language), Label = Told.Attributes(Language, o.Label) is { } other ? new Label { Attributes = other } : null, Hint = o.Hint is { } hint ? Hinted(hint) : null, Behaviour = o.Alone ? "exclusive" : null,
        })];

    IReadOnlyList<ChoiceItem> YesNo() => [new() { Value = "yes", Text = Say("Yes") }, new() { Value = "no", Text = Say("No") }];

    void Line(HtmlWriter html, string? classes, string? type = null, string? inputmode = null, string? autocomplete = null, string? autocapitalize = null, bool? spellcheck = false, Affix? prefix = null) =>
        new Input
        {
            Id = Question.Name,
            Name = Question.Name,
            Label = Heading(),
            Hint = Hint(),
            ErrorMessage = Wrong(null),
            Value = Typed(Question.Name),
            Classes = classes,
            Type = type,
            Inputmode = inputmode,
            Autocomplete = autocomplete,
            Autocapitalize = autocapitalize,
            Spellcheck = spellcheck,
            Prefix = prefix,
        }.Write(html);

    void Lines(HtmlWriter html) => new CharacterCount
    {
        Id = Question.Name,
        Name = Question.Name,
        Label = Heading(),
        Hint = Hint(),
        ErrorMessage = Wrong(null),
        Value = Typed(Question.Name),
        Rows = Wide ? 6 : 3,
        Maxlength = Question.MaxWords is null ? LongTextType.MostOf(Question) : null,
        Maxwords = Question.MaxWords,
        // Where there is room for pages, the count matters only near its end.
        Threshold = Question.MaxWords is null && LongTextType.MostOf(Question) > 1000 || Question.MaxWords > 150 ? 75 : null,
    }.Write(html);

    void Boxes(HtmlWriter html, params ReadOnlySpan<(string Part, string Label, int Width)> boxes)
    {
        var wrong = Wrong(null);
        var whole = wrong is not null && IsWrong(Question.Name);
        var items = new DateItem[boxes.Length];
        for (var i = 0; i < boxes.Length; i++)
        {
            var (part, label, width) = boxes[i];
            items[i] = new() { Name = part, Label = label, Value = Typed(Part(part)), Error = whole || IsWrong(Part(part)), Classes = width == 4 ? "govuk-input--width-4" : "govuk-input--width-2" };
        }
        new DateInput { Id = Question.Name, NamePrefix = Question.Name, Items = items, Fieldset = Group(), Hint = Hint(), ErrorMessage = wrong }.Write(html);
    }

    void Choose(HtmlWriter html, IReadOnlyList<ChoiceItem> items, string? classes) => new Radios
    {
        Name = Question.Name,
        Items = items,
        Value = Typed(Question.Name),
        Fieldset = Group(),
        Hint = Hint(),
        ErrorMessage = Wrong(null),
        Classes = Wide ? classes : classes + " govuk-radios--small",
    }.Write(html);

    /// <summary>More answers than people read through; of so many they know theirs and look for it. A list to pick from has no room for hints: where there is one, all are shown.</summary>
    const int MostRadios = 40;

    void Pick(HtmlWriter html) => new Select
    {
        Id = Question.Name,
        Name = Question.Name,
        Items = [new() { Value = "", Text = Say("Choose one") }, .. Question.Options.Select(o => new SelectItem { Value = o.Name, Text = o.Label.In(Language), Attributes = Told.Attributes(Language, o.Label) })],
        Value = Typed(Question.Name),
        Label = Heading(),
        Hint = Hint(),
        ErrorMessage = Wrong(null),
    }.Write(html);

    void Tick(HtmlWriter html, IReadOnlyList<ChoiceItem> items, string? hint) => new Checkboxes
    {
        Name = Question.Name,
        Items = items,
        Values = Values.TryGetValue(Question.Name, out var values) ? values : [],
        Fieldset = Group(),
        Hint = Hint(hint),
        ErrorMessage = Wrong(null),
        Classes = Wide ? null : "govuk-checkboxes--small",
    }.Write(html);
}
