using Microsoft.AspNetCore.Components;
using Moothall.Council;
using Moothall.Web.Design;

namespace Moothall.Web.Desk;

/// <summary>
/// Chooses a standard reply for the words beside it. The button sends the form back with the words in it; where script runs they are put in at once.
/// Draws nothing where there is no reply.
/// </summary>
public sealed class ReplyField : Drawn
{
    public const string Field = "_reply", Button = "_use";

    /// <summary>The replies with the facts of the case in them.</summary>
    [Parameter, EditorRequired] public required IReadOnlyList<(StandardReply Reply, string Text)> Replies { get; set; }
    /// <summary>The id of the field that takes the words.</summary>
    [Parameter, EditorRequired] public required string For { get; set; }

    public override void Write(HtmlWriter html)
    {
        ArgumentNullException.ThrowIfNull(html);
        if (Replies.Count == 0) return;
        html.Raw("<div class=\"reply\""u8).Attribute("data-reply"u8, For).Raw(">"u8);
        new Design.Select
        {
            Id = For + "-reply", Name = Field, Label = new Label { Text = html.Phrases.Say("Standard reply") },
            Items = [new SelectItem { Value = "", Text = html.Phrases.Say("Choose one") }, .. Replies.Select(r => new SelectItem { Value = r.Reply.Id, Text = r.Reply.Title.In(html.Phrases.Language), Attributes = Of(r.Reply, r.Text, html.Phrases.Language) })],
        }.Write(html);
        new Design.Button { Name = Button, Value = "yes", Text = html.Phrases.Say("Use this text"), Classes = "govuk-button--secondary" }.Write(html);
        html.Raw("</div>"u8);
    }

    static Dictionary<string, string?> Of(StandardReply reply, string text, string language) =>
        new(Told.Attributes(language, reply.Title) ?? new Dictionary<string, string?>()) { ["data-text"] = text };
}
