using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Design;

public sealed class FixtureTests
{
    /// <summary>Fixtures whose options we do not have, with the reason.</summary>
    static readonly Dictionary<string, string> Left = Reasons(
        ("a list of ours holds no empty items", [
            "checkboxes: with falsy values", "radios: with falsy items", "select: with falsy items", "summary-list: with falsy values", "pagination: with empty items"]),
        ("a value is text, so false is written \"false\"", ["select: with falsy values"]),
        ("other boxes than day, month and year are given as items", ["date-input: day and month", "date-input: month and year"]),
        ("the drop zone exists only with script; ours is the browser's own control", [
            "file-upload: enhanced", "file-upload: enhanced, custom wrapper classes and attributes", "file-upload: enhanced, multiple files", "file-upload: enhanced, with error message and hint",
            "file-upload: translated", "file-upload: translated, no javascript enhancement"]),
        ("no browser takes a value for a file", ["file-upload: with value"]),
        ("a page that interrupts, with buttons in the panel, is not in use", [
            "panel: interruption", "panel: interruption-with-content-with-long-line-length", "panel: interruption-with-headings-content-and-lists", "panel: interruption with custom classes",
            "panel: confirmation, with actions", "panel: interruption, with actions classes and attributes", "panel: interruption, submit action", "panel: interruption, button link",
            "panel: interruption, no actions", "panel: interruption, no actions items"]));

    static Dictionary<string, string> Reasons(params (string Because, string[] Names)[] reasons) =>
        reasons.SelectMany(r => r.Names.Select(n => (n, r.Because))).ToDictionary(r => r.n, r => r.Because);

    public static TheoryData<string> Components => new(
        "back-link", "breadcrumbs", "button", "character-count", "checkboxes", "date-input", "details", "error-message", "error-summary", "fieldset", "file-upload", "hint", "input",
        "inset-text", "label", "notification-banner", "pagination", "panel", "radios", "select", "skip-link", "summary-list", "table", "tag", "textarea", "warning-text");

    [Theory, MemberData(nameof(Components))]
    public void A_component_gives_the_html_of_the_Design_System(string component)
    {
        var wrong = new List<string>();
        var fixtures = Fixtures.Of(component);
        fixtures.ShouldNotBeEmpty();
        foreach (var fixture in fixtures)
        {
            var name = $"{component}: {fixture.Name}";
            try
            {
                var ours = Fixtures.Settled(Fixtures.Make(fixture).ToHtml());
                var theirs = Fixtures.Settled(fixture.Html);
                if (ours == theirs && Left.ContainsKey(name)) wrong.Add($"{name} is listed as left out and is drawn all the same: take it off the list");
                else if (ours != theirs && !Left.ContainsKey(name)) wrong.Add($"{name}\n--- ours\n{ours}--- theirs\n{theirs}");
            }
            catch (NotSupportedException option)
            {
                if (!Left.ContainsKey(name)) wrong.Add($"{name}: we have no option {option.Message}");
            }
        }
        wrong.ShouldBeEmpty(string.Join("\n\n", wrong));
    }

    [Fact]
    public void Every_fixture_left_out_exists() =>
        Left.Keys.Except(Components.SelectMany(c => Fixtures.Of(c.Data).Select(f => $"{f.Component}: {f.Name}"))).ShouldBeEmpty();
}
