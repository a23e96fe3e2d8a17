namespace Moothall.Definitions;

/// <summary>
/// The register of keys of service files and fragments. The reader knows no others, the JSON Schema for editors and docs/reference/keys.md are made of it, and a test holds its examples
/// to the reader. A key is added here and read in the reader of its block.
/// </summary>
static class ServiceKeys
{
    static readonly string[] Kinds = [.. Enum.GetValues<ServiceKind>().Where(k => k != ServiceKind.Bundle).Select(k => k.ToString().ToLowerInvariant())];

    /// <summary>Kinds of file that may be asked for, by what their bytes say.</summary>
    public static readonly string[] FileKinds = ["jpeg", "png", "pdf", "docx", "doc", "odt", "xlsx", "xls", "ods", "csv", "txt"];

    /// <summary>How VAT is treated, as ledgers name it.</summary>
    public static readonly string[] VatCodes = ["standard", "reduced", "zero", "exempt", "outside-scope"];

    /// <summary>The lawful bases of UK GDPR article 6(1), and recognised legitimate interest of the Data (Use and Access) Act 2025.</summary>
    public static readonly string[] Reasons = ["consent", "contract", "legal obligation", "vital interests", "public task", "legitimate interests", "recognised legitimate interest"];

    /// <summary>Ways of telling somebody that this program has.</summary>
    public static readonly string[] TellBy = ["email"];

    public static readonly FileBlock Detail = new("detail", "Words that only some people need, folded away on a page, under a name of their own in `details`.",
    [
        new("title", KeyValue.Prose, "What is clicked to unfold it.", "title: Why we ask") { Needed = true },
        new("text", KeyValue.Prose, "What is folded away, in Markdown.", "text: We use this only to write to you.") { Needed = true },
    ]);

    public static readonly FileBlock Option = new("option", "An answer to choose from, under its name in `options`, where it says more than its label.",
    [
        new("label", KeyValue.Prose, "What people read.", "label: Bigger than a dinner plate") { Needed = true },
        new("hint", KeyValue.Prose, "Help under the label.", "hint: A dinner plate is about 27cm across."),
        new("alone", KeyValue.YesNo, "Of `choices`: whoever chooses it chooses nothing else.", "alone: yes"),
    ]);

    static readonly FileKey PageText = new("text", KeyValue.Prose, "What stands above the question on its page, in Markdown; not for a question on a page with others, or in a group.", "text: You need your last accounts.");
    static readonly FileKey PageDetails = new("details", KeyValue.EachOf("names, each with a detail", Detail), "What is folded away under that.", """
        details:
          why:
            title: Why we ask
            text: We use this only to write to you.
        """);

    public static readonly FileBlock Question = new("question", "A question, under its name in `ask`, or in the `questions` of `work` where staff are asked it.",
    [
        new("question", KeyValue.Prose, "The question, which is the title of its page.", "question: Where is it?") { Needed = true, Elsewhere = ["label", "title"] },
        PageText with { OfResidents = true },
        PageDetails with { OfResidents = true },
        new("hint", KeyValue.Prose, "Help under the question.", "hint: A street and a number will do.") { Elsewhere = ["help", "help-text", "description"] },
        new("short", KeyValue.Prose, "A short name for lists of answers.", "short: Place"),
        new("type", KeyValue.OneOf([.. QuestionTypes.Names]), "What kind of answer it takes.", "type: text") { Needed = true, Elsewhere = ["kind", "format"] },
        new("when", KeyValue.Sentence, "A sentence over earlier questions; without it the question is always asked.", "when: size is large") { Elsewhere = ["if", "condition", "only-if", "show-if", "visible-if", "depends-on"] },
        new("optional", KeyValue.YesNo, "`yes`: it may be left empty. `no` where it is not written.", "optional: yes"),
        new("options", KeyValue.ProseOr(Option), "The answers to choose from.", """
            options:
              small: Smaller than a dinner plate
              large:
                label: Bigger than a dinner plate
                hint: A dinner plate is about 27cm across.
            """) { Needed = true, Types = ["choice", "choices"], Elsewhere = ["answers", "choices", "values", "items"] },
        new("accept", KeyValue.SomeOf(FileKinds), "The kinds of file that are taken, as their bytes say; a `csv` is a text by that name.", "accept: [jpeg, png]") { Types = ["file"] },
        new("most-files", KeyValue.Whole(1, 20), "How many files may be sent; 1 where it is not written.", "most-files: 5") { Types = ["file"] },
        new("most-size", KeyValue.Like("a size such as `5MB`", "^[0-9]+MB$"), "The largest that each file may be, in whole megabytes; 10MB where it is not written, and 50MB at most.", "most-size: 5MB") { Types = ["file"] },
        new("max-length", KeyValue.Whole(1, 100_000), "The most characters; 500 for a `text` and 4,000 for a `long-text` where it is not written.", "max-length: 60") { Types = ["text", "long-text"], Elsewhere = ["maxlength", "max-chars", "limit"] },
        new("max-words", KeyValue.Whole(1, 10_000), "The most words. Without a `max-length` beside it, ten characters to each, at least 4,000, are taken.", "max-words: 250") { Types = ["long-text"] },
        new("looks-like", KeyValue.Like("an example of letters and figures", "^[A-Za-z0-9 /.-]{1,40}$"), "An example: any letter for a letter, any figure for a figure; spaces and capitals do not matter.", "looks-like: QQ 12 34 56 C") { Types = ["text"] },
        new("at-least", KeyValue.Text, "The least answer: a number, an amount such as `£30`, a date, or `today`, `today + 30 days`, `today - 30 days`.", "at-least: 1") { Types = ["number", "money", "date", "month"], Elsewhere = ["min", "minimum", "at-min"] },
        new("at-most", KeyValue.Text, "The greatest answer, written like the least.", "at-most: 30") { Types = ["number", "money", "date", "month"], Elsewhere = ["max", "maximum", "at-max"] },
        new("whole", KeyValue.YesNo, "`yes`: only whole numbers.", "whole: yes") { Types = ["number"] },
        new("look-up", KeyValue.NameMap, "Parts of the answer that are found in tables of the council's data: here sentences may name `where.road`.", "look-up: {road: roads}") { Types = ["location", "address"] },
        new("near", KeyValue.Like("a distance such as `50 metres`, or `no`", "^(no|[0-9]+ metres?)$"), "Within how far open cases of the same service are shown before sending, at most 500 metres; `no` shows none.", "near: 50 metres") { Types = ["location"], OfResidents = true },
        new("same-as", KeyValue.Name, "An earlier question of the same type, whose answer one tick takes over.", "same-as: you") { Types = SameAsType.Types, OfResidents = true },
        new("prefill", KeyValue.SomeOf(PrefillSource.All), "Where an answer may come from that is shown to be confirmed or changed, the first that has one first.", "prefill: [earlier-case]") { OfResidents = true },
    ]);

    public static readonly FileBlock Section = new("section", "A heading in `ask`: a part of a long form. All that follows belongs to it, up to the next section.",
    [
        new("section", KeyValue.Prose, "Its title.", "section: About your group") { Needed = true },
        new("when", KeyValue.Sentence, "When it is asked at all, over earlier questions; it holds for all that belongs to it.", "when: size is large"),
    ]);

    public static readonly FileBlock Page = new("page", "A heading in `ask`: a page of several questions, or one that is only read.",
    [
        new("page", KeyValue.Prose, "Its title.", "page: Who should we write to?") { Needed = true },
        PageText with { Says = "What stands on it, in Markdown. A page that asks nothing needs it." },
        PageDetails,
        new("ask", KeyValue.Names, "The questions that stand on it and are answered together. They follow it directly, in that order.", "ask: [you, role]"),
        new("when", KeyValue.Sentence, "When it is shown, over earlier questions; it holds for the questions on it too.", "when: size is large"),
    ]) { OneOf = ["ask", "text"] };

    public static readonly FileBlock Group = new("group", "A heading in `ask`: the same questions for each of several (“add another”).",
    [
        new("group", KeyValue.Prose, "What is asked.", "group: What will you spend the money on?") { Needed = true },
        new("one", KeyValue.Prose, "What one row is called in a sentence: “Add another cost”.", "one: cost") { Needed = true },
        new("hint", KeyValue.Prose, "Help under it.", "hint: Leave out what you have already."),
        new("short", KeyValue.Prose, "A short name for lists of answers.", "short: Costs"),
        new("ask", KeyValue.Names, "The questions of each row. They follow it directly, in that order.", "ask: [what, amount]") { Needed = true },
        new("at-least", KeyValue.Whole(1, 50), "The fewest rows; 1 where it is not written.", "at-least: 2"),
        new("at-most", KeyValue.Whole(1, 50), "The most rows; 20 where it is not written.", "at-most: 10"),
        new("optional", KeyValue.YesNo, "`yes`: it may stay empty.", "optional: yes"),
        new("when", KeyValue.Sentence, "When it is asked, over earlier questions.", "when: size is large"),
    ]);

    public static readonly FileBlock Use = new("use", "Two lines in `ask` in whose place the questions of a fragment stand.",
    [
        new("use", KeyValue.Name, "The name of a fragment, whose file is in the folder `fragments` beside the services.", "use: contact-details") { Needed = true },
    ]);

    public static readonly FileBlock Exit = new("exit", "A designed end before sending, under its name in `exit`: why there is nothing to send, and what to do instead.",
    [
        new("when", KeyValue.Sentence, "When it is taken: as soon as this holds and all that it names was asked.", "when: kind is private-land") { Needed = true },
        new("title", KeyValue.Prose, "The title of its page.", "title: We cannot help with this") { Needed = true },
        new("text", KeyValue.Prose, "What its page says, in Markdown.", "text: Ask the owner of the land.") { Needed = true },
    ]);

    public static readonly FileBlock Alert = new("alert", "A danger that is told at once, under its name in `alert`. The journey then goes on.",
    [
        new("when", KeyValue.Sentence, "When it is told: as soon as this holds and all that it names was asked.", "when: wires") { Needed = true },
        new("title", KeyValue.Prose, "What to do first.", "title: Keep away and ring us now") { Needed = true },
        new("text", KeyValue.Prose, "What else to know, in Markdown.", "text: Bare wires can kill.") { Needed = true },
        new("ring", KeyValue.Like("a phone number, or `council` for its own", "^(council|[0-9]{3,5}|0[0-9 ]{8,15}[0-9])$"), "The number to ring; `council` for the council's own number for this service.", "ring: 999") { Needed = true },
    ]);

    public static readonly FileBlock Worked = new("worked-out", "A value in `decide` that is worked out from the answers: a number, an amount of money or a date.",
    [
        new("is", KeyValue.Sentence, "What is worked out.", "is: sum of amount") { Needed = true },
        new("label", KeyValue.Prose, "What it is called; its name in words where it is not written.", "label: Cost of the whole project"),
        new("shown", KeyValue.YesNo, "`yes`: the person sees it too, on “Check your answers”. Staff always do.", "shown: yes"),
    ]);

    public static readonly FileBlock Row = new("row", "A value of a decision where staff read something else than its name.",
    [
        new("when", KeyValue.Sentence, "When it holds; the last is `otherwise`.", "when: size is large") { Needed = true },
        new("label", KeyValue.Prose, "What staff read, within a line, so with a small letter.", "label: urgent"),
    ]);

    public static readonly FileBlock Decision = new("decision", "A decision, under its name in `decide`: its values, each with a sentence. The rows do not overlap, and leave no gap.",
    [
        new("label", KeyValue.Prose, "What the decision is called; its name in words where it is not written.", "label: Priority"),
    ]) { Others = KeyValue.SentenceOr(Row) };

    public static readonly FileBlock Charge = new("charge", "Something that is paid, under its name in `charge`.",
    [
        new("label", KeyValue.Prose, "What is paid for.", "label: Collection of garden waste for a year") { Needed = true },
        new("amount", KeyValue.Amount, "How much: `£12`, a `fee` of the council, or either worked out with numbers that were answered.", "amount: £12") { Needed = true },
        new("when", KeyValue.Sentence, "When it is asked; always where it is not written.", "when: size is large"),
        new("due", KeyValue.Like("`on received`, or `on stage` with the name of a stage", "^ *on +(received|stage +[a-z][a-z0-9-]*) *$"), "When it falls due.", "due: on received") { Needed = true },
        new("income-code", KeyValue.Like("up to 30 letters and figures with hyphens, points or slashes", "^[A-Za-z0-9][A-Za-z0-9./-]{0,29}$"), "Where it is booked.", "income-code: GW-1001") { Needed = true },
        new("vat", KeyValue.OneOf(VatCodes), "How VAT is treated; `outside-scope` where it is not written.", "vat: standard"),
    ]);

    public static readonly FileBlock CoSign = new("co-sign", "A second person who must agree before the work begins, by a link that they get by e-mail.",
    [
        new("who", KeyValue.Name, "The question that says who they are: a person, or an e-mail address.", "who: you") { Needed = true },
        new("when", KeyValue.Sentence, "When they must agree; always where it is not written.", "when: size is large"),
        new("text", KeyValue.Prose, "What stands above what they are shown, in Markdown.", "text: You answer for this together."),
        new("statement", KeyValue.Prose, "What they agree to.", "statement: We are both responsible for the rent.") { Needed = true },
        new("shows", KeyValue.Names, "The questions whose answers they see; no others are shown to them.", "shows: [where, costs]") { Needed = true },
        new("within", KeyValue.Period, "How long their link lasts, in days, weeks, months or years.", "within: 14 days") { Needed = true },
        new("remind", KeyValue.PeriodBefore, "How long before its end they are reminded.", "remind: 5 days before"),
        new("agrees", KeyValue.Name, "The action that is taken when they agree.", "agrees: granted") { Needed = true },
        new("declines", KeyValue.Name, "The action that is taken when they decline.", "declines: repaired") { Needed = true },
        new("no-answer", KeyValue.Name, "The action that is taken when their link has ended.", "no-answer: repaired") { Needed = true },
    ]);

    public static readonly FileBlock Action = new("action", "What staff can do in a stage, under its name in `actions`. It leads to a stage, or closes the case.",
    [
        new("label", KeyValue.Prose, "What its button says; its name in words where it is not written.", "label: Send an inspector"),
        new("to", KeyValue.Name, "The stage that it leads to.", "to: inspection") { Elsewhere = ["next", "goto", "stage"] },
        new("close", KeyValue.Name, "The outcome that it closes with.", "close: repaired") { Elsewhere = ["outcome", "ends", "closes"] },
        new("ask", KeyValue.Names, "The questions of staff that it asks.", "ask: [finding]"),
    ]) { OneOf = ["to", "close"] };

    public static readonly FileBlock Stage = new("stage", "A step of the work, under its name in `stages`.",
    [
        new("label", KeyValue.Prose, "What staff call it; its name in words where it is not written.", "label: Waiting for an inspector"),
        new("shown-as", KeyValue.Prose, "What the resident reads.", "shown-as: We are looking at your report"),
        new("within", KeyValue.Time, "The time in which it is to be left.", "within: {by: priority, urgent: 2 hours, routine: 3 working days}"),
        new("waiting-for", KeyValue.OneOf("resident", "co-signer"), "Whom it waits for; clocks stand still meanwhile.", "waiting-for: resident"),
        new("actions", KeyValue.EachOf("names, each with an action", Action), "What can be done in it.", """
            actions:
              repaired:
                label: Repaired
                close: repaired
            """) { Needed = true },
    ]);

    public static readonly FileBlock Work = new("work", "How a case is worked to an end.",
    [
        new("close-within", KeyValue.Time, "The time in which the whole case is to be closed.", "close-within: 10 working days"),
        new("outcomes", KeyValue.Prosy, "The ways a case ends, each with what the resident reads.", """
            outcomes:
              repaired: Repaired
              granted: Granted
            """) { Needed = true },
        new("questions", KeyValue.EachOf("names, each with a question", Question), "Questions of staff; their names differ from those of `ask`.", """
            questions:
              finding:
                question: What did you find?
                type: long-text
              first-day:
                question: What is its first day?
                type: date
            """),
        new("start", KeyValue.Name, "The stage of a new case.", "start: triage") { Needed = true },
        new("stages", KeyValue.EachOf("names, each with a stage", Stage), "The steps of the work.", """
            stages:
              triage:
                within: 1 working day
                actions:
                  repaired:
                    label: Repaired
                    close: repaired
                    ask: [finding, first-day]
                  granted:
                    label: Granted
                    close: granted
            """) { Needed = true },
    ]);

    /// <summary>What is said of each moment at which somebody may be told.</summary>
    static readonly Dictionary<string, string> Moments = new(StringComparer.Ordinal)
    {
        ["received"] = "When it was received.", ["stage"] = "When that stage begins.", ["closed"] = "When it was closed.", ["question"] = "When staff ask the customer something.",
        ["late"] = "Before the promised day passes.", ["reopened"] = "When it is reopened; only somebody who was told that it was closed.", ["moved"] = "When it was moved to another service or team.",
    };

    public static readonly FileBlock Tell = new("tell", "Who is told, and at which moment.",
    [
        new("to", KeyValue.Text, "The question that says where to; the first person or e-mail address asked for where it is not written.", "to: you"),
        .. MailMoment.All.Select(moment => moment == "stage"
            ? new FileKey("on stage NAME", KeyValue.SomeOf(TellBy), Moments[moment], "on stage triage: [email]") { Pattern = "^ *on +stage +[a-z][a-z0-9-]* *$" }
            : new FileKey($"on {moment}", KeyValue.SomeOf(TellBy), Moments[moment], $"on {moment}: [email]") { Pattern = $"^ *on +{moment} *$" }),
    ]);

    public static readonly FileBlock Share = new("share", "A partner that gets answers, under its name in `share`.",
    [
        new("agreement", KeyValue.Text, "The agreement that covers every field; it stands in `council/agreements.yaml`.", "agreement: ISA-2024-003") { Needed = true },
        new("when", KeyValue.Sentence, "When it is shared; always where it is not written.", "when: size is large"),
        new("fields", KeyValue.Names, "The questions whose answers are shared.", "fields: [where]") { Needed = true },
    ]);

    public static readonly FileBlock Renew = new("renew", "What runs out after a time and is asked for anew.",
    [
        new("after", KeyValue.Names, "The outcomes that begin the time.", "after: [granted]") { Needed = true },
        new("every", KeyValue.Period, "How long it lasts, in days, weeks, months or years.", "every: 1 year") { Needed = true },
        new("remind", KeyValue.PeriodBefore, "How long before the end people are reminded by email.", "remind: 30 days before") { Needed = true },
        new("begins", KeyValue.Text, "The question of staff whose date is the first day; without it the day of closing is.", "begins: first-day"),
        new("ends", KeyValue.Text, "The question of staff whose date is the last day itself.", "ends: first-day"),
    ]);

    public static readonly FileBlock Keep = new("keep", "How long records are kept, why, and what in them is personal.",
    [
        new("for", KeyValue.PeriodAfter, "How long, in days, weeks, months or years.", "for: 6 years after closed") { Needed = true },
        new("because", KeyValue.OneOf(Reasons), "The lawful reason: a basis of article 6(1) of the UK GDPR, or recognised legitimate interest (Data (Use and Access) Act 2025).", "because: public task") { Needed = true },
        new("personal", KeyValue.Names, "The questions whose answers say who somebody is.", "personal: [where]"),
    ]);

    public static readonly FileBlock Target = new("target", "What the published figures are to reach.",
    [
        new("closed-in-time", KeyValue.Rate, "Cases closed in time.", "closed-in-time: 90%"),
        new("digital-take-up", KeyValue.Rate, "Transactions that are digital.", "digital-take-up: 60%"),
        new("completion", KeyValue.Rate, "Journeys that are completed.", "completion: 80%"),
        new("satisfaction", KeyValue.Rate, "People who are satisfied.", "satisfaction: 75%"),
    ]);

    public static readonly FileBlock Cost = new("cost", "What one transaction costs by each channel, in pounds.",
    [
        new("web", KeyValue.Pounds, "By the person alone on the website.", "web: 0.09"),
        new("assisted", KeyValue.Pounds, "By the person on the website, with help.", "assisted: 2.59"),
        new("phone", KeyValue.Pounds, "By phone.", "phone: 2.59"),
        new("chat", KeyValue.Pounds, "By chat.", "chat: 1.50"),
        new("email", KeyValue.Pounds, "By e-mail.", "email: 3"),
        new("in-person", KeyValue.Pounds, "At a counter.", "in-person: 8.21"),
        new("post", KeyValue.Pounds, "By letter.", "post: 6"),
        new("social", KeyValue.Pounds, "By social media.", "social: 1.50"),
        new("api", KeyValue.Pounds, "By another program.", "api: 0.02"),
    ]);

    public static readonly FileBlock Measure = new("measure", "What the published figures are judged by.",
    [
        new("target", KeyValue.Of(Target), "Targets in per cent.", "target: {closed-in-time: 90%}"),
        new("cost", KeyValue.Of(Cost), "Default unit costs in pounds.", "cost: {web: 0.09, phone: 2.59}"),
    ]);

    public static readonly FileBlock StartPage = new("start-page", "What the first page says.",
    [
        new("who", KeyValue.Prose, "Whom it is for.", "who: Anyone who sees a pothole."),
        new("need", KeyValue.Proses, "What to have at hand.", """
            need:
              - where it is
              - a photo, if you can take one safely
            """),
        new("danger", KeyValue.Prose, "What to do first where somebody may be hurt.", "danger: If somebody may be hurt, ring 999."),
        new("cost", KeyValue.Prose, "What it costs.", "cost: It is free."),
    ]);

    static readonly FileKey Ask = new("ask", KeyValue.EachOf("names, each with a question or a heading", Question, Section, Page, Group, Use), "The questions in the order they are asked, and headings between them.", """
        ask:
          where:
            question: Where is it?
            type: location
        """) { Needed = true, Elsewhere = ["questions", "form", "fields"] };

    /// <summary>The keys at the top of a service file.</summary>
    public static readonly FileBlock Service = new("service", "The top of a service file.",
    [
        new("service", KeyValue.Name, "Its name in addresses and the API.", "service: report-a-pothole") { Needed = true, Elsewhere = ["name", "id"] },
        new("prefix", KeyValue.Like("two to six capital letters", "^[A-Z]{2,6}$"), "Two to six capital letters that begin its references.", "prefix: POT") { Needed = true },
        new("title", KeyValue.Prose, "The name people see.", "title: Report a pothole") { Needed = true },
        new("summary", KeyValue.Prose, "One sentence that says what it is for.", "summary: Tell us about a hole in the road.") { Needed = true, Elsewhere = ["description"] },
        new("kind", KeyValue.OneOf(Kinds), "What kind of service it is.", "kind: report") { Needed = true },
        new("lgsl", KeyValue.Whole(), "Its number in the Local Government Services List.", "lgsl: 557"),
        new("keywords", KeyValue.Texts, "Other words people search for, in all languages of the service.", "keywords: [road damage, tarmac]"),
        new("start-page", KeyValue.Of(StartPage), "What the first page says.", """
            start-page:
              who: Anyone who sees a pothole.
            """),
        new("sign-in", KeyValue.OneOf(SignInNeeds.Words), "How sure it must be who asks before the first question: `none` where it is not written; `medium`, signed in; `two-factor`, with a second proof such as a code or a passkey.", "sign-in: medium"),
        new("what-happens-next", KeyValue.Prose, "What is shown after sending.", "what-happens-next: An inspector looks at it within three working days."),
        new("sensitive", KeyValue.YesNo, "`yes`: its cases are hidden from everybody but the team that works them and those who were given the service by name. `no` where it is not written.", "sensitive: yes"),
        new("task-list", KeyValue.YesNo, "`yes`: the sections of `ask` are a list to come back to.", "task-list: yes"),
        Ask,
        new("exit", KeyValue.EachOf("names, each with an exit", Exit), "Designed ends before sending.", """
            exit:
              private:
                when: kind is private-land
                title: We cannot help with this
                text: Ask the owner of the land.
            """),
        new("alert", KeyValue.EachOf("names, each with an alert", Alert), "Dangers that are told at once.", """
            alert:
              wires:
                when: wires
                title: Keep away and ring us now
                text: Bare wires can kill.
                ring: 999
            """),
        new("decide", KeyValue.EachOfTwo("names, each with a decision or a value worked out", Worked, Decision), "What is worked out from the answers.", """
            decide:
              priority:
                urgent: size is large
                routine: otherwise
              total:
                is: sum of amount
            """),
        new("charge", KeyValue.EachOf("names, each with a charge", Charge), "What is paid, when, and where it is booked.", """
            charge:
              collection:
                label: Collection of garden waste for a year
                amount: £12
                due: on received
                income-code: GW-1001
            """),
        new("co-sign", KeyValue.Of(CoSign), "A second person who must agree before the work begins.", """
            co-sign:
              who: you
              statement: We are both responsible for the rent.
              shows: [where]
              within: 14 days
              agrees: granted
              declines: repaired
              no-answer: repaired
            """),
        new("work", KeyValue.Of(Work), "How a case is worked to an end.", """
            work:
              outcomes:
                repaired: Repaired
                granted: Granted
              questions:
                finding:
                  question: What did you find?
                  type: long-text
                first-day:
                  question: What is its first day?
                  type: date
              start: triage
              stages:
                triage:
                  actions:
                    repaired:
                      close: repaired
                      ask: [finding, first-day]
                    granted:
                      close: granted
            """) { Needed = true },
        new("tell", KeyValue.Of(Tell), "Who is told, and when.", """
            tell:
              on received: [email]
              on closed: [email]
            """),
        new("share", KeyValue.EachOf("names of partners, each with a sharing", Share), "Which partner gets which answers.", """
            share:
              national-highways:
                agreement: ISA-2024-003
                fields: [where]
            """),
        new("renew", KeyValue.Of(Renew), "What runs out and is asked for anew.", """
            renew:
              after: [granted]
              every: 1 year
              remind: 30 days before
            """),
        new("keep", KeyValue.Of(Keep), "How long, why, and what is personal.", """
            keep:
              for: 6 years after closed
              because: public task
              personal: [where]
            """) { Needed = true },
        new("measure", KeyValue.Of(Measure), "Targets and unit costs.", """
            measure:
              target: {closed-in-time: 90%}
              cost: {web: 0.09, phone: 2.59}
            """) { Needed = true },
    ]);

    /// <summary>The keys at the top of a fragment's file.</summary>
    public static readonly FileBlock Fragment = new("fragment", "The top of a file of `services/fragments`: questions that several services share.",
    [
        new("fragment", KeyValue.Name, "Its name, which is that of the file too.", "fragment: contact-details") { Needed = true },
        Ask,
    ]);

    /// <summary>All blocks, in the order of the reference.</summary>
    public static IReadOnlyList<FileBlock> Blocks { get; } =
        [Service, StartPage, Question, Option, Detail, Section, Page, Group, Use, Fragment, Exit, Alert, Decision, Row, Worked, Charge, CoSign, Work, Stage, Action, Tell, Share, Renew, Keep, Measure, Target, Cost];
}
