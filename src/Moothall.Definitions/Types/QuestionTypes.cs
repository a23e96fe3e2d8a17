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
    /// <summary>Names kept for later issues; the reader says so instead of "unknown".</summary>
    public static readonly IReadOnlyList<string> Reserved = ["slot", "vehicle"];
}
