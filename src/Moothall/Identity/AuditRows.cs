using System.Globalization;
using Moothall.Store;
using NodaTime;

namespace Moothall.Identity;

/// <summary>An entry as it is kept: its place, and what it says while that is not erased.</summary>
public sealed record StoredEntry(long Transaction, long Number, Instant At, string Kind, string Authority, AuditContent Content, byte[]? Salt, byte[] Hash, string? Erased)
{
    /// <summary>The digest that the chain has of it.</summary>
    public byte[] Digest => AuditHash.OfEntry(Kind, At, Authority, Hash);
    /// <summary>Whether what it says is still what its hash says; true where it was erased.</summary>
    public bool SaysWhatItSaid => Salt is null || AuditHash.OfContent(Salt, Content).AsSpan().SequenceEqual(Hash);
}

/// <summary>Some entries that follow each other, sealed.</summary>
/// <param name="Transaction">On PostgreSQL the last transaction that is in it; 0 on SQLite and after a restore.</param>
/// <param name="Digests">The digest of each entry, one behind the other.</param>
public sealed record AuditBatch(long Number, long Transaction, long First, long Last, Instant Sealed, LocalDate Day, byte[] Digests, byte[] Root, byte[] Chain)
{
    /// <summary>What stands before the first batch.</summary>
    public static readonly AuditBatch None = new(0, 0, 1, 0, Instant.MinValue, LocalDate.MinIsoValue, [], [], AuditHash.Beginning);
}

/// <summary>The chain at the end of a day, as it is published.</summary>
/// <param name="Entries">How many entries were sealed on that day.</param>
/// <param name="Total">How many there were by then.</param>
public sealed record AuditDay(LocalDate Day, long Batch, long Entries, long Total, byte[] Root);

/// <summary>The rows of the audit log and its chain, in the order of the chain: by number on SQLite, on PostgreSQL by transaction and number, as the log (docs/adr/0003).</summary>
static class AuditRows
{
    /// <summary>The newest batch, without its digests.</summary>
    public static async Task<AuditBatch> Newest(Session session) => await session.First(session.Dialect == Dialect.Sqlite
        ? (FormattableString)$"select number, 0, first_position, last_position, sealed, day, root, chain from audit_batch order by number desc limit 1"
        : $"select number, xid::text::bigint, first_position, last_position, sealed, day, root, chain from audit_batch order by number desc limit 1",
        row => new AuditBatch(row.Long(0), row.Long(1), row.Long(2), row.Long(3), row.Instant(4), row.Date(5), [], row.Bytes(6), row.Bytes(7))) ?? AuditBatch.None;

    /// <summary>The batch after one, whole; null after the last.</summary>
    public static Task<AuditBatch?> After(Session session, long number) => session.First(session.Dialect == Dialect.Sqlite
        ? (FormattableString)$"select number, 0, first_position, last_position, sealed, day, digests, root, chain from audit_batch where number > {number} order by number limit 1"
        : $"select number, xid::text::bigint, first_position, last_position, sealed, day, digests, root, chain from audit_batch where number > {number} order by number limit 1",
        row => new AuditBatch(row.Long(0), row.Long(1), row.Long(2), row.Long(3), row.Instant(4), row.Date(5), row.Bytes(6), row.Bytes(7), row.Bytes(8)));

    /// <summary>The chain at a batch; null when there is none of that number.</summary>
    public static Task<byte[]?> ChainAt(Session session, long number) => session.First($"select chain from audit_batch where number = {number}", row => row.Bytes(0));

    public static Task Insert(Unit unit, AuditBatch b) => unit.Dialect == Dialect.Sqlite
        ? unit.Execute($"""
            insert into audit_batch (number, first_position, last_position, sealed, day, digests, root, chain)
            values ({b.Number}, {b.First}, {b.Last}, {b.Sealed}, {b.Day}, {b.Digests}, {b.Root}, {b.Chain})
            """)
        : unit.Execute($"""
            insert into audit_batch (number, xid, first_position, last_position, sealed, day, digests, root, chain)
            values ({b.Number}, {Text(b.Transaction)}::xid8, {b.First}, {b.Last}, {b.Sealed}, {b.Day}, {b.Digests}, {b.Root}, {b.Chain})
            """);

    /// <summary>Entries behind a batch that nothing can come before any more.</summary>
    public static Task<List<StoredEntry>> Settled(Session session, AuditBatch after, int most) => session.Dialect == Dialect.Sqlite
        ? session.Query($"""
            select 0, e.number, e.at, e.kind, e.authority, e.who, e.acting, e.about, e.why, e.detail, e.salt, e.hash, e.erased from audit_entry e
            where e.number > {after.Last} order by e.number limit {most}
            """, Read)
        : session.Query($"""
            select e.xid::text::bigint, e.number, e.at, e.kind, e.authority, e.who, e.acting, e.about, e.why, e.detail, e.salt, e.hash, e.erased from audit_entry e
            where (e.xid, e.number) > ({Text(after.Transaction)}::xid8, {EndOf(after)}) and e.xid < pg_snapshot_xmin(pg_current_snapshot())
            order by e.xid, e.number limit {most}
            """, Read);

    /// <summary>Entries that lie behind a batch and not behind the next.</summary>
    public static Task<List<StoredEntry>> Between(Session session, AuditBatch after, AuditBatch to, int most) => session.Dialect == Dialect.Sqlite
        ? session.Query($"""
            select 0, e.number, e.at, e.kind, e.authority, e.who, e.acting, e.about, e.why, e.detail, e.salt, e.hash, e.erased from audit_entry e
            where e.number > {after.Last} and e.number <= {to.Last} order by e.number limit {most}
            """, Read)
        : session.Query($"""
            select e.xid::text::bigint, e.number, e.at, e.kind, e.authority, e.who, e.acting, e.about, e.why, e.detail, e.salt, e.hash, e.erased from audit_entry e
            where (e.xid, e.number) > ({Text(after.Transaction)}::xid8, {EndOf(after)}) and (e.xid, e.number) <= ({Text(to.Transaction)}::xid8, {EndOf(to)})
            order by e.xid, e.number limit {most}
            """, Read);

    /// <summary>All entries of one transaction, on PostgreSQL.</summary>
    public static Task<List<StoredEntry>> OfTransaction(Session session, long transaction) => session.Query($"""
        select e.xid::text::bigint, e.number, e.at, e.kind, e.authority, e.who, e.acting, e.about, e.why, e.detail, e.salt, e.hash, e.erased from audit_entry e
        where e.xid = {Text(transaction)}::xid8 order by e.number
        """, Read);

    /// <summary>How many entries wait behind a batch.</summary>
    public static Task<long> Waiting(Session session, AuditBatch after) => session.Dialect == Dialect.Sqlite
        ? session.Number($"select count(*) from audit_entry where number > {after.Last}")
        : session.Number($"select count(*) from audit_entry e where (e.xid, e.number) > ({Text(after.Transaction)}::xid8, {EndOf(after)})");

    /// <summary>The newest day that was published.</summary>
    public static Task<AuditDay?> NewestDay(Session session) => session.First($"select day, batch, entries, total, root from audit_day order by day desc limit 1", ReadDay);

    public static Task<List<AuditDay>> DaysAfter(Session session, LocalDate day, int most) => session.Query($"select day, batch, entries, total, root from audit_day where day > {day} order by day limit {most}", ReadDay);

    public static Task<List<AuditDay>> DaysBefore(Session session, LocalDate day, int most) => session.Query($"select day, batch, entries, total, root from audit_day where day < {day} order by day desc limit {most}", ReadDay);

    public static Task Insert(Unit unit, AuditDay d) => unit.Execute($"insert into audit_day (day, batch, entries, total, root) values ({d.Day}, {d.Batch}, {d.Entries}, {d.Total}, {d.Root})");

    // A restored store has transaction 0 throughout, and its entries are numbered by their positions.
    static long EndOf(AuditBatch batch) => batch.Transaction == 0 ? batch.Last : long.MaxValue;

    static string Text(long transaction) => transaction.ToString(CultureInfo.InvariantCulture);

    /// <summary>The columns as every reading here names them.</summary>
    internal static StoredEntry Read(Row row) => new(row.Long(0), row.Long(1), row.Instant(2), row.Text(3), row.Text(4),
        new AuditContent(row.TextOrNull(5), row.TextOrNull(6), row.TextOrNull(7), row.TextOrNull(8), row.TextOrNull(9)), row.IsNull(10) ? null : row.Bytes(10), row.Bytes(11), row.TextOrNull(12));

    static AuditDay ReadDay(Row row) => new(row.Date(0), row.Long(1), row.Long(2), row.Long(3), row.Bytes(4));
}
