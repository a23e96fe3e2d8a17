using System.Globalization;

namespace Moothall.Definitions;

/// <summary>
/// Every sentence that types say to people, each whole, in the language of the reading. Questions are named by their short name, or by themselves in
/// quotation marks.
/// </summary>
public sealed partial class Wording
{
    readonly Phrases phrases;

    internal Wording(Phrases phrases) => this.phrases = phrases;

    /// <summary>The sentences in a language, or in English where that language has none.</summary>
    public static Wording In(string language) => Phrases.In(language).Wording;

    string Language => phrases.Language;

    string Say(string english, params ReadOnlySpan<(string Name, object? Value)> values) => phrases.Say(english, values);

    /// <summary>The question as the subject of a sentence: `Date of the collection`, or `The answer to “When did you see it?”`.</summary>
    string Subject(Question q) => q.Short is { } s ? s.In(Language) : Say("The answer to “{question}”", ("question", q.Text.In(Language)));

    string Label(Question q) => q.Label(Language);

    string Asked(Question q) => q.Text.In(Language);

    // text and long-text
    public string EnterAnswer(Question q) => Say("Enter an answer to “{question}”", ("question", Asked(q)));
    public string TooLong(Question q, int most) => Say("{subject} must be {most, plural, one {# character} other {# characters}} or fewer", ("subject", Subject(q)), ("most", most));

    public string TooManyWords(Question q, int most) => Say("{subject} must be {most, plural, one {# word} other {# words}} or fewer", ("subject", Subject(q)), ("most", most));

    public string LooksLike(Question q, string example) => Say("{subject} must look like {example}", ("subject", Subject(q)), ("example", example));
    public string ChosenBeside(Question q, Option alone) => Say("For “{question}” choose “{option}” alone, or only others", ("question", Label(q)), ("option", alone.Label.In(Language)));

    // number and money
    public string EnterNumber(Question q) => Say("Enter a number for “{question}”", ("question", Label(q)));
    public string NotNumber(Question q) => Say("{subject} must be a number, like 12", ("subject", Subject(q)));
    public string NotWhole(Question q) => Say("{subject} must be a whole number, like 12", ("subject", Subject(q)));
    public string TooManyDecimals(Question q, int most) => Say("{subject} must have {most, plural, one {# decimal place} other {# decimal places}} or fewer", ("subject", Subject(q)), ("most", most));
    public string NumberTooLarge(Question q) => Say("{subject} must be a number of 15 digits or fewer", ("subject", Subject(q)));
    public string EnterAmount(Question q) => Say("Enter an amount in pounds for “{question}”", ("question", Label(q)));
    public string NotAmount(Question q) => Say("{subject} must be an amount in pounds, like £12 or £12.50", ("subject", Subject(q)));
    public string PartsOfPenny(Question q) => Say("{subject} must be in pounds and whole pence, like £12.50", ("subject", Subject(q)));
    public string AmountTooLarge(Question q) => Say("{subject} must be less than £1,000,000,000,000", ("subject", Subject(q)));
    public string AtLeast(Question q, string least) => Say("{subject} must be {least} or more", ("subject", Subject(q)), ("least", least));
    public string AtMost(Question q, string most) => Say("{subject} must be {most} or less", ("subject", Subject(q)), ("most", most));
    public string Between(Question q, string least, string most) => Say("{subject} must be between {least} and {most}", ("subject", Subject(q)), ("least", least), ("most", most));

    // yes-no, choice, choices, declaration
    public string SelectYes(Question q) => Language == "en" && YesIf(q.Text.English) is { } condition
        ? $"Select yes if {condition}" : Say("Select yes or no to answer “{question}”", ("question", Asked(q)));
    public string SelectOne(Question q) => Say("Select an answer to “{question}”", ("question", Asked(q)));
    public string SelectAny(Question q) => Say("Select at least one answer to “{question}”", ("question", Asked(q)));
    public string NotOneOf(Question q, string given) =>
        Say("Select an answer to “{question}” from those listed; “{given}” is not one of them", ("question", Asked(q)), ("given", Cut(given)));
    public string Agree(Question q) => Say("Select the box to agree to “{question}”", ("question", Label(q)));

    // email, phone, web, postcode, reference
    public string EnterEmail => Say("Enter an email address, like name@example.com");
    public string NotEmail => Say("Enter an email address in the correct format, like name@example.com");
    public string EnterPhone => Say("Enter a phone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192");
    public string EnterWeb => Say("Enter a web address, like https://www.example.com");
    public string NotWeb => Say("Enter a web address that starts with https:// or http://, like https://www.example.com");
    public string EnterPostcode => Say("Enter a postcode, like OX11 0AA");
    public string NotPostcode => Say("Enter a full UK postcode, like OX11 0AA");
    public string EnterReference => Say("Enter a reference, like POT-7F3K-92QX");
    public string NotReference => Say("Enter a reference of letters and numbers, like POT-7F3K-92QX");

    // file
    public string SelectFile(Question q) => Say("Select a file to answer “{question}”", ("question", Asked(q)));
    public string UploadAgain => Say("Upload the file again");
    public string WrongKind(Question q) =>
        Say("The selected file must be {article, select, an {an {kinds}} other {a {kinds}}}", ("article", q.Accept[0] is "xlsx" or "xls" or "odt" or "ods" ? "an" : "a"), ("kinds", AnyOf([.. q.Accept.Select(KindName)])));
    public string FileTooLarge(Question q) => Say("The selected file must be smaller than {megabytes}MB", ("megabytes", q.MostMegabytes));
    /// <summary>What is taken, told beside the field where several files or only small ones are.</summary>
    public string? FileLimits(Question q) => (q.MostFiles, q.MostSize) switch
    {
        (1, null) => null,
        (1, _) => Say("The file must be smaller than {megabytes}MB.", ("megabytes", q.MostMegabytes)),
        (var files, _) => Say("You can send up to {files} files, each smaller than {megabytes}MB.", ("files", files), ("megabytes", q.MostMegabytes)),
    };
    public string TooManyFiles(Question q) => Say("{most, plural, one {Select only # file} other {Select # files or fewer}}", ("most", q.MostFiles));

    // group
    public string TooFewRows(Question q) => Say("{least, plural, one {Add at least one answer to “{question}”} other {Add at least # answers to “{question}”}}", ("least", q.FewestRows), ("question", Label(q)));
    public string TooManyRows(Question q) => Say("{most, plural, one {Give only one answer to “{question}”} other {Give # answers or fewer to “{question}”}}", ("most", q.MostRows), ("question", Label(q)));
    public string NotRows(Question q) => Say("The answer to “{question}” must be a list of objects", ("question", Label(q)));
    public string UnknownInRow(Question q, string name, string? meant) => meant is null
        ? Say("There is no question called `{name}` in “{question}”", ("name", Cut(name)), ("question", Label(q)))
        : Say("There is no question called `{name}` in “{question}”; did you mean `{meant}`?", ("name", Cut(name)), ("question", Label(q)), ("meant", meant));

    // same-as
    public string SameAs(SameAs same) => Say("The same as “{question}”", ("question", same.Label.In(Language)));

    // address, location, person, organisation
    public string EnterLine1 => Say("Enter address line 1, typically the building and street");
    public string Line1TooLong(int most) => Say("Address line 1 must be {most, plural, one {# character} other {# characters}} or fewer", ("most", most));
    public string Line2TooLong(int most) => Say("Address line 2 must be {most, plural, one {# character} other {# characters}} or fewer", ("most", most));
    public string TownTooLong(int most) => Say("Town or city must be {most, plural, one {# character} other {# characters}} or fewer", ("most", most));
    public string NotUprn => Say("Enter the property’s reference number (UPRN) as up to 12 digits, or leave it out");
    public string EnterPlace(Question q) => Say("Enter an address or describe the place for “{question}”", ("question", Label(q)));
    public string EnterLatitude => Say("Enter a latitude, like 51.6077");
    public string EnterLongitude => Say("Enter a longitude, like -1.2411");
    public string NotInBritain => Say("Choose a place in Great Britain; its latitude is between 49.8 and 60.9 and its longitude between -8.7 and 1.8");
    public string EnterName => Say("Enter a full name");
    public string NameTooLong(int most) => Say("Full name must be {most, plural, one {# character} other {# characters}} or fewer", ("most", most));
    public string EnterEmailOrPhone => Say("Enter an email address or a phone number");
    public string EnterOrganisation => Say("Enter the name of the organisation");
    public string OrganisationTooLong(int most) => Say("Name of the organisation must be {most, plural, one {# character} other {# characters}} or fewer", ("most", most));
    public string NotOrganisationNumber => Say("Enter a company or charity number, like 01234567 or SC123456");
    public string NotMembers(Question q, IReadOnlyList<string> members) =>
        Say("The answer to “{question}” must be an object with {members}", ("question", Label(q)), ("members", Listed(members)));
    public string NotText(Question q, string member) => Say("`{member}` in the answer to “{question}” must be text", ("member", member), ("question", Label(q)));
    public string UnknownMember(Question q, string member, string? meant) => meant is null
        ? Say("There is no `{member}` in an answer to “{question}”", ("member", Cut(member)), ("question", Label(q)))
        : Say("There is no `{member}` in an answer to “{question}”; did you mean `{meant}`?", ("member", Cut(member)), ("question", Label(q)), ("meant", meant));

    // all answers together
    public string NotAnswers => Say("The answers must be an object with one member for each question");
    public string UnknownQuestion(string name, string? meant) => meant is null
        ? Say("There is no question called `{name}`", ("name", Cut(name)))
        : Say("There is no question called `{name}`; did you mean `{meant}`?", ("name", Cut(name)), ("meant", meant));

    static string Cut(string given)
    {
        var line = Tidy.Line(given);
        return Tidy.Length(line) <= 40 ? line : string.Concat(line.EnumerateRunes().Take(40).Select(r => r.ToString())) + "…";
    }

    string Listed(IReadOnlyList<string> names) => names.Count == 1 ? $"`{names[0]}`"
        : Say("{list} and {last}", ("list", string.Join(", ", names.SkipLast(1).Select(n => $"`{n}`"))), ("last", $"`{names[^1]}`"));

    string AnyOf(IReadOnlyList<string> kinds) => kinds.Count == 1 ? kinds[0] : Say("{list} or {last}", ("list", string.Join(", ", kinds.SkipLast(1))), ("last", kinds[^1]));

    static string KindName(string kind) => kind.ToUpperInvariant();

    /// <summary>What follows "Select yes if" in English, for questions whose words can be turned round: those about it, you, they or there.</summary>
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
