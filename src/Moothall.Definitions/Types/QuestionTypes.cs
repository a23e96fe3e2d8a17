namespace Moothall.Definitions;

/// <summary>All types a definition may use, by name.</summary>
public static class QuestionTypes
{
    static readonly IReadOnlyList<QuestionType> All =
    [
        new TextType(), new LongTextType(), new NumberType(), new MoneyType(), new DateType(), new MonthType(), new TimeType(),
        new YesNoType(), new ChoiceType(), new ChoicesType(), new FileType(), new EmailType(), new PhoneType(), new WebType(),
        new AddressType(), new LocationType(), new PersonType(), new OrganisationType(), new PostcodeType(), new ReferenceType(),
        new DeclarationType(),
    ];

    static readonly Dictionary<string, QuestionType> ByName = All.ToDictionary(t => t.Name, StringComparer.Ordinal);

    /// <summary>The type of that name, or null.</summary>
    public static QuestionType? Find(string name) => ByName.GetValueOrDefault(name);
    /// <summary>The names of all types, in the order of the reference.</summary>
    public static IReadOnlyCollection<string> Names => ByName.Keys;
    /// <summary>The type that is meant by what other builders of forms call theirs; null where nobody knows.</summary>
    public static string? Elsewhere(string name) => new string([.. name.ToLowerInvariant().Where(char.IsAsciiLetter)]) switch
    {
        "radio" or "radios" or "select" or "dropdown" or "list" => "choice",
        "checkbox" or "checkboxes" or "multiselect" => "choices",
        "boolean" or "bool" or "yesno" or "yesorno" => "yes-no",
        "string" or "textfield" or "textinput" or "shorttext" => "text",
        "textarea" or "longtext" or "multiline" or "paragraph" => "long-text",
        "integer" or "int" or "decimal" or "numeric" => "number",
        "currency" or "amount" or "price" => "money",
        "upload" or "attachment" or "fileupload" => "file",
        "telephone" or "tel" or "mobile" or "phonenumber" => "phone",
        "emailaddress" or "mail" => "email",
        "url" or "link" or "website" => "web",
        "name" or "fullname" => "person",
        "dateofbirth" or "datetime" or "day" => "date",
        "map" or "place" => "location",
        "consent" or "agreement" => "declaration",
        _ => null,
    };

    /// <summary>Names kept for later issues; the reader says so instead of "unknown".</summary>
    public static readonly IReadOnlyList<string> Reserved = ["slot", "vehicle"];
}
