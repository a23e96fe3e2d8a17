using Microsoft.AspNetCore.Components;
using Moothall.Definitions;
using Moothall.Web.Design;

namespace Moothall.Web.Questions;

/// <summary>What was asked and what was answered, as "Check your answers" and the desk show it.</summary>
public sealed class AnswerRows : Drawn
{
    /// <summary>The questions asked, in order.</summary>
    [Parameter, EditorRequired] public required IReadOnlyList<Question> Questions { get; set; }
    [Parameter, EditorRequired] public required Answers Answers { get; set; }
    /// <summary>The language of the page; that of the writer where none is said.</summary>
    [Parameter] public string Language { get; set; } = "";
    /// <summary>The address where a question's answer is changed; null leaves the links out.</summary>
    [Parameter] public Func<Question, string>? ChangeHref { get; set; }
    /// <summary>A file by its id, to show its name.</summary>
    [Parameter] public Func<string, KnownFile?>? File { get; set; }
    /// <summary>The address of a file's bytes by its id; null shows the name alone.</summary>
    [Parameter] public Func<string, string>? FileHref { get; set; }
    /// <summary>Shows photographs as pictures that link to the whole file.</summary>
    [Parameter] public bool ShowPictures { get; set; }
    [Parameter] public string? Classes { get; set; }
    /// <summary>What is worked out from the answers, each below the last that it looks at.</summary>
    [Parameter] public IReadOnlyList<WorkedValue> Worked { get; set; } = [];

    public override void Write(HtmlWriter html)
    {
        ArgumentNullException.ThrowIfNull(html);
        if (Language.Length == 0) Language = html.Phrases.Language;
        html.Raw("<dl class=\"govuk-summary-list"u8).Classes(Classes).Raw("\">"u8);
        foreach (var question in Questions)
        {
            html.Raw("<div class=\"govuk-summary-list__row\"><dt class=\"govuk-summary-list__key\">"u8).Raw(Told.Html(Language, question.Short ?? question.Text).Value).Raw("</dt><dd class=\"govuk-summary-list__value\">"u8);
            new AnswerValue { Question = question, Answer = Answers[question.Name], Language = Language, File = File, FileHref = FileHref, ShowPictures = ShowPictures }.Write(html);
            html.Raw("</dd>"u8);
            if (ChangeHref is not null)
                html.Raw("<dd class=\"govuk-summary-list__actions\"><a class=\"govuk-link\""u8).Attribute("href"u8, ChangeHref(question)).Raw(">"u8).Text(Phrases.In(Language).Say("Change"))
                    .Raw("<span class=\"govuk-visually-hidden\"> "u8).Raw(Told.Html(Language, question.Short ?? question.Text).Value).Raw("</span></a></dd>"u8);
            html.Raw("</div>"u8);
            foreach (var value in Worked)
                if (Questions.LastOrDefault(q => value.Names.Contains(q.Name)) == question) WorkedRow(html, value);
        }
        foreach (var value in Worked)
            if (!Questions.Any(q => value.Names.Contains(q.Name))) WorkedRow(html, value);
        html.Raw("</dl>"u8);
    }

    void WorkedRow(HtmlWriter html, WorkedValue value)
    {
        html.Raw("<div class=\"govuk-summary-list__row worked\"><dt class=\"govuk-summary-list__key\">"u8).Raw(Told.Html(Language, value.Label).Value).Raw("</dt><dd class=\"govuk-summary-list__value\">"u8).Text(value.Value).Raw("</dd>"u8);
        if (ChangeHref is not null) html.Raw("<dd class=\"govuk-summary-list__actions\"></dd>"u8);
        html.Raw("</div>"u8);
    }
}
