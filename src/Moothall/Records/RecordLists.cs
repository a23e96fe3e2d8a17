using System.Security.Cryptography;
using System.Text;
using Moothall.Store;
using NodaTime;
using NodaTime.Text;

namespace Moothall.Records;

/// <summary>
/// A list of records that are to go. It stands for some days, so that somebody can look and hold; carried out it is the certificate, whose hash is over its
/// lines. Kind: keep (the time is over), request (a granted request), expired (what goes by its own age). State: making, standing, done.
/// </summary>
public sealed record RecordList(string Id, string Kind, string State, Instant Made, Instant Due, Instant? Done, string? ByMember, string? Decision, string? Place, string? Hash);

/// <summary>
/// One record on a list. State: listed, gone, or kept with the reason in What; when gone, What says how much of what went. What belongs to no case has a reference
/// like `message/17` and no service; while it is listed, What says as a code what it was.
/// </summary>
public sealed record ListLine(string List, string Reference, string Service, string Authority, string Rule, LocalDate Since, string State, string? What)
{
    /// <summary>The line as the certificate's hash takes it.</summary>
    public string Certified => $"{Reference}\t{Service}\t{Authority}\t{Rule}\t{LocalDatePattern.Iso.Format(Since)}\t{What}\n";
}

/// <summary>How many lines of a service are in a state, from the earliest day.</summary>
/// <param name="First">The first of their references, which tells the kind of those that belong to no case.</param>
public sealed record LineCount(string Service, string State, string Rule, int Lines, LocalDate From, string First);

/// <summary>The rows of lists.</summary>
public static class RecordLists
{
    /// <summary>A list by its id.</summary>
    public static Task<RecordList?> Find(Session session, string id) => session.First(
        $"select id, kind, state, made, due, done, by_member, decision, place, hash from record_list where id = {id}", Read);

    /// <summary>Lists in a state, what is due first.</summary>
    public static Task<List<RecordList>> In(Session session, string state, int most = 100) => session.Query(
        $"select id, kind, state, made, due, done, by_member, decision, place, hash from record_list where state = {state} order by due, id limit {most}", Read);

    /// <summary>Certificates, newest first.</summary>
    public static Task<List<RecordList>> Certificates(Session session, int most = 100) => session.Query(
        $"select id, kind, state, made, due, done, by_member, decision, place, hash from record_list where state = 'done' order by due desc, id limit {most}", Read);

    /// <summary>Lines of a list by reference, those of some authorities, behind a reference.</summary>
    public static Task<List<ListLine>> Lines(Session session, string list, IReadOnlyCollection<string> authorities, string after = "", int most = 500) => session.Query($"""
        select list, reference, service, authority, rule, since, state, what from record_line
        where list = {list} and authority in ({authorities}) and reference > {after} order by reference limit {most}
        """, ReadLine);

    /// <summary>What a list has, by service.</summary>
    public static Task<List<LineCount>> Counts(Session session, string list) => session.Query(
        $"select service, state, rule, count(*), min(since), min(reference) from record_line where list = {list} group by service, state, rule order by service, state, rule",
        row => new LineCount(row.Text(0), row.Text(1), row.Text(2), row.Int(3), row.Date(4), row.Text(5)));

    internal static Task<List<ListLine>> Listed(Session session, string list, int most) => session.Query(
        $"select list, reference, service, authority, rule, since, state, what from record_line where list = {list} and state = 'listed' order by reference limit {most}", ReadLine);

    internal static async Task<HashSet<string>> OnOpenLists(Session session, IReadOnlyCollection<string> references) => [.. await session.Query($"""
        select l.reference from record_line l join record_list r on r.id = l.list where l.reference in ({references}) and l.state = 'listed' and r.state <> 'done'
        """, row => row.Text(0))];

    internal static Task Insert(Unit unit, RecordList l) => unit.Execute($"""
        insert into record_list (id, kind, state, made, due, done, by_member, decision, place, hash)
        values ({l.Id}, {l.Kind}, {l.State}, {l.Made}, {l.Due}, {l.Done}, {l.ByMember}, {l.Decision}, {l.Place}, {l.Hash})
        """);

    internal static Task Insert(Unit unit, ListLine l) => unit.Execute($"""
        insert into record_line (list, reference, service, authority, rule, since, state, what)
        values ({l.List}, {l.Reference}, {l.Service}, {l.Authority}, {l.Rule}, {l.Since}, {l.State}, {l.What})
        """);

    internal static Task Mark(Unit unit, ListLine line) => unit.Execute(
        $"update record_line set state = {line.State}, what = {line.What}, rule = {line.Rule} where list = {line.List} and reference = {line.Reference} and state = 'listed'");

    /// <summary>Closes a list: its hash is over the lines that went, in order of references. Returns how many went.</summary>
    internal static async Task<int> Close(Unit unit, RecordList list, Instant now)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var gone = await Gone(unit, list.Id, line => hash.AppendData(Encoding.UTF8.GetBytes(line.Certified)));
        var sum = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (await unit.Execute($"update record_list set state = 'done', done = {now}, hash = {sum}, place = null where id = {list.Id} and state <> 'done'") == 0)
            throw new StoreConflictException($"{list.Id} was carried out by another meanwhile.");
        return gone;
    }

    /// <summary>Gives the lines that went, in order of references, a thousand at a time.</summary>
    public static async Task<int> Gone(Session session, string list, Action<ListLine> take)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(take);
        var (count, after) = (0, "");
        while (true)
        {
            var lines = session.Dialect == Dialect.Sqlite
                ? await session.Query($"select list, reference, service, authority, rule, since, state, what from record_line where list = {list} and state = 'gone' and reference > {after} order by reference limit 1000", ReadLine)
                : await session.Query($"""select list, reference, service, authority, rule, since, state, what from record_line where list = {list} and state = 'gone' and reference collate "C" > {after} order by reference collate "C" limit 1000""", ReadLine);
            foreach (var line in lines) take(line);
            count += lines.Count;
            if (lines.Count < 1000) return count;
            after = lines[^1].Reference;
        }
    }

    static RecordList Read(Row row) => new(row.Text(0), row.Text(1), row.Text(2), row.Instant(3), row.Instant(4), row.InstantOrNull(5), row.TextOrNull(6), row.TextOrNull(7), row.TextOrNull(8), row.TextOrNull(9));

    static ListLine ReadLine(Row row) => new(row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4), row.Date(5), row.Text(6), row.TextOrNull(7));
}
