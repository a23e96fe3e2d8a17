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

    /// <summary>Queues the message in the caller's unit, or records why nobody is told.</summary>
    /// <returns>Null when it is queued, else why not, as a code of <see cref="Trouble"/>; "" where the service does not tell it.</returns>
    public static async Task<string?> Tell(Unit unit, House house, Moment moment)
    {
        if (await CaseQueries.Find(unit, moment.Reference) is not { } found) return Trouble.Erased;
        if (house.Services.Find(found.Service) is not { } newest || !newest.Definition.Tells(moment.Name, moment.Stage)) return "";
        var circumstance = await CaseQueries.Circumstance(unit, found.Reference);
        var choice = await MessageChoice.Of(unit, found.Reference);
        var mail = new OutgoingMail
        {
            Key = moment.Key, Kind = moment.Name, Authority = found.Authority, Service = found.Service, About = found.Reference, Version = moment.Version,
            Language = choice.Language ?? circumstance?.Language ?? "en",
        };
        if (!moment.StillSo(found) || await IsOvertaken(unit, moment) || (moment.Version is { } version && await UndoCase.WasUndone(unit, found.Reference, version))) return await NotSent(Trouble.Overtaken);
        if (await WhoAsked.Of(unit, house.Services, found.Reference, newest.Definition.TellTo) is not { } who) return await NotSent(Trouble.Erased);
        if (who.Email is null) return await NotSent(Trouble.NoAddress);
        if (choice.NoMail) return await NotSent(Trouble.AskedForNone);

        var authority = house.Council.FindAuthority(found.Authority) ?? house.Council.Authorities[0];
        var (template, language) = Templates.Find(house.Council, newest.Templates, moment.Name, moment.Stage ?? (moment.Name == "closed" ? found.Outcome : null), mail.Language);
        var definition = (await house.Services.Version(found.Service, found.DefinitionVersion)).Definition;
        var stop = Link(house, authority, found, "/track/messages");
        mail = mail with
        {
            To = who.Email, Subject = template.Subject, Body = template.Body, Language = language, StopLink = stop,
            Fields = new Dictionary<string, string?>
            {
                ["reference"] = found.Reference, ["title"] = definition.Title.In(language), ["name"] = who.Name, ["council"] = authority.Name, ["phone"] = authority.Contact.Phone,
                ["close-by"] = found is { IsOpen: true, StoppedAt: null, CloseBy: { } by } ? Day(by, authority, language) : null,
                ["link"] = Link(house, authority, found, "/track"), ["choices-link"] = stop, ["next"] = definition.WhatHappensNext?.In(language),
                ["stage"] = definition.Work.FindStage(found.Stage)?.ShownAs?.In(language),
                ["outcome"] = found.Outcome is { } outcome ? CaseQueries.OutcomeWords(definition, outcome, language) : null,
                ["question"] = found.Question,
            },
        };
        await QueueMail.Queue(unit, house, mail);
        return null;

        async Task<string> NotSent(string trouble)
        {
            await QueueMail.NotSent(unit, house, mail, trouble);
            return trouble;
        }
    }

    // A later moment of the same kind may have been told first, and told all of it; and nobody is told of an opening who was not told of the close.
    static async Task<bool> IsOvertaken(Unit unit, Moment moment) => moment.Name switch
    {
        "question" or "stage" => await unit.Number($"""
            select count(*) from message where about = {moment.Reference} and kind = {moment.Name} and version <> {moment.Version ?? 0} and queued > {moment.At} and state <> 'not-sent'
            """) > 0,
        "reopened" => await unit.Number($"select count(*) from message where about = {moment.Reference} and kind = 'closed' and state <> 'not-sent'") == 0,
        _ => false,
    };

    static string Link(House house, Authority authority, CouncilCase found, string path) =>
        $"{authority.PublicAddress}{path}?reference={found.Reference}&code={house.Codes.For(found.Reference, found.LinkNumber)}";

    static string Day(Instant at, Authority authority, string language) =>
        LocalDatePattern.Create("dddd d MMMM yyyy", CultureInfo.GetCultureInfo(language == "cy" ? "cy-GB" : "en-GB")).Format(at.InZone(authority.Calendar.Zone).Date);
}
