using System.Globalization;

namespace Moothall.Definitions;

/// <summary>
/// Every sentence that types say to people, each whole, in English. Another language is a class that overrides them, put into
/// <see cref="In"/>; a sentence it lacks falls back to English. Questions are named by their short name, or by themselves in quotation marks.
/// </summary>
public partial class Wording
{
    static readonly Wording English = new();

    private protected Wording() { }

    /// <summary>The sentences in a language, or in English where that language has none.</summary>
    public static Wording In(string language) => language switch
    {
        _ => English,
    };

    /// <summary>The code of this language.</summary>
    public virtual string Language => "en";

    private protected virtual CultureInfo Culture => CultureInfo.InvariantCulture;

    /// <summary>The question as the subject of a sentence: `Date of the collection`, or `The answer to “When did you see it?”`.</summary>
    private protected virtual string Subject(Question q) => q.Short is { } s ? s.In(Language) : $"The answer to “{q.Text.In(Language)}”";

    private protected string Label(Question q) => q.Label(Language);

    // text and long-text
    public virtual string EnterAnswer(Question q) => $"Enter an answer to “{q.Text.In(Language)}”";
    public virtual string TooLong(Question q, int most) => $"{Subject(q)} must be {Count(most)} characters or fewer";

    // number and money
    public virtual string EnterNumber(Question q) => $"Enter a number for “{Label(q)}”";
    public virtual string NotNumber(Question q) => $"{Subject(q)} must be a number, like 12";
    public virtual string NotWhole(Question q) => $"{Subject(q)} must be a whole number, like 12";
    public virtual string TooManyDecimals(Question q, int most) => $"{Subject(q)} must have {most} decimal places or fewer";
    public virtual string NumberTooLarge(Question q) => $"{Subject(q)} must be a number of 15 digits or fewer";
    public virtual string EnterAmount(Question q) => $"Enter an amount in pounds for “{Label(q)}”";
    public virtual string NotAmount(Question q) => $"{Subject(q)} must be an amount in pounds, like £12 or £12.50";
    public virtual string PartsOfPenny(Question q) => $"{Subject(q)} must be in pounds and whole pence, like £12.50";
    public virtual string AmountTooLarge(Question q) => $"{Subject(q)} must be less than £1,000,000,000,000";
    public virtual string AtLeast(Question q, string least) => $"{Subject(q)} must be {least} or more";
    public virtual string AtMost(Question q, string most) => $"{Subject(q)} must be {most} or less";
    public virtual string Between(Question q, string least, string most) => $"{Subject(q)} must be between {least} and {most}";

    // yes-no, choice, choices, declaration
    public virtual string SelectYes(Question q) =>
        YesIf(q.Text.In(Language)) is { } condition ? $"Select yes if {condition}" : $"Select yes or no to answer “{q.Text.In(Language)}”";
    public virtual string SelectOne(Question q) => $"Select an answer to “{q.Text.In(Language)}”";
    public virtual string SelectAny(Question q) => $"Select at least one answer to “{q.Text.In(Language)}”";
    public virtual string NotOneOf(Question q, string given) => $"Select an answer to “{q.Text.In(Language)}” from those listed; “{Cut(given)}” is not one of them";
    public virtual string Agree(Question q) => $"Select the box to agree to “{Label(q)}”";

    // email, phone, web, postcode, reference
    public virtual string EnterEmail => "Enter an email address, like name@example.com";
    public virtual string NotEmail => "Enter an email address in the correct format, like name@example.com";
    public virtual string EnterPhone => "Enter a phone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192";
    public virtual string EnterWeb => "Enter a web address, like https://www.example.com";
    public virtual string NotWeb => "Enter a web address that starts with https:// or http://, like https://www.example.com";
    public virtual string EnterPostcode => "Enter a postcode, like OX11 0AA";
    public virtual string NotPostcode => "Enter a full UK postcode, like OX11 0AA";
    public virtual string EnterReference => "Enter a reference, like POT-7F3K-92QX";
    public virtual string NotReference => "Enter a reference of letters and numbers, like POT-7F3K-92QX";

    // file
    public virtual string SelectFile(Question q) => $"Select a file to answer “{q.Text.In(Language)}”";
    public virtual string UploadAgain => "Upload the file again";
    public virtual string WrongKind(Question q) => $"The selected file must be {AnyOf([.. q.Accept.Select(KindName)])}";
    public virtual string TooManyFiles(Question q) => q.MostFiles == 1 ? "Select only 1 file" : $"Select {q.MostFiles} files or fewer";

    // address, location, person, organisation
    public virtual string EnterLine1 => "Enter address line 1, typically the building and street";
    public virtual string Line1TooLong(int most) => $"Address line 1 must be {Count(most)} characters or fewer";
    public virtual string Line2TooLong(int most) => $"Address line 2 must be {Count(most)} characters or fewer";
    public virtual string TownTooLong(int most) => $"Town or city must be {Count(most)} characters or fewer";
    public virtual string NotUprn => "Enter the property’s reference number (UPRN) as up to 12 digits, or leave it out";
    public virtual string EnterPlace(Question q) => $"Enter an address or describe the place for “{Label(q)}”";
    public virtual string EnterLatitude => "Enter a latitude, like 51.6077";
    public virtual string EnterLongitude => "Enter a longitude, like -1.2411";
    public virtual string NotInBritain => "Choose a place in Great Britain; its latitude is between 49.8 and 60.9 and its longitude between -8.7 and 1.8";
    public virtual string EnterName => "Enter a full name";
    public virtual string NameTooLong(int most) => $"Full name must be {Count(most)} characters or fewer";
    public virtual string EnterEmailOrPhone => "Enter an email address or a phone number";
    public virtual string EnterOrganisation => "Enter the name of the organisation";
    public virtual string OrganisationTooLong(int most) => $"Name of the organisation must be {Count(most)} characters or fewer";
    public virtual string NotOrganisationNumber => "Enter a company or charity number, like 01234567 or SC123456";
    public virtual string NotMembers(Question q, IReadOnlyList<string> members) =>
        $"The answer to “{Label(q)}” must be an object with {Listed(members)}";
    public virtual string NotText(Question q, string member) => $"`{member}` in the answer to “{Label(q)}” must be text";
    public virtual string UnknownMember(Question q, string member, string? meant) => meant is null
        ? $"There is no `{Cut(member)}` in an answer to “{Label(q)}”"
        : $"There is no `{Cut(member)}` in an answer to “{Label(q)}”; did you mean `{meant}`?";

    // all answers together
    public virtual string NotAnswers => "The answers must be an object with one member for each question";
    public virtual string UnknownQuestion(string name, string? meant) => meant is null
        ? $"There is no question called `{Cut(name)}`"
        : $"There is no question called `{Cut(name)}`; did you mean `{meant}`?";

    private protected static string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private protected static string Cut(string given)
    {
        var line = Tidy.Line(given);
        return Tidy.Length(line) <= 40 ? line : string.Concat(line.EnumerateRunes().Take(40).Select(r => r.ToString())) + "…";
    }

    private protected virtual string Listed(IReadOnlyList<string> names) =>
        names.Count == 1 ? $"`{names[0]}`" : $"{string.Join(", ", names.SkipLast(1).Select(n => $"`{n}`"))} and `{names[^1]}`";

    private protected virtual string AnyOf(IReadOnlyList<string> kinds)
    {
        var article = kinds[0] is "XLSX" ? "an" : "a";
        return kinds.Count == 1 ? $"{article} {kinds[0]}" : $"{article} {string.Join(", ", kinds.SkipLast(1))} or {kinds[^1]}";
    }

    private protected static string KindName(string kind) => kind.ToUpperInvariant();

    /// <summary>What follows "Select yes if" for questions whose words can be turned round: those about it, you, they or there.</summary>
    static string? YesIf(string question)
    {
        var words = question.TrimEnd('?', ' ').Split(' ', 3);
        if (words.Length < 3 || !question.EndsWith('?') || words[2].AsSpan().IndexOfAny("?.!“”") >= 0)
            return null;
        var (verb, who, rest) = (words[0].ToLowerInvariant(), words[1], words[2]);
        return (verb, who) switch
        {
            ("is" or "are" or "was" or "were" or "have" or "has" or "can" or "could" or "will" or "would" or "must", "it" or "this" or "that" or "you" or "they" or "there" or "we")
                => $"{who} {verb} {rest}",
            ("do", "you" or "they" or "we") => $"{who} {rest}",
            _ => null,
        };
    }
}
