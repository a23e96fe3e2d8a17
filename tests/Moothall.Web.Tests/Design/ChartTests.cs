using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Moothall.Web.Design;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Design;

public sealed class ChartTests
{
    static IElement Draw(Part chart) => new HtmlParser().ParseDocument(chart.ToHtml()).QuerySelector("figure")!;

    static LineChart Line(params double?[] values) => new()
    {
        Id = "t",
        Title = "Closed in time",
        Points = [.. values.Select((_, i) => $"Month {i + 1}")],
        Lines = [new("Potholes", values)],
        Format = v => v.ToString("0.##"),
    };

    [Fact]
    public void A_line_chart_starts_at_zero_and_reaches_over_its_greatest_value()
    {
        var labels = Draw(Line(40, 70, 95)).QuerySelectorAll("text.quiet").Select(t => t.TextContent).Where(t => !t.StartsWith("Month", StringComparison.Ordinal)).Select(double.Parse).ToList();
        labels.Min().ShouldBe(0);
        labels.Max().ShouldBeGreaterThanOrEqualTo(95);
    }

    [Fact]
    public void The_last_value_and_the_name_stand_on_the_line()
    {
        var words = Draw(Line(40, 70, 95)).QuerySelectorAll("text").Select(t => t.TextContent).ToList();
        words.ShouldContain("95");
        words.ShouldContain("Potholes");
    }

    [Fact]
    public void A_chart_says_in_words_what_it_shows()
    {
        var svg = Draw(Line(40, null, 95)).QuerySelector("svg")!;
        svg.GetAttribute("role").ShouldBe("img");
        svg.GetAttribute("aria-labelledby").ShouldBe("t-title t-desc");
        svg.QuerySelector("#t-title")!.TextContent.ShouldBe("Closed in time");
        svg.QuerySelector("#t-desc")!.TextContent.ShouldBe("Potholes: from 40 in Month 1 to 95 in Month 3.");
    }

    [Fact]
    public void A_month_without_a_figure_breaks_the_line_and_is_not_drawn_as_zero()
    {
        var path = Draw(Line(40, null, 95)).QuerySelector("path.line")!.GetAttribute("d")!;
        path.Count(c => c == 'M').ShouldBe(2);
        path.ShouldNotContain("L");
    }

    [Fact]
    public void One_point_is_a_dot_with_its_value()
    {
        var chart = Draw(Line(12));
        chart.QuerySelectorAll("circle").Length.ShouldBe(1);
        chart.QuerySelector("#t-desc")!.TextContent.ShouldBe("Potholes: 12 in Month 1.");
    }

    [Fact]
    public void All_zero_is_drawn_on_the_floor()
    {
        var chart = Draw(Line(0, 0));
        chart.QuerySelector("circle")!.GetAttribute("cy").ShouldBe(chart.QuerySelector("line.axis")!.GetAttribute("y1"));
        chart.InnerHtml.ShouldNotContain("NaN");
    }

    [Fact]
    public void Without_figures_a_chart_says_so_and_draws_nothing()
    {
        foreach (var chart in new Part[] { Line(), Line(null, null), new StackedBars { Id = "b", Title = "By channel" }, new StackedBars { Id = "b", Title = "By channel", Parts = ["Web"], Bars = [new("May", [0])] } })
        {
            var drawn = Draw(chart);
            drawn.QuerySelector("svg").ShouldBeNull();
            drawn.QuerySelector("p")!.TextContent.ShouldStartWith("Nothing to show yet");
        }
    }

    [Fact]
    public void Names_at_the_ends_of_lines_do_not_cover_each_other()
    {
        var chart = Draw(new LineChart { Id = "t", Title = "Both", Points = ["May", "June"], Lines = [new("One", [1, 10]), new("Two", [2, 10]), new("Three", [3, 9.9])] });
        var heights = chart.QuerySelectorAll("text.strong").Select(t => double.Parse(t.GetAttribute("y")!, System.Globalization.CultureInfo.InvariantCulture)).Order().ToList();
        heights.Zip(heights.Skip(1), (a, b) => b - a).ShouldAllBe(apart => apart >= 30);
    }

    [Fact]
    public void Lines_that_end_at_nought_are_named_within_the_picture_and_clear_of_the_last_month()
    {
        var chart = Draw(new LineChart { Id = "t", Title = "Both", Points = ["May", "June"], Lines = [new("One", [5, 0]), new("Two", [2, 0])] });
        double Place(AngleSharp.Dom.IElement text, string name) => double.Parse(text.GetAttribute(name)!, System.Globalization.CultureInfo.InvariantCulture);
        var names = chart.QuerySelectorAll("text").Where(t => t.TextContent is "One" or "Two").ToList();
        names.Select(t => Place(t, "y")).Max().ShouldBeLessThanOrEqualTo(205);
        Math.Abs(Place(names[0], "y") - Place(names[1], "y")).ShouldBeGreaterThanOrEqualTo(30);
        var june = chart.QuerySelectorAll("text.quiet").Single(t => t.TextContent == "June");
        june.GetAttribute("text-anchor").ShouldBe("end");
        Place(june, "x").ShouldBeLessThan(Place(names[0], "x"));
    }

    [Fact]
    public void Bars_start_at_zero_and_are_as_long_as_their_parts()
    {
        var chart = Draw(new StackedBars { Id = "b", Title = "By channel", Parts = ["Web", "Phone", "Post"], Bars = [new("May", [60, 40, 0]), new("June", [25, 25, 0])] });
        var bars = chart.QuerySelectorAll("rect").Where(r => r.GetAttribute("height") == "26").Select(r => (X: Read(r, "x"), Wide: Read(r, "width"))).ToList();
        bars.Count.ShouldBe(4);
        bars[0].X.ShouldBe(bars[2].X);
        bars[1].X.ShouldBe(bars[0].X + bars[0].Wide, 0.11);
        (bars[0].Wide / bars[2].Wide).ShouldBe(60.0 / 25, 0.01);
        chart.QuerySelectorAll("text").Select(t => t.TextContent).ShouldNotContain("Post");
        chart.QuerySelector("#b-desc")!.TextContent.ShouldBe("May: Web 60, Phone 40. June: Web 25, Phone 25.");

        static double Read(IElement element, string name) => double.Parse(element.GetAttribute(name)!, System.Globalization.CultureInfo.InvariantCulture);
    }
}
