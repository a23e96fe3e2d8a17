using Microsoft.AspNetCore.Components;
using Moothall.Definitions;
using Moothall.Web.Design;

namespace Moothall.Web.Questions;

/// <summary>One answer in words, wherever answers are shown: files by their names, photographs as pictures, the rows of a group under each other.</summary>
public sealed class AnswerValue : Drawn
{
    [Parameter, EditorRequired] public required Question Question { get; set; }
    [Parameter] public Answer? Answer { get; set; }
    [Parameter, EditorRequired] public required string Language { get; set; }
    /// <summary>A file by its id, to show its name.</summary>
    [Parameter] public Func<string, KnownFile?>? File { get; set; }
    /// <summary>The address of a file's bytes by its id; null shows the name alone.</summary>
    [Parameter] public Func<string, string>? FileHref { get; set; }
    /// <summary>Shows photographs as pictures that link to the whole file.</summary>
    [Parameter] public bool ShowPictures { get; set; }

    public override void Write(HtmlWriter html)
    {
        ArgumentNullException.ThrowIfNull(html);
        if (Answer is null or SkippedAnswer) html.Raw("<span class=\"absent\">"u8).Text(Phrases.In(Language).Say("Not provided")).Raw("</span>"u8);
        else if (Answer is GroupAnswer group) Rows(html, group);
        else if (Answer is FilesAnswer files && File is not null) Files(html, files, File);
        else Lines(html, Answer);
    }

    void Rows(HtmlWriter html, GroupAnswer group)
    {
        for (var number = 1; number <= group.Rows.Length; number++)
        {
            html.Raw("<div class=\"rows__row\"><strong class=\"rows__name\">"u8).Raw(RowWords.Html(Language, Question, number).Value).Raw("</strong>"u8);
            new RowAnswers { Group = Question, Row = group.Rows[number - 1], Language = Language, File = File, FileHref = FileHref, ShowPictures = ShowPictures }.Write(html);
            html.Raw("</div>"u8);
        }
    }

    void Files(HtmlWriter html, FilesAnswer files, Func<string, KnownFile?> find)
    {
        for (var i = 0; i < files.Files.Length; i++)
        {
            if (i > 0) html.Raw("<br>"u8);
            var known = find(files.Files[i]);
            if (ShowPictures && FileHref is not null && known is { Kind: "jpeg" or "png" })
            {
                html.Raw("<a class=\"govuk-link picture\""u8).Attribute("href"u8, FileHref(known.Id)).Raw("><img loading=\"lazy\""u8).Attribute("src"u8, FileHref(known.Id)).Attribute("alt"u8, known.Name).Raw("></a>"u8);
                continue;
            }
            var name = known?.Name ?? (Phrases.In(Language).Say("A file that is no longer here"));
            if (FileHref is null) html.Text(name);
            else html.Raw("<a class=\"govuk-link\""u8).Attribute("href"u8, FileHref(files.Files[i])).Raw(">"u8).Text(name).Raw("</a>"u8);
        }
    }

    void Lines(HtmlWriter html, Answer answer)
    {
        var lines = Question.Type.Show(Question, answer, Language);
        for (var i = 0; i < lines.Count; i++)
        {
            if (i > 0) html.Raw("<br>"u8);
            // The labels of options are prose of the definition.
            if (Question.Options.Count > 0 && Question.Options.Any(o => Told.LanguageOf(Language, o.Label) is not null)) html.Raw(Told.Marked("en", lines[i]).Value);
            else html.Text(lines[i]);
        }
    }
}

/// <summary>What was answered in one row of a group, a line each with what was asked; where a row asks one thing only, the answer alone.</summary>
public sealed class RowAnswers : Drawn
{
    [Parameter, EditorRequired] public required Question Group { get; set; }
    [Parameter, EditorRequired] public required Answers Row { get; set; }
    [Parameter, EditorRequired] public required string Language { get; set; }
    [Parameter] public Func<string, KnownFile?>? File { get; set; }
    [Parameter] public Func<string, string>? FileHref { get; set; }
    [Parameter] public bool ShowPictures { get; set; }

    public override void Write(HtmlWriter html)
    {
        ArgumentNullException.ThrowIfNull(html);
        html.Raw("<ul class=\"rows\">"u8);
        foreach (var question in Group.Inside)
        {
            if (Row[question.Name] is not { } answer) continue;
            html.Raw("<li>"u8);
            if (Group.Inside.Count > 1) html.Raw("<span class=\"rows__what\">"u8).Raw(Told.Html(Language, question.Short ?? question.Text).Value).Raw("</span> "u8);
            new AnswerValue { Question = question, Answer = answer, Language = Language, File = File, FileHref = FileHref, ShowPictures = ShowPictures }.Write(html);
            html.Raw("</li>"u8);
        }
        html.Raw("</ul>"u8);
    }
}
