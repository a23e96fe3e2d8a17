namespace Moothall.Definitions;

/// <summary>The proofs about dangers, charges and agreeing: an alert can be raised, a charge falls due for somebody and its amounts can be worked out, whoever must agree is known.</summary>
sealed partial class ReachabilityProof
{
    /// <summary>What a sentence means that waits until every question it looks at was asked and settled.</summary>
    int Settled(Sentence sentence, HashSet<string> questions, int position)
    {
        return diagrams.And(Meaning(sentence.Meaning, position), Asked(questions));
    }

    /// <summary>That all of some questions are asked.</summary>
    int Asked(HashSet<string> questions)
    {
        var asked = Diagrams.Always;
        foreach (var question in definition.Ask.Where(q => questions.Contains(q.Name) && q.When is not null))
            asked = diagrams.And(asked, Meaning(question.When!.Meaning, looked.PositionOf(question.Name)));
        return asked;
    }

    /// <summary>Alerts whose last question has just been passed; the journey goes on after them.</summary>
    void Alerts(int position)
    {
        foreach (var alert in definition.Alerts)
        {
            var questions = QuestionsOf(alert.When);
            if (diagrams.Spent || questions.Select(looked.PositionOf).DefaultIfEmpty(0).Max() + 1 != position)
                continue;
            var when = Settled(alert.When, questions, position);
            var raised = diagrams.And(here, when);
            if (raised == Diagrams.Never) never.Add(new(PathKind.Alert, alert.Name));
            if (raised == Diagrams.Never)
                Error(alert.When.Place, new Message("the alert `{alert}` can never be raised, because {why}", ("alert", alert.Name), ("why", WhyNever(alert.When, when))));
            else if (!diagrams.Certain(raised))
                NotProved(alert.When.Place, new Message("that the alert `{alert}` can be raised", ("alert", alert.Name)), raised);
            else if (diagrams.And(here, diagrams.Not(when)) == Diagrams.Never)
                AlwaysTrue(alert.When, new Message("everybody is told `{alert}`; say it under `danger` of the start page", ("alert", alert.Name)));
        }
    }

    void Charge(Charge charge)
    {
        if (diagrams.Spent) return;
        var everybody = here;
        if (charge.When is { } sentence)
        {
            var when = Meaning(sentence.Meaning, looked.EndOfAsk);
            var charged = diagrams.And(here, when);
            if (charged == Diagrams.Never)
            {
                never.Add(new(PathKind.Charged, charge.Name));
                Error(sentence.Place, new Message("`{charge}` is never charged, because {why}", ("charge", charge.Name), ("why", WhyNever(sentence, when))));
                return;
            }
            if (!diagrams.Certain(charged)) NotProved(sentence.Place, new Message("that `{charge}` is ever charged", ("charge", charge.Name)), charged);
            else if (diagrams.And(here, diagrams.Not(when)) == Diagrams.Never)
            {
                never.Add(new(PathKind.NotCharged, charge.Name));
                AlwaysTrue(sentence, new Message("leave its `when` out"));
            }
            here = charged;
        }
        if (charge.Amounts is not [{ When: null }])
            Decide(new Decision(charge.Name, [.. charge.Amounts.Select(row => new DecisionRow(row.Amount.Text, row.When, row.Place))], charge.Place));
        var left = here;
        foreach (var row in charge.Amounts)
        {
            var when = row.When is { } condition ? Meaning(condition.Meaning, looked.EndOfAsk) : Diagrams.Always;
            foreach (var name in row.Amount.Names)
                Answered(charge, row, name, diagrams.And(left, when));
            left = diagrams.And(left, diagrams.Not(when));
        }
        here = everybody;
    }

    /// <summary>Somebody must agree for some answers, and whoever gives those has said who it is.</summary>
    void CoSign(CoSign coSign)
    {
        if (diagrams.Spent || definition.FindQuestion(coSign.Who) is not { } who) return;
        var when = coSign.When is { } sentence ? Meaning(sentence.Meaning, looked.EndOfAsk) : Diagrams.Always;
        var asked = diagrams.And(here, when);
        if (asked == Diagrams.Never)
        {
            Error(coSign.When!.Place, new Message("nobody ever has to agree, because {why}", ("why", WhyNever(coSign.When, when))));
            return;
        }
        if (!diagrams.Certain(asked)) NotProved(coSign.When!.Place, new Message("that anybody ever has to agree"), asked);
        else if (coSign.When is not null && diagrams.And(here, diagrams.Not(when)) == Diagrams.Never) AlwaysTrue(coSign.When, new Message("leave its `when` out"));
        var without = diagrams.And(asked, diagrams.Not(looked.Answered(who.Name)));
        if (without == Diagrams.Never) return;
        var place = definition.Places.GetValueOrDefault("co-sign/who", coSign.Place);
        if (!diagrams.Certain(without)) NotProved(place, new Message("that `{who}` is answered by everybody to whose answers somebody must agree", ("who", who.Name)), without);
        else
            Error(place, coSign.When is { } said
                ? new Message("`{who}` is not answered by everybody for whom `{when}` holds; ask it of all of them, and not as `optional`", ("who", who.Name), ("when", said.Text))
                : new Message("`{who}` is not answered by everybody; ask it of all, and not as `optional`, or say with `when: {who} is answered` that only some need somebody to agree", ("who", who.Name)));
    }

    /// <summary>Whoever is charged an amount has answered every question that it is worked out from.</summary>
    void Answered(Charge charge, ChargeRow row, string question, int charged)
    {
        var without = diagrams.And(charged, diagrams.Not(looked.Answered(question)));
        if (without == Diagrams.Never) return;
        if (diagrams.Certain(without))
            Error(row.Amount.Place, new Message("`{question}` is not answered by everybody who is charged `{charge}`; ask it of all of them, or charge this amount only `{question} is answered`", ("question", question), ("charge", charge.Name)));
        else
            NotProved(row.Amount.Place, new Message("that `{question}` is answered by everybody who is charged `{charge}`", ("question", question), ("charge", charge.Name)), without);
    }
}
