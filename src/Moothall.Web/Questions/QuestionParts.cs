using System.Globalization;
using Moothall.Definitions;
using Moothall.Web.Design;

namespace Moothall.Web.Questions;

/// <summary>The questions that need several fields: files, places, people and organisations.</summary>
public sealed partial class QuestionField
{
    static readonly Dictionary<string, string> Extensions = new(StringComparer.Ordinal)
    {
        ["jpeg"] = ".jpg,.jpeg,image/jpeg", ["png"] = ".png,image/png", ["pdf"] = ".pdf,application/pdf",
        ["docx"] = ".docx", ["xlsx"] = ".xlsx", ["doc"] = ".doc", ["xls"] = ".xls", ["odt"] = ".odt", ["ods"] = ".ods", ["csv"] = ".csv,text/csv", ["txt"] = ".txt,text/plain",
    };

    void Files(HtmlWriter html)
    {
        var name = Question.Name;
        if (FilesShown.Count == 0)
        {
            Upload(Heading()).Write(html);
            return;
        }
        html.Raw("<fieldset class=\"govuk-fieldset\"><legend class=\"govuk-fieldset__legend "u8).Raw(AsPageHeading ? "govuk-fieldset__legend--l\"><h1 class=\"govuk-fieldset__heading\">"u8 : SaidAbove ? "govuk-visually-hidden\">"u8 : "govuk-fieldset__legend--s\">"u8)
            .Content(Asked, AskedHtml).Raw(AsPageHeading ? "</h1></legend>"u8 : "</legend>"u8).Raw("<ul class=\"files\">"u8);
        for (var i = 0; i < FilesShown.Count; i++)
        {
            var file = FilesShown[i];
            var id = name + "-remove-" + (i + 1).ToString(CultureInfo.InvariantCulture);
            html.Raw("<li class=\"files__file\"><span class=\"files__name\">"u8).Text(file.Name).Raw("</span> <span class=\"files__size\">"u8).Text(Size(file.Bytes)).Raw("</span>"u8)
                .Raw("<input type=\"hidden\""u8).Attribute("name"u8, name).Attribute("value"u8, file.Id).Raw("><div class=\"govuk-checkboxes govuk-checkboxes--small\"><div class=\"govuk-checkboxes__item\">"u8)
                .Raw("<input class=\"govuk-checkboxes__input\" type=\"checkbox\""u8).Attribute("id"u8, id).Attribute("name"u8, name + "-remove").Attribute("value"u8, file.Id)
                .Raw("><label class=\"govuk-label govuk-checkboxes__label\""u8).Attribute("for"u8, id).Raw(">"u8).Text(Say("Remove")).Raw("<span class=\"govuk-visually-hidden\"> "u8).Text(file.Name)
                .Raw("</span></label></div></div></li>"u8);
        }
        html.Raw("</ul>"u8);
        Upload(new() { Text = Question.MostFiles > 1 ? Say("Add another file") : Say("Send another file instead") }).Write(html);
        html.Raw("</fieldset>"u8);
    }

    FileUpload Upload(Label label) => new()
    {
        Id = Question.Name,
        Name = Question.Name,
        Label = label,
        Hint = FileHint(),
        ErrorMessage = Wrong(null),
        Multiple = Question.MostFiles > 1,
        Attributes = Question.Accept.Count == 0 ? null : new Dictionary<string, string?> { ["accept"] = string.Join(',', Question.Accept.Select(kind => Extensions.GetValueOrDefault(kind, "." + kind))) },
    };

    Hint? FileHint() => Wording.In(Language).FileLimits(Question) is not { } limits ? Hint()
        : Question.Hint is not { } own ? new Hint { Text = limits } : new Hint { Html = $"{Told.Html(Language, own).Value} {System.Net.WebUtility.HtmlEncode(limits)}" };

    string Size(long bytes) => bytes switch
    {
        < 1024 => Say("{bytes, plural, one {# byte} other {# bytes}}", ("bytes", bytes)),
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0} kB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.0} MB"),
    };

    void Address(HtmlWriter html) => Grouped(html, null,
        Field("line1", Say("Address line 1"), autocomplete: "address-line1"),
        Field("line2", Say("Address line 2 (optional)"), autocomplete: "address-line2"),
        Field("town", Say("Town or city (optional)"), "govuk-!-width-two-thirds", "address-level2"),
        Field("postcode", Say("Postcode"), "govuk-input--width-10", "postal-code", autocapitalize: "characters"));

    void Person(HtmlWriter html) => Grouped(html, Say("Give us an email address, a phone number or both."),
        Field("name", Say("Full name"), null, "name"),
        Field("email", Say("Email address"), null, "email", type: "email"),
        Field("phone", Say("Phone number"), "govuk-input--width-20", "tel", type: "tel"));

    void Organisation(HtmlWriter html) => Grouped(html, null,
        Field("name", Say("Name of the organisation"), null, "organization"),
        Field("number", Say("Company or charity number (optional)"), "govuk-input--width-10", "off"));

    void Location(HtmlWriter html)
    {
        var (latitude, longitude) = (Field("latitude", Say("Latitude"), "govuk-input--width-10", "off", inputmode: "text"), Field("longitude", Say("Longitude"), "govuk-input--width-10", "off", inputmode: "text"));
        new Input
        {
            Id = Question.Name,
            Name = Question.Name,
            Label = Heading(),
            Hint = Hint(Say("Address, postcode, or what is nearby")),
            ErrorMessage = Wrong(Question.Name),
            Value = Typed(Question.Name),
        }.Write(html);
        new Details
        {
            SummaryText = Say("I know the latitude and longitude"),
            Open = latitude.Value is { Length: > 0 } || longitude.Value is { Length: > 0 } || latitude.ErrorMessage is not null || longitude.ErrorMessage is not null,
            Inside = new Both(latitude, longitude),
        }.Write(html);
    }

    sealed class Both(Part first, Part second) : Drawn
    {
        public override void Write(HtmlWriter html) => html.Part(first).Part(second);
    }

    Input Field(string part, string label, string? classes = null, string? autocomplete = null, string? type = null, string? inputmode = null, string? autocapitalize = null) => new()
    {
        Id = Part(part),
        Name = Part(part),
        Label = new() { Text = label },
        ErrorMessage = Wrong(Part(part)),
        Value = Typed(Part(part)),
        Classes = classes,
        Type = type,
        Inputmode = inputmode,
        Autocomplete = autocomplete,
        Autocapitalize = autocapitalize,
        Spellcheck = false,
    };

    void Grouped(HtmlWriter html, string? hint, params ReadOnlySpan<Input> fields)
    {
        var (name, asked, wrong) = (Question.Name, Hint(hint), Wrong(Question.Name));
        var group = Group();
        FieldPart.OpenGroup(html, null, wrong is not null);
        var describedBy = asked is null ? null : name + "-hint";
        group.Open(html, wrong is null ? describedBy : FieldPart.Joined(describedBy, name + "-error"), "group");
        FieldPart.WriteHintAndError(html, name, null, asked, wrong);
        foreach (var field in fields) field.Write(html);
        Fieldset.Close(html);
        html.Raw("</div>"u8);
    }
}
