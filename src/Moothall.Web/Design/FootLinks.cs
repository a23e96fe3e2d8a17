using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components;
using Moothall.Definitions;

namespace Moothall.Web.Design;

/// <summary>The links at the foot of every open page. They are the same on all pages of a language, so they are drawn once for each: they were a third of a page's elements.</summary>
public sealed class FootLinks : Drawn
{
    static readonly ConditionalWeakTable<Phrases, byte[]> Ready = [];

    [Parameter] public Look? Look { get; set; }

    public override void Write(HtmlWriter html) => html.Raw(Ready.GetValue(Look!.Phrases, Draw));

    static byte[] Draw(Phrases phrases)
    {
        using var html = new HtmlWriter();
        html.Raw("<nav"u8).Attribute("aria-label"u8, phrases.Say("Help")).Raw("><ul class=\"foot__links\">"u8);
        Link(html, "/help/contact", phrases.Say("Contact us"));
        Link(html, "/help/accessibility", phrases.Say("Accessibility"));
        Link(html, "/help/privacy", phrases.Say("Privacy"));
        Link(html, "/help/cookies", phrases.Say("Cookies"));
        Link(html, "/performance", phrases.Say("How well we do"));
        Link(html, "/help/source", phrases.Say("Source code"));
        html.Raw("</ul></nav>"u8);
        return html.Written.ToArray();
    }

    static void Link(HtmlWriter html, string href, string words) => html.Raw("<li><a class=\"govuk-link\""u8).Attribute("href"u8, href).Raw(">"u8).Text(words).Raw("</a></li>"u8);
}

/// <summary>The style sheet and icon of every open page.</summary>
public sealed class PageAssets : Drawn
{
    static readonly string Ready = $"<link rel=\"stylesheet\" href=\"{Assets.Url("open.css")}\"><link rel=\"icon\" href=\"{Assets.Url("favicon.svg")}\" type=\"image/svg+xml\">";

    public override void Write(HtmlWriter html) => html.Raw(Ready);
}
