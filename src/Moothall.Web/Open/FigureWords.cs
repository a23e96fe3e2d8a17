using System.Globalization;
using Moothall.Definitions;
using Moothall.Performance;
using NodaTime;

namespace Moothall.Web.Open;

/// <summary>Figures as people read them: "82.4%", "412 of 500", "£2.10". Where there is nothing to divide by it says so.</summary>
static class FigureWords
{
    static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    public static string None(Phrases phrases) => phrases.Say("not enough data yet");

    public static string Rate(double rate) => (rate * 100).ToString("0.#", English) + "%";

    public static string Rate(Phrases phrases, double? rate) => rate is { } number ? Rate(number) : None(phrases);

    public static string Count(long number) => number.ToString("N0", English);

    public static string OfCount(Phrases phrases, long part, long whole) => phrases.Say("{part} of {whole}", ("part", part), ("whole", whole));

    /// <summary>"12 answers".</summary>
    public static string Answers(Phrases phrases, long answers) => phrases.Say("{answers, plural, one {# answer} other {# answers}}", ("answers", answers));

    public static string Pounds(decimal pounds) => "£" + Cost.Pence(pounds).ToString("N2", English);

    public static string Pounds(Phrases phrases, decimal? pounds) => pounds is { } sum ? Pounds(sum) : None(phrases);

    /// <summary>A figure in its unit.</summary>
    public static string In(FigureUnit unit, decimal number) => unit switch
    {
        FigureUnit.Rate => Rate((double)number),
        FigureUnit.Pounds => Pounds(number),
        _ => number.ToString("#,0.##", English),
    };

    public static string Basis(Phrases phrases, string basis) => basis == Cost.Measured ? phrases.Say("measured") : phrases.Say("average unit costs");

    public static string Channel(Phrases phrases, string channel) => channel switch
    {
        "web" => phrases.Say("Web"),
        "assisted" => phrases.Say("Web with help"),
        "phone" => phrases.Say("Phone"),
        "chat" => phrases.Say("Chat"),
        "email" => phrases.Say("Email"),
        "in-person" => phrases.Say("In person"),
        "post" => phrases.Say("Post"),
        "social" => phrases.Say("Social media"),
        "api" => phrases.Say("Programs"),
        _ => channel,
    };

    public static string Reason(Phrases phrases, string reason) => reason switch
    {
        "new" => phrases.Say("To ask for something new"),
        "chasing" => phrases.Say("To ask how far we are"),
        "correcting" => phrases.Say("To put something right"),
        "complaining" => phrases.Say("To complain"),
        "question" => phrases.Say("To ask a question"),
        _ => reason,
    };

    /// <summary>What a question is called in lists; its code where the definition no longer asks it.</summary>
    public static string Question(Phrases phrases, ServiceDefinition definition, string question) => definition.FindQuestion(question)?.Label(phrases.Language) ?? question;
}
