using System.Text;
using Moothall.Identity;
using Moothall.Web.Door;

namespace Moothall.Web.Tests.Door;

/// <summary>Who may ask for what, as a text to review: a line a route and method, a column a role.</summary>
static class Matrix
{
    /// <summary>Nobody, and each role.</summary>
    public static readonly IReadOnlyList<Role?> Columns = [null, .. Enum.GetValues<Role>().Select(r => (Role?)r)];

    /// <summary>What a route says to a role, in a word; the words are explained at the top of the text.</summary>
    public static string Cell(RouteRule rule, Role? role) => rule.Who switch
    {
        LetIn.Everybody => "yes",
        LetIn.WithSecret => "code",
        LetIn.Residents => "account",
        _ when role is null => rule.Who == LetIn.Staff ? "sign-in" : "401",
        _ when rule.AnyOf.Count == 0 => "yes",
        _ => rule.AnyOf.Max(right => Rights.ReachOf(role.Value, right)) switch { Reach.TheirAuthorities => "council", Reach.TheirTeams => "team", _ => "403" },
    };

    static string For(RouteRule rule) => string.Join(' ', new[] { rule.Who.ToString() }.Concat(rule.AnyOf.Select(r => r.ToString())));

    public static string Text(IReadOnlyList<RuledRoute> routes)
    {
        string[] titles = ["method", "address", "for", .. Columns.Select(c => c is { } role ? RoleNames.Of(role) : "nobody")];
        var lines = new List<string[]> { titles };
        lines.AddRange(routes.Select(r => new[] { r.Method, r.Address, For(r.Rule!) }.Concat(Columns.Select(c => Cell(r.Rule!, c))).ToArray()));
        var widths = Enumerable.Range(0, titles.Length).Select(i => lines.Max(l => l[i].Length)).ToList();
        var text = new StringBuilder("""
            # Who may ask for what: every route of the program, for every role. Made from the rules that the routes declare; a test asks for each of them over HTTP as each role.
            # A change here is a change of rights: look at it as one. MOOTHALL_WRITE_RIGHTS=1 writes it anew (tests/Moothall.Web.Tests, class RightsMatrixTests).
            #
            # yes      may ask
            # code     whoever holds the code of the link, the case or the draft
            # account  a resident who is signed in
            # council  things of the councils they work for; what is another council's is not there (404)
            # team     things of their teams in these councils; what is another team's is not there (404)
            # sign-in  is shown where to sign in
            # 401, 403 is refused: nobody is known, or their role never has this


            """.ReplaceLineEndings("\n"));
        foreach (var line in lines) text.Append(string.Join("  ", line.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd()).Append('\n');
        return text.ToString();
    }
}
