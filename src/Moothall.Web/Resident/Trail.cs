using Microsoft.AspNetCore.Components;
using Moothall.Web.Design;

namespace Moothall.Web.Resident;

/// <summary>The breadcrumbs of an open page, from home on; the last step is the page itself.</summary>
static class Trail
{
    public static RenderFragment Of(Look look, params (object Text, string? Href)[] steps)
    {
        IReadOnlyList<Breadcrumb> items = [new() { Text = look.Say("Home"), Href = "/" }, .. steps.Select(s => new Breadcrumb { Text = s.Text as string, Html = (s.Text as MarkupString?)?.Value, Href = s.Href })];
        return page =>
        {
            page.OpenComponent<Breadcrumbs>(0);
            page.AddComponentParameter(1, nameof(Breadcrumbs.Items), items);
            page.CloseComponent();
        };
    }
}
