using AngleSharp.Html.Parser;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Moothall.Web.Design;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Design;

public sealed class PartTests
{
    static Page Sample(string title) => new()
    {
        Look = new() { Council = "Wessex & <District>", Nonce = "n0" },
        Title = title,
        Service = "Report a pothole",
        BackHref = "/back?a=1&b=\"2\"",
        StopHref = "/feedback",
        ChildContent = page =>
        {
            page.OpenElement(0, "form");
            page.AddAttribute(1, "novalidate", true);
            page.AddContent(2, title);
            page.OpenComponent<Button>(3);
            page.AddComponentParameter(4, nameof(Button.Text), "Continue");
            page.AddComponentParameter(5, nameof(Button.PreventDoubleClick), (bool?)true);
            page.CloseComponent();
            page.OpenElement(6, "input");
            page.AddAttribute(7, "value", title);
            page.CloseElement();
            page.CloseElement();
        },
    };

    [Fact]
    public async Task The_frameworks_own_renderer_gives_the_same_page()
    {
        var page = Sample("Where is it?");
        await using var renderer = new HtmlRenderer(new ServiceCollection().BuildServiceProvider(), NullLoggerFactory.Instance);
        var theirs = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<Page>(ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            [nameof(Page.Look)] = page.Look,
            [nameof(Page.Title)] = page.Title,
            [nameof(Page.Service)] = page.Service,
            [nameof(Page.BackHref)] = page.BackHref,
            [nameof(Page.StopHref)] = page.StopHref,
            [nameof(Page.ChildContent)] = page.ChildContent,
        }))).ToHtmlString());
        Fixtures.Settled(page.ToHtml()).ShouldBe(Fixtures.Settled(theirs));
    }

    [Fact]
    public void Nothing_a_person_typed_becomes_markup()
    {
        Prop.ForAll<string>(typed =>
        {
            var words = (typed ?? "") + "<script>alert('\"1\"&amp;')</script>\0\u001f\uD800";
            using var html = new HtmlWriter();
            html.Raw("<p"u8).Attribute("title"u8, words).Raw(">"u8).Text(words).Raw("</p>"u8);
            var body = new HtmlParser().ParseDocument(html.ToString()).Body!;
            var paragraph = body.Children.ShouldHaveSingleItem();
            paragraph.Children.ShouldBeEmpty();
            paragraph.Attributes.ShouldHaveSingleItem().Value.ShouldEndWith("</script>\uFFFD\uFFFD\uFFFD");
            paragraph.TextContent.ShouldContain("<script>alert('\"1\"&amp;')</script>");
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_title_says_first_that_something_is_wrong()
    {
        var page = Sample("Where is it?");
        page.HasFaults = true;
        new HtmlParser().ParseDocument(page.ToHtml()).Title.ShouldBe("Error: Where is it? - Report a pothole - Wessex & <District>");
    }

    [Fact]
    public void A_page_has_its_landmarks_and_the_skip_link_leads_to_the_main_one()
    {
        var page = new HtmlParser().ParseDocument(Sample("Where is it?").ToHtml());
        page.QuerySelectorAll("header, main, footer").Length.ShouldBe(3);
        page.QuerySelector(page.QuerySelector("a.govuk-skip-link")!.GetAttribute("href")!)!.LocalName.ShouldBe("main");
        page.DocumentElement.GetAttribute("lang").ShouldBe("en");
        page.QuerySelectorAll("[id]").Select(e => e.Id).ShouldBeUnique();
    }

    [Fact]
    public void A_page_carries_no_script_and_no_style_but_the_colours_under_the_nonce()
    {
        var page = new HtmlParser().ParseDocument(Sample("Where is it?").ToHtml());
        page.QuerySelectorAll("script").ShouldAllBe(s => s.TextContent == "" && s.GetAttribute("src")!.StartsWith("/assets/"));
        page.QuerySelectorAll("[style], [onclick]").ShouldBeEmpty();
        page.QuerySelectorAll("style").ShouldHaveSingleItem().GetAttribute("nonce").ShouldBe("n0");
    }

    [Fact]
    public void A_parameter_that_a_part_does_not_have_is_named()
    {
        var page = new Details { ChildContent = b => { b.OpenComponent<Button>(0); b.AddComponentParameter(1, "Colour", "red"); b.CloseComponent(); } };
        Should.Throw<InvalidOperationException>(() => page.ToHtml()).Message.ShouldBe("<Button> has no parameter called Colour.");
    }

    [Fact]
    public void A_line_break_at_the_start_of_typed_text_survives() =>
        new HtmlParser().ParseDocument(new Textarea { Name = "a", Value = "\n\nfirst" }.ToHtml()).QuerySelector("textarea")!.TextContent.ShouldBe("\n\nfirst");

    [Fact]
    public void Colours_are_six_digits_or_refused()
    {
        Colours.From(new Dictionary<string, string> { ["brand"] = "#123456" }).Css.ShouldContain("--brand:#123456");
        Should.Throw<ArgumentException>(() => Colours.From(new Dictionary<string, string> { ["brand"] = "red}</style>" })).Message.ShouldContain("like #1a2b3c");
        Should.Throw<ArgumentException>(() => Colours.From(new Dictionary<string, string> { ["crest"] = "#123456" })).Message.ShouldContain("Name brand, accent, button");
    }

    [Fact]
    public void Colours_that_cannot_be_read_are_told()
    {
        Colours.Plain.Unreadable().ShouldBeEmpty();
        Colours.From(new Dictionary<string, string> { ["brand"] = "#ffcc00", ["link"] = "#88aaff" }).Unreadable().Count().ShouldBe(2);
        Colours.Contrast("#000000", "#ffffff").ShouldBe(21, 0.01);
    }
}
