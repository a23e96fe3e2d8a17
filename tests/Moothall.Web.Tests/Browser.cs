using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Shouldly;

namespace Moothall.Web.Tests;

/// <summary>
/// Somebody with a browser that runs no script: keeps cookies, follows redirects, fills the fields that a page has and sends them with everything else
/// that stands in the form. A field or option that is not on the page cannot be filled.
/// </summary>
public sealed class Browser(HttpClient client) : IDisposable
{
    public HttpClient Client => client;

    /// <summary>Opens an address and follows redirects.</summary>
    public async Task<Sight> Open(string address) => await Follow(await client.GetAsync(address), address);

    /// <summary>Sends the form of a page with what somebody typed, chose and picked from their files.</summary>
    public async Task<Sight> Send(Sight page, IReadOnlyDictionary<string, IReadOnlyList<string>>? typed = null, IReadOnlyDictionary<string, IReadOnlyList<Picked>>? files = null, string form = "form[method=post]") =>
        await Follow(await Post(page, typed, files, form), page.Address);

    /// <summary>The same, showing the answer itself and not where it leads.</summary>
    public async Task<HttpResponseMessage> Post(Sight page, IReadOnlyDictionary<string, IReadOnlyList<string>>? typed = null, IReadOnlyDictionary<string, IReadOnlyList<Picked>>? files = null, string form = "form[method=post]")
    {
        var element = page.Document.QuerySelector(form) as IHtmlFormElement ?? throw new ShouldAssertException($"{page.Address} has no form {form}.");
        var fields = Fields(element, typed ?? new Dictionary<string, IReadOnlyList<string>>());
        var action = element.GetAttribute("action") is { Length: > 0 } to ? to : page.Address;
        if (element.Enctype != "multipart/form-data")
        {
            (files ?? new Dictionary<string, IReadOnlyList<Picked>>()).ShouldBeEmpty();
            return await client.PostAsync(action, new FormUrlEncodedContent(fields));
        }
        using var content = new MultipartFormDataContent();
        foreach (var (name, value) in fields) content.Add(new StringContent(value), name);
        foreach (var (name, several) in files ?? new Dictionary<string, IReadOnlyList<Picked>>())
        {
            element.QuerySelector($"input[type=file][name='{name}']").ShouldNotBeNull($"{page.Address} takes no file for {name}");
            foreach (var file in several) content.Add(new ByteArrayContent(file.Bytes), name, file.Name);
        }
        return await client.PostAsync(action, content);
    }

    async Task<Sight> Follow(HttpResponseMessage response, string address)
    {
        for (var turns = 0; response.StatusCode is HttpStatusCode.SeeOther or HttpStatusCode.Found; turns++)
        {
            turns.ShouldBeLessThan(10, $"{address} leads in a circle");
            address = response.Headers.Location!.ToString();
            response.Dispose();
            response = await client.GetAsync(address);
        }
        return await Sight.Of(response, address);
    }

    // What a browser sends: every control with a name that is not disabled; boxes only when they are ticked.
    static List<KeyValuePair<string, string>> Fields(IHtmlFormElement form, IReadOnlyDictionary<string, IReadOnlyList<string>> typed)
    {
        foreach (var (name, values) in typed)
        {
            var controls = form.QuerySelectorAll("input, textarea, select, button").Where(c => c.GetAttribute("name") == name).ToList();
            controls.ShouldNotBeEmpty($"the page has no field {name}");
            if (controls.All(c => c is IHtmlInputElement { Type: "radio" or "checkbox" }))
                foreach (var value in values) controls.ShouldContain(c => c.GetAttribute("value") == value, $"{name} has no option {value}");
        }
        var fields = new List<KeyValuePair<string, string>>();
        foreach (var control in form.QuerySelectorAll("input, textarea, select"))
        {
            if (control.GetAttribute("name") is not { Length: > 0 } name || control.HasAttribute("disabled") || typed.ContainsKey(name)) continue;
            var value = control switch
            {
                IHtmlInputElement { Type: "file" or "submit" or "button" } => null,
                IHtmlInputElement { Type: "radio" or "checkbox" } box => box.IsChecked ? box.Value : null,
                IHtmlInputElement input => input.Value,
                IHtmlTextAreaElement area => area.Value,
                IHtmlSelectElement select => select.Value,
                _ => null,
            };
            if (value is not null) fields.Add(new(name, value));
        }
        fields.AddRange(typed.SelectMany(t => t.Value.Select(v => new KeyValuePair<string, string>(t.Key, v))));
        return fields;
    }

    public void Dispose() => client.Dispose();
}

/// <summary>A file that somebody picks, under the name it has with them.</summary>
public sealed record Picked(string Name, byte[] Bytes);

/// <summary>A page as it came.</summary>
public sealed record Sight(HttpStatusCode Status, string Address, string Html, IHtmlDocument Document)
{
    public static async Task<Sight> Of(HttpResponseMessage response, string address)
    {
        using (response)
        {
            var html = await response.Content.ReadAsStringAsync();
            return new Sight(response.StatusCode, address, html, new HtmlParser().ParseDocument(html));
        }
    }

    public string Heading => Document.QuerySelector("h1")?.TextContent.Trim() ?? "";

    /// <summary>What the summary at the top says is wrong, in its order.</summary>
    public IReadOnlyList<string> Errors => [.. Document.QuerySelectorAll(".govuk-error-summary__list li").Select(e => e.TextContent.Trim())];

    /// <summary>The words of the page without its frame.</summary>
    public string Words => Document.QuerySelector("main")?.TextContent ?? Document.Body?.TextContent ?? "";
}
