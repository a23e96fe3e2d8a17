using System.Globalization;
using Moothall.Cases;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Store;
using NodaTime;
using NodaTime.Text;

namespace Moothall.Notifications;

/// <summary>
/// What a case has to tell the person who asked for it. Which moments are told, and in which words, follows the newest version of the service; stages and
/// outcomes are named as the case's own version does. Facts are read at the moment of writing: what is no longer so is not told.
/// </summary>
static class CaseMessages
{
    /// <summary>A moment of a case that may be told.</summary>
    /// <param name="Reference">The case.</param>
    /// <param name="Version">The version of the case that it is about; null for a time that came.</param>
    /// <param name="Name">The moment, as `tell` names it.</param>
    /// <param name="Stage">The stage of a `stage`.</param>
    /// <param name="At">When it was.</param>
    /// <param name="Key">What must not be told twice.</param>
    /// <param name="StillSo">Whether it is still true of the case.</param>
    public sealed record Moment(string Reference, int? Version, string Name, string? Stage, Instant At, string Key, Func<CouncilCase, bool> StillSo);

    /// <summary>What is known of the cases of some moments, read for all of them at once.</summary>
    public sealed record Facts(IReadOnlyDictionary<string, CouncilCase> Cases, IReadOnlyDictionary<string, Audience> Audiences, IReadOnlySet<(string Reference, int Version)> Undone);

    /// <summary>Reads it in the unit that will tell them.</summary>
    public static async Task<Facts> Read(Unit unit, House house, IReadOnlyCollection<Moment> moments)
    {
        List<string> references = [.. moments.Select(m => m.Reference).Distinct(StringComparer.Ordinal)];
        var cases = await CaseQueries.Find(unit, new SqlKeys(references));
        return new Facts(cases.ToDictionary(c => c.Reference, StringComparer.Ordinal),
            await Audience.Of(unit, house, cases, [.. moments.Where(m => m.Name == "reopened").Select(m => m.Reference).Distinct(StringComparer.Ordinal)]), await UndoCase.Undone(unit, references));
    }

    /// <summary>Queues the message in the caller's unit, or records why nobody is told.</summary>
    /// <returns>Null when it is queued, else why not, as a code of <see cref="Trouble"/>; "" where the service does not tell it.</returns>
    public static async Task<string?> Tell(Unit unit, House house, Moment moment) => await Tell(unit, house, moment, await Read(unit, house, [moment]));

    /// <summary>The same with what was read of it and of others.</summary>
    public static async Task<string?> Tell(Unit unit, House house, Moment moment, Facts facts)
    {
        if (!facts.Cases.TryGetValue(moment.Reference, out var found)) return Trouble.Erased;
        var audience = facts.Audiences[moment.Reference];
        var no = audience.WhyNot(moment.Name, moment.Stage);
        if (no is "") return "";
        var mail = new OutgoingMail
        {
            Key = moment.Key, Kind = moment.Name, Authority = found.Authority, Service = found.Service, About = found.Reference, Version = moment.Version, Language = audience.Language,
        };
        if (!moment.StillSo(found) || await IsOvertaken(unit, moment) || (moment.Version is { } version && facts.Undone.Contains((found.Reference, version)))) return await NotSent(Trouble.Overtaken);
        // What is queued to an address that mails come back from says so itself, with what the mail server said.
        if (no is not (null or Trouble.DeadAddress)) return await NotSent(no);

        var authority = house.Council.FindAuthority(found.Authority) ?? house.Council.Authorities[0];
        var (template, language) = TemplateOf(house, audience, moment.Name, moment.Stage, found);
        var definition = (await house.Services.Version(found.Service, found.DefinitionVersion)).Definition;
        mail = mail with
        {
            To = audience.Who!.Email, Subject = template.Subject, Body = template.Body, Language = language, StopLink = Link(house, authority, found, "/track/messages"),
            Fields = FieldsOf(house, authority, found, definition, audience.Who, language), Audience = audience,
        };
        await QueueMail.Add(unit, house, mail);
        return null;

        async Task<string> NotSent(string trouble)
        {
            await QueueMail.NotSent(unit, house, mail, trouble);
            return trouble;
        }
    }

    /// <summary>The words of a moment: of its own stage or outcome where there are such.</summary>
    public static FoundTemplate TemplateOf(House house, Audience audience, string moment, string? stage, CouncilCase found) =>
        Templates.Find(house.Council, audience.Newest!.Templates, moment, stage ?? (moment == "closed" ? found.Outcome : null), audience.Language);

    /// <summary>What stands in a message about a case, by the names of a template's fields.</summary>
    public static IReadOnlyDictionary<string, string?> FieldsOf(House house, Authority authority, CouncilCase found, ServiceDefinition definition, WhoAsked who, string language) => new Dictionary<string, string?>
    {
        ["reference"] = found.Reference, ["title"] = definition.Title.In(language), ["name"] = who.Name, ["council"] = authority.Name, ["phone"] = authority.Contact.Phone,
        ["close-by"] = found is { IsOpen: true, StoppedAt: null, CloseBy: { } by } ? Day(by, authority, language) : null,
        ["link"] = Link(house, authority, found, "/track"), ["choices-link"] = Link(house, authority, found, "/track/messages"), ["next"] = definition.WhatHappensNext?.In(language),
        ["stage"] = definition.Work.FindStage(found.Stage)?.ShownAs?.In(language),
        ["outcome"] = found.Outcome is { } outcome ? CaseQueries.OutcomeWords(definition, outcome, language) : null,
        ["question"] = found.Question,
    };

    // A later moment of the same kind may have been told first, and told all of it.
    static async Task<bool> IsOvertaken(Unit unit, Moment moment) => moment.Name switch
    {
        "question" or "stage" => await unit.Number($"""
            select count(*) from message where about = {moment.Reference} and kind = {moment.Name} and version <> {moment.Version ?? 0} and queued > {moment.At} and state <> 'not-sent'
            """) > 0,
        _ => false,
    };

    static string Link(House house, Authority authority, CouncilCase found, string path) =>
        $"{authority.PublicAddress}{path}?reference={found.Reference}&code={house.Codes.For(found.Reference, found.LinkNumber)}";

    static string Day(Instant at, Authority authority, string language) =>
        LocalDatePattern.Create("dddd d MMMM yyyy", CultureInfo.GetCultureInfo(language == "cy" ? "cy-GB" : "en-GB")).Format(at.InZone(authority.Calendar.Zone).Date);
}
