using System.Globalization;
using System.Text;
using System.Text.Json;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Notifications;
using Moothall.Store;
using NodaTime;

namespace Moothall.Cases;

/// <summary>A list of cases for a contractor, exactly as it is sent.</summary>
/// <param name="Mail">The message to be queued; <paramref name="Text"/> is how it reads.</param>
/// <param name="Picks">The cases in it, with the versions it was written from.</param>
/// <param name="LeftOut">Cases that do not go, and why.</param>
public sealed record ContractorLetter(Contractor To, OutgoingMail Mail, string Text, IReadOnlyList<BulkPick> Picks, IReadOnlyList<BulkForecast> LeftOut);

/// <summary>
/// Sends some cases to a contractor as one e-mail: reference, what, where and by when; who asked only where somebody ticked it. What is sent is what was
/// shown; each case says to whom it went. It leaves when the minute for taking it back is over.
/// </summary>
public static class ContractorList
{
    /// <summary>Most cases in one e-mail.</summary>
    public const int Most = 100;
    /// <summary>What is personal and goes only when it is ticked, by code.</summary>
    public static readonly IReadOnlyList<string> Personal = ["name", "phone", "email"];
    static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>Writes the letter and records that it was read; nothing is sent.</summary>
    public static async Task<ContractorLetter> Preview(House house, Contractor to, IReadOnlyList<string> references, IReadOnlySet<string> personal, Caller by, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(house);
        var letter = await house.Database.Read(session => Write(session, house, to, references, personal, by), cancel);
        await QueueExport.Record(house, [.. letter.Picks.Select(p => p.Reference)], by, cancel);
        return letter;
    }

    /// <summary>Sends what was shown: refused when a case changed since, or goes no more. Gives the id of the order, whose page says what went.</summary>
    public static async Task<Result<string>> Send(Unit unit, House house, Contractor to, IReadOnlyList<BulkPick> picks, IReadOnlySet<string> personal, Caller by)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(house);
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(picks);
        ArgumentNullException.ThrowIfNull(by);
        if (!Rights.HasRole(by, Right.WorkCases)) return Refusal.NotAllowed;
        if (picks.Count is 0 or > Most) return Refusal.Invalid("Choose between 1 and {most} cases.", ("most", Most));
        var letter = await Write(unit, house, to, [.. picks.Select(p => p.Reference)], personal, by);
        if (!letter.Picks.Order(ByReference).SequenceEqual(picks.Order(ByReference))) return Refusal.Changed("A case changed since you looked at the list. Nothing was sent. Look at the list as it is now.");
        var (id, now) = (Guid.CreateVersion7().ToString("n"), house.Now);
        var choices = JsonSerializer.Serialize(new Dictionary<string, string> { ["contractor"] = to.Id });
        await unit.Execute($"insert into bulk (id, at, by_member, action, choices, note) values ({id}, {now}, {by.Id}, {"send"}, {choices}, {(string?)null})");
        foreach (var (position, pick) in picks.Index())
        {
            var found = (await CaseRows.Find(unit, pick.Reference))!;
            var after = found with { Version = found.Version + 1 };
            var told = EventJson.ToLog(new CaseHandled(found.Service, found.Authority, found.Team, found.Channel, "sent", Actor.Worker, 0), now);
            await CaseActions.Write(unit, found, new CaseChange(after, [told], new HistoryEntry(after.Version, now, "sent", by.Id, null, found.Stage, null, null, null, 0, to.Id), []));
            await unit.Execute($"insert into bulk_case (bulk, position, reference, seen_version, state, done_version) values ({id}, {position}, {pick.Reference}, {pick.SeenVersion}, 'done', {after.Version})");
        }
        await unit.SetTimer(BulkWork.Timer, $"{id}/end", now + Bulk.Life);
        await QueueMail.Queue(unit, house, letter.Mail with { Key = KeyOf(id), NotBefore = now + UndoCase.Window });
        return id;
    }

    static string KeyOf(string id) => "contractor/" + id;

    /// <summary>Takes an email back within the minute, with all its cases, also those that somebody did something with since: nobody gets it.</summary>
    public static async Task<Result<int>> TakeBack(Unit unit, House house, Bulk bulk, Caller by)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(house);
        ArgumentNullException.ThrowIfNull(bulk);
        ArgumentNullException.ThrowIfNull(by);
        if (!Rights.HasRole(by, Right.WorkCases)) return Refusal.NotAllowed;
        if (bulk.Order.Action != "send" || bulk.ByMember != by.Id) return Refusal.NotFound;
        if (bulk.Done == 0) return 0;
        var now = house.Now;
        if (now >= bulk.At + UndoCase.Window || !await QueueMail.TakeBack(unit, KeyOf(bulk.Id))) return Refusal.Invalid("The minute for taking this email back is over. Ring the contractor if it was wrong.");
        foreach (var line in bulk.Lines.Where(l => l.State == "done"))
        {
            await UndoCase.UndoHandled(unit, line.Reference, line.DoneVersion!.Value, by.Id, now);
            await unit.Execute($"update bulk_case set state = 'undone' where bulk = {bulk.Id} and reference = {line.Reference}");
        }
        return bulk.Done;
    }

    /// <summary>The order by which a member sent a case to a contractor a moment ago, so that it can be taken back; null when it was not them, or is too late.</summary>
    public static async Task<string?> Undoable(Session session, HistoryEntry last, string reference, string member, Instant now)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(last);
        return last.Kind != "sent" || last.ByMember != member || now >= last.At + UndoCase.Window ? null : await session.First(
            $"select b.id from bulk b join bulk_case c on c.bulk = b.id where c.reference = {reference} and c.done_version = {last.Version} and c.state = 'done' and b.action = {"send"} and b.by_member = {member}", row => row.Text(0));
    }

    static readonly Comparer<BulkPick> ByReference = Comparer<BulkPick>.Create((a, b) => string.CompareOrdinal(a.Reference, b.Reference));

    static async Task<ContractorLetter> Write(Session session, House house, Contractor to, IReadOnlyList<string> references, IReadOnlySet<string> personal, Caller by)
    {
        var found = (await CaseRows.Find(session, [.. references.Distinct().Take(Bulk.Most)])).Where(c => Rights.May(by, Right.ReadCases, c.Authority, c.Team)).OrderBy(c => c.SortBy).ThenBy(c => c.Reference, StringComparer.Ordinal).ToList();
        var (going, left) = (new List<CouncilCase>(), new List<BulkForecast>());
        foreach (var one in found)
        {
            var no = !one.IsOpen ? Refusal.Invalid("It is closed.") : !to.Takes(one.Service, one.Team) ? Refusal.Invalid("{contractor} does not work on it.", ("contractor", to.Name))
                : one.Assigned != by.Id && !Rights.May(by, Right.LeadTeam, one.Authority, one.Team) ? Refusal.Invalid("It is not assigned to you, and you do not lead its team. Ask its team leader.")
                : !Rights.May(by, Right.WorkCases, one.Authority, one.Team) ? Refusal.Invalid("Another team has it now.")
                : going.Count == Most ? Refusal.Invalid("{most, plural, one {One e-mail takes # case.} other {One e-mail takes # cases.}}", ("most", Most)) : null;
            if (no is null) going.Add(one);
            else left.Add(new BulkForecast(one, null, no));
        }
        var answers = await AnswerFacts.Of(session, house.Services, [.. going.Select(c => c.Reference)]);
        Authority Of(CouncilCase one) => house.Council.FindAuthority(one.Authority) ?? house.Council.Authorities[0];
        // A team may work for several councils: then each case says whose it is.
        var whose = going.Select(Of).DistinctBy(a => a.Id).ToList();
        var authority = whose.FirstOrDefault() ?? house.Council.Authorities[0];
        var from = whose.Count < 2 ? authority.Name : string.Join(", ", whose.SkipLast(1).Select(a => a.Name)) + " and " + whose[^1].Name;
        var body = new StringBuilder(string.Create(English, $"{from} {(whose.Count < 2 ? "sends" : "send")} you {going.Count} {(going.Count == 1 ? "case" : "cases")} to work on.\n"));
        var fields = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (place, one) in going.Index())
        {
            var title = house.Services.Find(one.Service)?.Definition.Title.English ?? one.Service;
            body.Append(English, $"\n**{one.Reference}**\n\n- What: {title}{(one.Decided.Count == 0 ? "" : " (" + string.Join(", ", one.Decided.Values.Select(v => v.Replace('-', ' '))) + ")")}\n");
            if (whose.Count > 1) body.Append(English, $"- For: {Of(one).Name}\n");
            if (answers.TryGetValue(one.Reference, out var of))
            {
                Line("Where", "where", place, AnswerFacts.Where(of.Definition, of.Answers));
                if (personal.Contains("name")) Line("Name", "name", place, AnswerFacts.Name(of.Definition, of.Answers));
                if (personal.Contains("phone")) Line("Phone", "phone", place, AnswerFacts.Phone(of.Definition, of.Answers));
                if (personal.Contains("email")) Line("Email", "email", place, AnswerFacts.Email(of.Definition, of.Answers));
            }
            if (one.Due is { } due) body.Append(English, $"- By: {Of(one).Calendar.DayOf(due).ToString("dddd d MMMM yyyy", English)}\n");
        }
        body.Append(English, $"\nQuestions? Ring {(whose.Count < 2 ? authority.Contact.Phone : string.Join(" or ", whose.Select(a => $"{a.Contact.Phone} ({a.Name})")))} and give the reference.\n");
        var mail = new OutgoingMail
        {
            Key = "", Kind = "contractor-list", Authority = authority.Id, To = to.Email, Subject = string.Create(English, $"{going.Count} {(going.Count == 1 ? "case" : "cases")} from {from}"),
            Body = body.ToString(), Fields = fields, Cases = [.. going.Select(c => c.Reference)],
        };
        return new ContractorLetter(to, mail, MailText.Write(new MailTemplate(mail.Subject, mail.Body), fields, "en").Plain, [.. going.Select(c => new BulkPick(c.Reference, c.Version))], left);

        // What people wrote goes in as a field, so it can be neither markup nor another line.
        void Line(string label, string name, int place, string? value)
        {
            if (string.IsNullOrWhiteSpace(value)) return;
            var field = string.Create(CultureInfo.InvariantCulture, $"{name}-{place}");
            fields[field] = string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            body.Append(English, $"- {label}: (({field}))\n");
        }
    }
}
