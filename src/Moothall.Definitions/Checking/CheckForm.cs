namespace Moothall.Definitions;

/// <summary>
/// How large a form may be when everything in it is filled in, every row of its groups too: what fits on the page of a resident fits on the one-page form of an advisor and
/// in what a program sends.
/// </summary>
public static class FormSize
{
    /// <summary>Most fields of a form; an option that can be ticked is a field, and so is a file.</summary>
    public const int MostFields = 20_000;
    /// <summary>Most files in all answers together.</summary>
    public const int MostFiles = 2_500;

    /// <summary>How many fields a question has at most, those of the rows of a group too.</summary>
    public static long FieldsOf(Question question)
    {
        ArgumentNullException.ThrowIfNull(question);
        return question.IsGroup ? 1 + question.MostRows * question.Inside.Sum(FieldsOf) : question.Type.Name switch
        {
            "choices" => question.Options.Count,
            // Each file that is there goes with the form, and may be marked to be taken out.
            "file" => 2L * question.MostFiles,
            _ => question.Type.Fields(question).Count,
        };
    }

    /// <summary>How many files a question can take at most, those in the rows of a group too.</summary>
    public static long FilesOf(Question question)
    {
        ArgumentNullException.ThrowIfNull(question);
        return question.IsGroup ? question.MostRows * question.Inside.Sum(FilesOf) : question.Type.Name == "file" ? question.MostFiles : 0;
    }
}

/// <summary>No form is larger than can be sent at once (<see cref="FormSize"/>), and no row of a group says nothing: on a form of one page it could not be told from none.</summary>
static class CheckForm
{
    public static void Run(ServiceDefinition d, Findings findings)
    {
        foreach (var group in d.Ask.SelectMany(q => q.WithThoseInside()).Where(q => q.IsGroup && q.Inside.All(inside => inside.Optional || inside.When is not null)))
            findings.Error(group.Place, new Message("a row of `{group}` could be left empty, and an empty row is none; let one of its questions be asked always and not be `optional`", ("group", group.Name)));
        if (d.Ask.Sum(FormSize.FieldsOf) is var fields and > FormSize.MostFields && d.Ask.MaxBy(FormSize.FieldsOf) is { } largest)
            findings.Error(largest.Place, new Message("with all rows filled in this form has {fields} fields, and no more than {most} can be sent at once; most of them are in `{question}`, so ask less there", ("fields", fields), ("most", FormSize.MostFields), ("question", largest.Name)));
        if (d.Ask.Sum(FormSize.FilesOf) is var files and > FormSize.MostFiles && d.Ask.MaxBy(FormSize.FilesOf) is { } fullest)
            findings.Error(fullest.Place, new Message("with all rows filled in this form has {files} files, and no more than {most} can be sent at once; most of them are in `{question}`, so take fewer there", ("files", files), ("most", FormSize.MostFiles), ("question", fullest.Name)));
    }
}
