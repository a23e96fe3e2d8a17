namespace Moothall.Definitions.Importing;

/// <summary>Reads the JSON that GOV.UK Forms gives of a form: one question a page, with routes that skip pages.</summary>
sealed class ReadGovukForms
{
    readonly ImportedForm form;
    readonly FormNode root;

    ReadGovukForms(FormNode root, string fileName)
    {
        this.root = root;
        form = new() { Title = PlainWords.Line(root["name"].Text) ?? Words.FromFileName(fileName), IsWelsh = root["language"].Text == "cy" };
    }

    /// <summary>The form, or a refusal that says why this is none.</summary>
    public static ImportedForm Read(FormNode root, string fileName)
    {
        if (!root.IsMap || !root["steps"].IsList && !root["pages"].IsList) throw NotImported.At(1, new Message("this is no form of GOV.UK Forms: it has no list `steps` or `pages`; check that the file and the kind of form that you named belong together"));
        var read = new ReadGovukForms(root, fileName);
        read.Whole(root["steps"].IsList ? root["steps"] : root["pages"]);
        return read.form;
    }

    void Whole(FormNode list)
    {
        var steps = list.Items.Where(s => s.IsMap).ToList();
        if (steps.Count == 0) throw NotImported.At(list.Line, new Message("this form has no questions; export it when it has"));
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (step, number) in steps.Select((s, i) => (s, i)))
        {
            if (step["id"].Text is not { } id) throw NotImported.At(step.Line, new Message("this step has no `id`; give it one"));
            if (!numbers.TryAdd(id, number)) throw NotImported.At(step.Line, new Message("the id {id} is already that of the step on line {other}; give one of them another", ("id", id), ("other", steps[numbers[id]].Line)));
            form.Pages.Add(Page(step, id));
        }
        var end = form.Pages.Count;
        form.Pages.Add(new() { Key = "end", Line = list.Line, Kind = PageKind.End });
        foreach (var (step, number) in steps.Select((s, i) => (s, i))) Ways(step, number, numbers, end);
        var start = (root["start_page"].Exists ? root["start_page"] : root["start_step_id"]).Text;
        if (start is not null && !numbers.TryGetValue(start, out _)) throw NotImported.At(root["start_page"].Line, new Message("the form begins at the step {start}, and there is none; correct `start_page`", ("start", start)));
        form.Start = start is null ? 0 : numbers[start];
        form.Afterwards = Said.Of(root["what_happens_next_markdown"].Lines);
        if (root["payment_url"].Text is not null) form.Lacks(new Message("the payment (line {line}): write it under `charge`, with the income code of your ledger", ("line", root["payment_url"].Line)));
        if ((root["declaration_markdown"].Lines ?? root["declaration_text"].Lines) is { } declared) Declaration(declared, end);
        form.HasWelshTwin = !form.IsWelsh && root["available_languages"].Items.Any(l => l.Text == "cy");
        if (root["support_email"].Exists | root["support_phone"].Exists | root["support_url"].Exists | root["support_url_text"].Exists) form.Otherwise("whom to ask for help: each council's offer says it");
        if (root["privacy_policy_url"].Exists) form.Otherwise("its own page about privacy: the council has one");
        if (root["submission_email"].Text is not null) form.Otherwise("the address that answers were sent to: cases come to the team that offers the service");
    }

    void Declaration(string declared, int end)
    {
        var page = form.Pages[end];
        var last = new ImportedPage { Key = "declaration", Line = page.Line, Title = new("Declaration") };
        last.Text.Add(new(PlainWords.Tidied(declared).Trim()));
        last.Questions.Add(new() { Key = "declaration", Type = "declaration", Text = new("I agree with the declaration"), Line = page.Line });
        last.Next.Add((null, form.Pages.Count));
        form.Pages[end] = last;
        form.Pages.Add(page);
    }

    ImportedPage Page(FormNode step, string id)
    {
        var data = step["data"].IsMap ? step["data"] : step;
        var asked = PlainWords.Line(data["question_text"].Text) ?? $"Question {id}";
        var page = new ImportedPage { Key = id, Line = step.Line, Title = Said.Of(PlainWords.Line(data["page_heading"].Text)) };
        if (data["guidance_markdown"].Lines is { } guidance) page.Text.Add(new(PlainWords.Tidied(guidance).Trim()));
        var question = new ImportedQuestion { Key = id, Type = "text", Text = new(asked), Hint = Said.Of(PlainWords.Line(data["hint_text"].Lines)), Optional = data["is_optional"].Is(true), Line = step.Line };
        var settings = data["answer_settings"];
        var input = settings["input_type"].Text;
        switch (data["answer_type"].Text)
        {
            case "text": question.Type = input == "long_text" ? "long-text" : "text"; break;
            case "number": question.Type = "number"; break;
            case "email": question.Type = "email"; break;
            case "phone_number": question.Type = "phone"; break;
            case "organisation_name": break;
            case "national_insurance_number": question.LooksLike = "QQ 12 34 56 C"; break;
            case "date":
                question.Type = "date";
                if (input == "date_of_birth") question.AtMost = "today";
                break;
            case "address":
                question.Type = settings["input_type"]["international_address"].Is(true) ? "long-text" : "address";
                if (question.Type != "address") form.Lacks(new Message("that “{question}” (line {line}) may be an address abroad, with its country: it is asked as text", ("question", ImportedPage.Shorten(asked)), ("line", step.Line)));
                break;
            case "file": question.Type = "file"; break;
            case "selection": Selection(question, settings); break;
            case "name":
                Names(page, question, input ?? "full_name", settings["title_needed"].Text is "true" or "1");
                return page;
            case var other:
                form.Lacks(new Message("the question “{question}” (line {line}) of the type {kind}", ("question", ImportedPage.Shorten(asked)), ("line", step.Line), ("kind", other is null ? new Message("none") : ImportedPage.Shorten(other))));
                return page;
        }
        page.Questions.Add(question);
        if (data["is_repeatable"].Is(true))
        {
            page.Questions.Clear();
            var group = new ImportedQuestion { Key = id + ".rows", Type = "group", Text = new(asked), Hint = question.Hint, Optional = question.Optional, One = new("answer"), Line = step.Line };
            question.Hint = null;
            question.Optional = false;
            group.Inside.Add(question);
            page.Questions.Add(group);
        }
        return page;
    }

    static void Selection(ImportedQuestion question, FormNode settings)
    {
        question.Type = settings["only_one_option"].Text is "true" or "1" ? "choice" : "choices";
        var names = new FormNames();
        foreach (var option in settings["selection_options"].Items)
            if (PlainWords.Line(option["name"].Text) is { } label) question.Options.Add(new() { Value = option["value"].Text ?? option["name"].Text!, Label = new(label), Name = names.ForOption(label) });
        // A selection that may be passed over offers "None of the above", and takes nothing else for no answer.
        if (question.Optional)
        {
            question.Options.Add(new() { Value = "none_of_the_above", Label = new("None of the above"), Name = names.ForOption("None of the above"), Alone = question.Type == "choices" });
            question.Optional = false;
        }
        if (question.Options.Count == 0) question.Type = "text";
    }

    static void Names(ImportedPage page, ImportedQuestion question, string parts, bool title)
    {
        IEnumerable<(string Text, bool Optional)> fields = parts switch
        {
            "first_and_last_name" => [("First name", false), ("Last name", false)],
            "first_middle_and_last_name" => [("First name", false), ("Middle names", true), ("Last name", false)],
            _ => [],
        };
        if (title) page.Questions.Add(new() { Key = question.Key + ".title", Type = "text", Text = new("Title"), Optional = true, Line = question.Line });
        if (!fields.Any() && !title)
        {
            page.Questions.Add(question);
            return;
        }
        page.Title ??= question.Text;
        if (question.Hint is { } hint) page.Text.Insert(0, hint);
        if (!fields.Any()) fields = [("Full name", false)];
        foreach (var (text, optional) in fields)
            page.Questions.Add(new() { Key = question.Key + "." + text, Type = "text", Text = new(text), Optional = optional || question.Optional, Line = question.Line });
    }

    void Ways(FormNode step, int number, Dictionary<string, int> numbers, int end)
    {
        var page = form.Pages[number];
        foreach (var route in step["routing_conditions"].Items)
        {
            var to = end;
            if (route["exit_page_markdown"].Lines is { } words || route["exit_page_heading"].Exists && route["exit_page_heading"].Text is not null && (words = route["exit_page_heading"].Text!) is not null)
            {
                to = form.Pages.Count;
                var exit = new ImportedPage { Key = $"exit on line {route.Line}", Line = route.Line, Kind = PageKind.Exit, Title = Said.Of(PlainWords.Line(route["exit_page_heading"].Text)) };
                exit.Text.Add(new(PlainWords.Tidied(words).Trim()));
                form.Pages.Add(exit);
            }
            else if (!route["skip_to_end"].Is(true))
            {
                if (route["goto_page_id"].Text is not { } target || !numbers.TryGetValue(target, out to))
                    throw NotImported.At(route.Line, new Message("the route of the step “{question}” leads to {to}, and there is no such step; correct `goto_page_id`", ("question", ImportedPage.Shorten(page.Questions.FirstOrDefault()?.Text.English ?? page.Key)), ("to", route["goto_page_id"].Text is { } nowhere ? nowhere : new Message("nothing"))));
            }
            var asked = route["check_page_id"].Text ?? page.Key;
            page.Next.Add((route["answer_value"].Text is { } value ? new AnswerTest(asked, Compared.Is, value) : null, to));
        }
        if (page.Next.Exists(n => n.When is null)) return;
        var next = step["next_step_id"].Text ?? step["next_page"].Text;
        if (next is not null && !numbers.ContainsKey(next)) throw NotImported.At(step.Line, new Message("this step is followed by {next}, and there is no such step; correct `next_step_id`", ("next", next)));
        page.Next.Add((null, next is null ? end : numbers[next]));
    }
}
