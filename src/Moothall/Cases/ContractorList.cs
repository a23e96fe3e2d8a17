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
/// <param name="Cases">The same cases, as a reading of them is noted.</param>
/// <param name="LeftOut">Cases that do not go, and why.</param>
public sealed record ContractorLetter(Contractor To, OutgoingMail Mail, string Text, IReadOnlyList<BulkPick> Picks, IReadOnlyList<ReadCase> Cases, IReadOnlyList<BulkForecast> LeftOut);

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

    /// <summary>Writes the letter and records that it was read; nothing is sent.</summary>
    public static async Task<ContractorLetter> Preview(House house, Contractor to, IReadOnlyList<string> references, IReadOnlySet<string> personal, Caller by, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(house);
        var letter = await house.Database.Read(session => Write(session, house, to, references, personal, by), cancel);
        await QueueExport.Record(house, letter.Cases, by, cancel);
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
            await Audit.Note(unit, now, new AuditEntry(AuditKinds.ContractorSent, AuditBy.Of(by, found.Team), pick.Reference) { Authority = found.Authority, Detail = [new Message("To {contractor}, as {order}.", ("contractor", to.Name), ("order", id))] });
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
        var found = (await CaseRows.Find(session, [.. references.Distinct().Take(Bulk.Most)])).Where(c => Rights.May(by, Right.ReadCases, c.Authority, c.Team, c.Service)).OrderBy(c => c.SortBy).ThenBy(c => c.Reference, StringComparer.Ordinal).ToList();
        var (going, left) = (new List<CouncilCase>(), new List<BulkForecast>());
        foreach (var one in found)
        {
            var no = !one.IsOpen ? Refusal.Invalid("It is closed.") : !to.Takes(one.Service, one.Team) ? Refusal.Invalid("{contractor} does not work on it.", ("contractor", to.Name))
                : one.Assigned != by.Id && !Rights.May(by, Right.LeadTeam, one.Authority, one.Team, one.Service) ? Refusal.Invalid("It is not assigned to you, and you do not lead its team. Ask its team leader.")
                : !Rights.May(by, Right.WorkCases, one.Authority, one.Team, one.Service) ? Refusal.Invalid("Another team has it now.")
                : going.Count == Most ? Refusal.Invalid("{most, plural, one {One e-mail takes # case.} other {One e-mail takes # cases.}}", ("most", Most)) : null;
            if (no is null) going.Add(one);
            else left.Add(new BulkForecast(one, null, no));
        }
        var answers = await AnswerFacts.Of(session, house.Services, [.. going.Select(c => c.Reference)]);
        Authority Of(CouncilCase one) => house.Council.FindAuthority(one.Authority) ?? house.Council.Authorities[0];
        // A team may work for several councils: then each case says whose it is.
        var whose = going.Select(Of).DistinctBy(a => a.Id).ToList();
        var authority = whose.FirstOrDefault() ?? house.Council.Authorities[0];
        var phrases = Phrases.In(to.Language ?? authority.Languages[0]);
        var from = And([.. whose.Select(a => a.Name).DefaultIfEmpty(authority.Name)]);
        var body = new StringBuilder(whose.Count > 1
            ? phrases.Say("{councils} send you {count, plural, one {# case} other {# cases}} to work on.", ("councils", from), ("count", going.Count))
            : phrases.Say("{council} sends you {count, plural, one {# case} other {# cases}} to work on.", ("council", from), ("count", going.Count))).Append('\n');
        var fields = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (place, one) in going.Index())
        {
            var definition = house.Services.Find(one.Service)?.Definition;
            var decided = string.Join(", ", one.Decided.Select(d => definition?.InWords(d.Key, d.Value).Value.In(phrases.Language) ?? d.Value));
            var what = definition?.Title.In(phrases.Language) ?? one.Service;
            body.Append(CultureInfo.InvariantCulture, $"\n**{one.Reference}**\n\n- {(decided.Length == 0 ? phrases.Say("What: {what}", ("what", what)) : phrases.Say("What: {what} ({decided})", ("what", what), ("decided", decided)))}\n");
            if (whose.Count > 1) body.Append("- ").Append(phrases.Say("For: {council}", ("council", Of(one).Name))).Append('\n');
            if (answers.TryGetValue(one.Reference, out var of))
            {
                Line("where", place, AnswerFacts.Where(of.Definition, of.Answers), field => phrases.Say("Where: {place}", ("place", field)));
                if (personal.Contains("name")) Line("name", place, AnswerFacts.Name(of.Definition, of.Answers), field => phrases.Say("Name: {name}", ("name", field)));
                if (personal.Contains("phone")) Line("phone", place, AnswerFacts.Phone(of.Definition, of.Answers), field => phrases.Say("Phone: {phone}", ("phone", field)));
                if (personal.Contains("email")) Line("email", place, AnswerFacts.Email(of.Definition, of.Answers), field => phrases.Say("Email: {email}", ("email", field)));
            }
            if (one.Due is { } due) body.Append("- ").Append(phrases.Say("By: {day}", ("day", phrases.Day(Of(one).Calendar.DayOf(due))))).Append('\n');
        }
        var phone = whose.Count > 1 ? Or([.. whose.Select(a => $"{a.Contact.Phone} ({a.Name})")]) : authority.Contact.Phone;
        body.Append('\n').Append(phrases.Say("Questions? Ring {phone} and give the reference.", ("phone", phone))).Append('\n');
        var mail = new OutgoingMail
        {
            Key = "", Kind = "contractor-list", Authority = authority.Id, To = to.Email, Language = phrases.Language,
            Subject = phrases.Say("{count, plural, one {# case} other {# cases}} from {council}", ("count", going.Count), ("council", from)),
            Body = body.ToString(), Fields = fields, Cases = [.. going.Select(c => c.Reference)],
        };
        return new ContractorLetter(to, mail, MailText.Write(new MailTemplate(mail.Subject, mail.Body), fields, phrases.Language).Plain, [.. going.Select(c => new BulkPick(c.Reference, c.Version))], [.. going.Select(c => c.ForReading)], left);

        string And(IReadOnlyList<string> parts) => parts.Count == 1 ? parts[0] : phrases.Say("{list} and {last}", ("list", string.Join(", ", parts.SkipLast(1))), ("last", parts[^1]));
        string Or(IReadOnlyList<string> parts) => parts.Count == 1 ? parts[0] : phrases.Say("{list} or {last}", ("list", string.Join(", ", parts.SkipLast(1))), ("last", parts[^1]));

        // What people wrote goes in as a field, so it can be neither markup nor another line.
        void Line(string name, int place, string? value, Func<string, string> say)
        {
            if (string.IsNullOrWhiteSpace(value)) return;
            var field = string.Create(CultureInfo.InvariantCulture, $"{name}-{place}");
            fields[field] = string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            body.Append("- ").Append(say($"(({field}))")).Append('\n');
        }
    }
}
