using Microsoft.AspNetCore.Components;
using Moothall.Definitions;
using Moothall.Web.Design;

namespace Moothall.Web.Questions;

/// <summary>All faults of a page at its top, each with a link to the field it is mended in; nothing where there are none.</summary>
public sealed class FaultSummary : Drawn
{
    [Parameter] public IReadOnlyList<Fault> Faults { get; set; } = [];
    /// <summary>The questions on the page: a fault of a whole question links to its first field.</summary>
    [Parameter] public IReadOnlyList<Question> Questions { get; set; } = [];

    public override void Write(HtmlWriter html)
    {
        if (Faults.Count == 0) return;
        new ErrorSummary
        {
            ErrorList = [.. Faults.Select(f => new ErrorItem { Text = f.Message, Href = "#" + FieldOf(f) })],
        }.Write(html);
    }

    string FieldOf(Fault fault) =>
        fault.Field == fault.Question && Questions.FirstOrDefault(q => q.Name == fault.Question) is { } question && question.Type.Fields(question) is [var first, ..] ? first : fault.Field;
}
