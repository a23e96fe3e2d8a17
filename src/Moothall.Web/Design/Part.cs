using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Moothall.Web.Design;

/// <summary>
/// A page or a part of one. Every Razor file of this project inherits it: parameters in, HTML out, nothing fetched and
/// nothing remembered (no injection, no handlers, no waiting). It draws itself through HtmlWriter, and would under
/// the framework's own renderer too, which a test holds it to.
/// </summary>
public abstract class Part : IComponent
{
    RenderHandle handle;

    void IComponent.Attach(RenderHandle renderHandle) => handle = renderHandle;

    Task IComponent.SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        handle.Render(BuildRenderTree);
        return Task.CompletedTask;
    }

    /// <summary>Draws the part; written by the Razor compiler, or replaced by Drawn.</summary>
    protected virtual void BuildRenderTree(RenderTreeBuilder __builder) { }

    /// <summary>Writes the part as HTML.</summary>
    public virtual void Write(HtmlWriter html)
    {
        ArgumentNullException.ThrowIfNull(html);
        html.Fragment(BuildRenderTree);
    }

    /// <summary>The part as HTML.</summary>
    public string ToHtml()
    {
        using var html = new HtmlWriter();
        Write(html);
        return html.ToString();
    }
}

/// <summary>A part that writes its HTML itself, for what stands on every page and in every list.</summary>
public abstract class Drawn : Part
{
    /// <inheritdoc />
    public abstract override void Write(HtmlWriter html);

    /// <summary>For the framework's renderer: the same HTML as one piece.</summary>
    protected sealed override void BuildRenderTree(RenderTreeBuilder __builder)
    {
        ArgumentNullException.ThrowIfNull(__builder);
        __builder.AddMarkupContent(0, ToHtml());
    }
}
