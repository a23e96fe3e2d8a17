using System.Globalization;
using Moothall.Definitions;
using Moothall.Performance;
using NodaTime;
using NodaTime.Text;

namespace Moothall.Web.Open;

/// <summary>Figures as people read them: "82.4%", "412 of 500", "£2.10". Where there is nothing to divide by it says so.</summary>
static class FigureWords
{
    public const string None = "not enough data yet";

    static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");
    static readonly LocalDatePattern MonthPattern = LocalDatePattern.Create("MMM yyyy", CultureInfo.InvariantCulture), ShortPattern = LocalDatePattern.Create("d MMMM yyyy", English);

    public static string Rate(double? rate) => rate is { } number ? (number * 100).ToString("0.#", English) + "%" : None;

    public static string Count(long number) => number.ToString("N0", English);

    public static string OfCount(long part, long whole) => $"{Count(part)} of {Count(whole)}";

    public static string Pounds(decimal? pounds) => pounds is { } sum ? "£" + Cost.Pence(sum).ToString("N2", English) : None;

    /// <summary>A figure in its unit.</summary>
    public static string In(FigureUnit unit, decimal number) => unit switch
    {
        FigureUnit.Rate => Rate((double)number),
        FigureUnit.Pounds => Pounds(number),
        _ => number.ToString("#,0.##", English),
    };

    /// <summary>"Nov 2026".</summary>
    public static string Month(LocalDate day) => MonthPattern.Format(day);

    /// <summary>"22 November 2026".</summary>
    public static string Day(LocalDate day) => ShortPattern.Format(day);

    /// <summary>"1st", "22nd".</summary>
    public static string Nth(int day) => day + (day % 10, day / 10) switch { (1, not 1) => "st", (2, not 1) => "nd", (3, not 1) => "rd", _ => "th" };

    public static string Basis(string basis) => basis == Cost.Measured ? "measured" : "average unit costs";

    public static string Channel(string channel) => channel switch
    {
        "web" => "Web",
        "assisted" => "Web with help",
        "phone" => "Phone",
        "chat" => "Chat",
        "email" => "Email",
        "in-person" => "In person",
        "post" => "Post",
        "social" => "Social media",
        "api" => "Programs",
        _ => channel,
    };

    public static string Reason(string reason) => reason switch
    {
        "new" => "To ask for something new",
        "chasing" => "To ask how far we are",
        "correcting" => "To put something right",
        "complaining" => "To complain",
        "question" => "To ask a question",
        _ => reason,
    };

    /// <summary>What a question is called in lists, in English; its code where the definition no longer asks it.</summary>
    public static string Question(ServiceDefinition definition, string question) => definition.FindQuestion(question)?.Label("en") ?? question;
}
