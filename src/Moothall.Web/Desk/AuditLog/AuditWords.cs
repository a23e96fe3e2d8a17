using Moothall.Council;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Web.Design;

namespace Moothall.Web.Desk.AuditLog;

/// <summary>Entries of the audit log in words.</summary>
public static class AuditWords
{
    /// <summary>What was done.</summary>
    public static string Kind(Phrases phrases, string code) => AuditKinds.Find(code)?.Words.In(phrases) ?? code;

    /// <summary>Who it was: a name where they are known, else the id.</summary>
    public static string Who(CouncilFiles council, Phrases phrases, string? who)
    {
        ArgumentNullException.ThrowIfNull(council);
        ArgumentNullException.ThrowIfNull(phrases);
        return who switch
        {
            null => phrases.Say("Erased"),
            "#rule" => phrases.Say("Moothall, by a rule"),
            "#command-line" => phrases.Say("A command on the server"),
            "#unknown" => phrases.Say("Somebody who is not known"),
            _ => (council.Members.GetValueOrDefault(who) ?? council.Away.GetValueOrDefault(who))?.Name ?? who,
        };
    }

    /// <summary>In which capacity: the team, or the role.</summary>
    public static string Acting(CouncilFiles council, Phrases phrases, string? acting)
    {
        ArgumentNullException.ThrowIfNull(council);
        ArgumentNullException.ThrowIfNull(phrases);
        return acting?.Split('/', 2) switch
        {
            ["team", var team] => council.Teams.GetValueOrDefault(team)?.Name ?? team,
            ["role", var role] => RoleNames.Find(role) is { } known ? DeskWords.Capital(RoleWords.Of(known).In(phrases)) : role,
            _ => "",
        };
    }

    /// <summary>What it is about: the title of a service, the name of a team or of a member of staff where they are known, else the reference as it stands.</summary>
    public static Cell About(DeskVisit desk, string? about)
    {
        ArgumentNullException.ThrowIfNull(desk);
        return about?.Split('/', 2) switch
        {
            null => "–",
            ["service", var service] when desk.House.Services.Find(service) is { Definition.Title: var title } => new Cell { Text = title.In(desk.Phrases.Language), Attributes = Told.Attributes(desk.Phrases.Language, title) },
            ["team", var team] when desk.Council.Teams.TryGetValue(team, out var known) => known.Name,
            ["staff", var member] => Who(desk.Council, desk.Phrases, member),
            _ => about,
        };
    }

    /// <summary>What somebody's data was looked at for, as that person reads it.</summary>
    public static string WhatFor(Phrases phrases, AuditKind kind)
    {
        ArgumentNullException.ThrowIfNull(phrases);
        ArgumentNullException.ThrowIfNull(kind);
        return kind.Code switch
        {
            "read.case" => phrases.Say("Opened it"),
            "read.api" => phrases.Say("Opened it with another program of ours"),
            "read.file" => phrases.Say("Opened a file that you sent"),
            "read.list" => phrases.Say("Had it in a list that they saved or sent"),
            "read.search" => phrases.Say("Found it in a search"),
            "read.fill-in" => phrases.Say("Filled in a new form for you from it"),
            "read.person" or "read.copy" or "read.erase" => phrases.Say("Answered somebody who asked about their data"),
            "export.contractor" => phrases.Say("Sent it to a contractor who does the work"),
            _ => kind.Words.In(phrases),
        };
    }

    /// <summary>What more there is to say, a line each.</summary>
    public static IReadOnlyList<string> Detail(Phrases phrases, string? detail) => detail is null ? [] : [.. detail.Split('\n').Select(line => Message.FromText(line).In(phrases))];
}
