using System.Text;
using Moothall.Performance;

namespace Moothall.Web.Open;

/// <summary>The formulas as data, for those who want to count again.</summary>
static class FormulaText
{
    /// <summary>A figure's place on the page of formulas.</summary>
    public static string Anchor(string key) => key.Replace('.', '-');

    public static object Data(Formula formula) => new
    {
        figure = formula.Key, formula.Title, unit = formula.Unit.ToString().ToLowerInvariant(), formula.Words, formula.Source,
        example = new { given = formula.Given.Select(g => new { number = g.Number, of = g.Words, g.Channel }), prices = formula.Prices, formula.Working, formula.Result },
    };

    public static string Csv()
    {
        var csv = new StringBuilder("figure,title,unit,words,source,working,result\r\n");
        foreach (var f in Formulas.All)
            csv.AppendJoin(',', new object[] { f.Key, f.Title, f.Unit.ToString().ToLowerInvariant(), f.Words, f.Source, f.Working, f.Result }.Select(PerformanceCsv.Cell)).Append("\r\n");
        return csv.ToString();
    }
}
