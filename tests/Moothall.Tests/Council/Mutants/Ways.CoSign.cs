namespace Moothall.Tests.Council.Mutants;

/// <summary>What can be wrong with a second person who must agree.</summary>
static partial class Ways
{
    static string? Value(ServiceText file, string path) => file.Find(path)?.Value;

    /// <summary>The stage that waits for whoever must agree.</summary>
    static Entry? Waiting(ServiceText file) => file.Like("work/stages/*/waiting-for").FirstOrDefault(e => e.Value == "co-signer");

    /// <summary>The action of that stage which is taken when they agree.</summary>
    static Entry? Agreeing(ServiceText file) => Waiting(file) is { } waiting && Value(file, "co-sign/agrees") is { } agrees ? file.Find($"{waiting.Parent}/actions/{agrees}") : null;

    static Way Said(string name, string path, Func<ServiceText, Entry, string> value, string says) => new(name, file => file.Like(path).Select(e => new Mutant(e.Path, file.WithValue(e, value(file, e)), e.Number, says)));

    static IEnumerable<Way> OfCoSign() =>
    [
        OfKeys("a key of agreeing is misspelt", "co-sign/*"),
        OfValues("whoever must agree is misspelt", "co-sign/who"),
        OfValues("what comes of agreeing is misspelt", "co-sign/(agrees|declines|no-answer)"),
        OfItems("an answer that is shown is misspelt", "co-sign/shows"),
        Lost("agreeing lacks something", "co-sign/(who|statement|shows|within|agrees|declines|no-answer)", OfParent),
        Lost("Welsh words of agreeing are missing", "co-sign/text/cy", (e, f) => e.Number - 1, _ => "add `cy: ...`"),
        Said("whoever must agree has no address", "co-sign/who", (file, _) => Questions(file).First(q => TypeOf(file, q) == "text"), "asks for no e-mail address"),
        Said("nobody ever has to agree", "co-sign/when", (_, e) => $"({e.Value}) and not ({e.Value})", "nobody ever has to agree, because"),
        Said("the link is counted in working days", "co-sign/within", (_, _) => "10 working days", "write days, weeks, months or years"),
        Said("a reminder of the link comes before its time has begun", "co-sign/remind", (_, _) => "9 months before", "make it shorter"),
        Said("a reminder of the link does not say before what", "co-sign/remind", (_, _) => "7 days", "`30 days before`"),
        Said("the same comes of agreeing and of declining", "co-sign/declines", (file, _) => Value(file, "co-sign/agrees")!, "name another action for one of them"),
        new("whoever must agree need not be named", file => file.Like("co-sign/who").Select(e => new Mutant(e.Path, file.WithBelow(file.Find($"ask/{e.Value}/type")!.Number, "    optional: yes"), e.Number + 1, "and not as `optional`"))),
        new("more must agree than say who", file => file.Like("co-sign/when").Select(e => new Mutant(e.Path, file.Without(e), file.Find("co-sign/who")!.Number, "ask it of all"))),
        new("nobody is asked to agree any more", file => file.Like("co-sign").Select(e => new Mutant(e.Path, file.Without(e), Waiting(file)!.Number - (file.EndOf(e) - e.Number + 1), "nobody is asked to agree, so no case can wait"))),
        new("no stage waits for whoever must agree", file => file.Like("co-sign").Select(e => new Mutant(e.Path, file.Without(Waiting(file)!), e.Number, "write `waiting-for: co-signer`"))),
        new("the work starts where it waits for whoever must agree", file => file.Like("work/start").Where(_ => Waiting(file) is not null).Select(e => new Mutant(e.Path, file.WithValue(e, Waiting(file)!.Path.Split('/')[2]), e.Number, "name the stage in which the council begins"))),
        new("agreeing leads back to the waiting", file => file.Like("co-sign/agrees").Select(e => new Mutant(e.Path, file.WithValue(file.Find(Agreeing(file)!.Path + "/to")!, Waiting(file)!.Path.Split('/')[2]), e.Number, "the case would wait for ever"))),
        new("agreeing asks staff something", file => file.Like("co-sign/agrees").Select(e => new Mutant(e.Path, file.WithBelow(file.Find(Agreeing(file)!.Path + "/to")!.Number, $"          ask: [{file.Below("work/questions")[0].Key}]"), e.Number, "nobody of staff is there"))),
        new("messages go to whoever must agree", file => file.Like("tell").Where(_ => Value(file, "co-sign/who") is not null).Select(e => new Mutant(e.Path, file.WithBelow(e.Number, $"  to: {Value(file, "co-sign/who")}"), e.Number + 1, "name another question"))),
    ];
}
