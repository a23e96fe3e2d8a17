using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Design;

public sealed class FixtureTests
{
    /// <summary>Fixtures whose options we do not have, with the reason.</summary>
    static readonly Dictionary<string, string> Left = new();

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
                if (Left.ContainsKey(name)) wrong.Add($"{name} is listed as left out, and could be drawn");
                else if (ours != Fixtures.Settled(fixture.Html)) wrong.Add($"{name}\n--- ours\n{ours}--- theirs\n{Fixtures.Settled(fixture.Html)}");
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
