using System.Globalization;
using System.Text.RegularExpressions;
using Moothall.Definitions;
using NodaTime;

namespace Moothall.Web.Design;

/// <summary>
/// What makes a page this council's: its name, its colours, the language of the reader, and the nonce under which its
/// colours may stand in the page. It never decides whose case something is.
/// </summary>
public sealed record Look
{
    /// <summary>The council's full name, in words.</summary>
    public required string Council { get; init; }
    public Colours Colours { get; init; } = Colours.Plain;
    /// <summary>The words of the reader's language, for the frame and for the page.</summary>
    public Phrases Phrases { get; init; } = Phrases.English;
    /// <summary>The code of the reader's language: `en`, `cy`.</summary>
    public string Language => Phrases.Language;
    /// <summary>The nonce of this response: see SecurityHeaders.</summary>
    public string Nonce { get; init; } = "";
    /// <summary>Of pages of the desk: the session of whoever is signed in.</summary>
    public SignedIn? SignedIn { get; init; }
    /// <summary>What the frame of a resident's page says of an account; null where there are none, as in a preview.</summary>
    public AccountLook? Account { get; init; }
    /// <summary>The preview that the page belongs to; null where a council serves.</summary>
    public PreviewLook? Preview { get; init; }
    /// <summary>Other languages this page can be read in.</summary>
    public IReadOnlyList<LanguageLink> Languages { get; init; } = [];

    /// <summary>Which way the language is written.</summary>
    public string Direction => Phrases.Direction;

    /// <summary>A message in the reader's language: see <see cref="Phrases.Say"/>.</summary>
    public string Say(string english, params ReadOnlySpan<(string Name, object? Value)> values) => Phrases.Say(english, values);

    /// <summary>A message of the modules in the reader's language.</summary>
    public string Say(Message message) => message.In(Phrases);

    /// <summary>Until when somebody is signed in, for a browser without script.</summary>
    public string SignedInUntil(SessionLook session) => session.CanGrow ? Say("You stay signed in until {time}, and longer with each page that you open. What you send later is kept while you sign in again.", ("time", session.Until))
        : Say("You are signed in until {time}. What you send later is kept while you sign in again.", ("time", session.Until));

    /// <summary>"Friday 6 March 2026".</summary>
    public string Day(LocalDate day) => Phrases.Day(day);

    /// <summary>"Friday 6 March 2026 at 10:30am".</summary>
    public string At(Instant at, DateTimeZone zone) => Phrases.At(at, zone);
}

/// <summary>What the frame of a resident's page says of an account.</summary>
/// <param name="IsSignedIn">Whether this browser holds a session.</param>
/// <param name="ActingFor">For whom somebody does things at the moment; null while they do them for themselves.</param>
/// <param name="IsForThem">Whether this page is done for them too: what they agreed may not be for this service.</param>
/// <param name="Session">When the session ends that was looked up for the page; null where none was.</param>
public sealed record AccountLook(bool IsSignedIn, string? ActingFor = null, bool IsForThem = true, SessionLook? Session = null);

/// <summary>What a frame says of the session of whoever is signed in.</summary>
/// <param name="SecondsLeft">Until it ends if nothing is done.</param>
/// <param name="Until">The same as a time of day.</param>
/// <param name="CanGrow">Whether another page makes it longer.</param>
public sealed record SessionLook(int SecondsLeft, string Until, bool CanGrow);

/// <summary>What the frame of the desk says of whoever is signed in: their session, and whether they manage staff or see the audit log.</summary>
public sealed record SignedIn(SessionLook Session, bool Administers, bool SeesAudit);

/// <summary>What a page of a preview knows of it: the service, and what its files were at, so that a save can be told.</summary>
public sealed record PreviewLook(string Service, string Stamp);

/// <summary>A link to this page in another language, named in that language ("Cymraeg").</summary>
public sealed record LanguageLink(string Language, string Name, string Href);

/// <summary>
/// A council's colours as custom properties. Only hexadecimal colours are taken, because they are written into the page as
/// they are. Focus stays black on yellow and errors red whatever the council likes.
/// </summary>
public sealed partial record Colours
{
    /// <summary>Header and buttons: white words stand on it.</summary>
    public string Brand { get; private init; } = "#173a37";
    /// <summary>The thin bar under the header.</summary>
    public string Accent { get; private init; } = "#f2b134";
    /// <summary>Links on white.</summary>
    public string Link { get; private init; } = "#0f5a52";

    /// <summary>Buttons: white words stand on it. The brand colour where none is named.</summary>
    public string? Button { get; private init; }
    /// <summary>Links under the pointer, and links that were followed.</summary>
    public string? LinkHover { get; private init; }
    public string? LinkVisited { get; private init; }

    /// <summary>Neutral colours, for a council that named none.</summary>
    public static readonly Colours Plain = new();

    string? css;

    /// <summary>The colours as a style sheet of one rule.</summary>
    public string Css => css ??= $":root{{--brand:{Brand};--button:{Button ?? Brand};--accent:{Accent};--govuk-brand-colour:{Brand};--govuk-link-colour:{Link};--govuk-link-hover-colour:{LinkHover ?? Brand};--govuk-link-visited-colour:{LinkVisited ?? Link};--govuk-surface-border-colour:{Accent}}}";

    /// <summary>Colours by name: brand, accent, button, link, link-hover, link-visited; what is not named stays plain.</summary>
    /// <exception cref="ArgumentException">A name is not known or a value is not a colour like #1a2b3c.</exception>
    public static Colours From(IReadOnlyDictionary<string, string> named)
    {
        ArgumentNullException.ThrowIfNull(named);
        var colours = new Colours();
        foreach (var (name, value) in named)
        {
            if (!Hexadecimal().IsMatch(value)) throw new ArgumentException($"The colour {name} is \"{value}\". Write it with six hexadecimal digits, like #1a2b3c.", nameof(named));
            colours = name switch
            {
                "brand" => colours with { Brand = value, css = null },
                "accent" => colours with { Accent = value, css = null },
                "link" => colours with { Link = value, css = null },
                "link-hover" => colours with { LinkHover = value, css = null },
                "link-visited" => colours with { LinkVisited = value, css = null },
                "button" => colours with { Button = value, css = null },
                _ => throw new ArgumentException($"No part of a page has the colour \"{name}\". Name brand, accent, button, link, link-hover or link-visited.", nameof(named)),
            };
        }
        return colours;
    }

    /// <summary>What people could not read in these colours (WCAG 2.2, 1.4.3: 4.5 to 1), a sentence each.</summary>
    public IEnumerable<Message> Unreadable()
    {
        if (Contrast(Brand, "#ffffff") < 4.5) yield return new Message("White words cannot be read on the brand colour {colour}. Choose a darker one.", ("colour", Brand));
        if (Button is not null && Contrast(Button, "#ffffff") < 4.5) yield return new Message("White words cannot be read on the button colour {colour}. Choose a darker one.", ("colour", Button));
        if (Contrast(Link, "#ffffff") < 4.5) yield return new Message("Links in {colour} cannot be read on white. Choose a darker colour.", ("colour", Link));
    }

    /// <summary>The contrast of two colours by WCAG 2.2: 1 to 21.</summary>
    public static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    static double Luminance(string colour)
    {
        ArgumentNullException.ThrowIfNull(colour);
        return 0.2126 * Part(1) + 0.7152 * Part(3) + 0.0722 * Part(5);

        double Part(int at)
        {
            var value = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }
    }

    [GeneratedRegex("^#[0-9a-fA-F]{6}$")]
    private static partial Regex Hexadecimal();
}
