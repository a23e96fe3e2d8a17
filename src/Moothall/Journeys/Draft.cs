using System.Security.Cryptography;
using Moothall.Definitions;
using Moothall.Store;
using NodaTime;

namespace Moothall.Journeys;

/// <summary>
/// A journey somebody has begun: the answers so far, pinned to the version it began with. Its id is a secret that only their browser holds. It lives 28 days
/// after the last answer. Revision grows with each saved answer, so that a page that is out of date can be told.
/// </summary>
public sealed record Draft
{
    public required string Id { get; init; }
    public required string Service { get; init; }
    public required int Version { get; init; }
    /// <summary>The authority of the front door it began at.</summary>
    public required string Authority { get; init; }
    public required string Channel { get; init; }
    public required string Language { get; init; }
    public string? Device { get; init; }
    /// <summary>The account that it is kept with; null where there is none.</summary>
    public string? Account { get; init; }
    /// <summary>The agreement under which it is filled in for somebody else; null where somebody does it for themselves.</summary>
    public string? Acting { get; init; }
    /// <summary>Why somebody needed help, where an advisor finished it with them.</summary>
    public string? AssistedWhy { get; init; }
    /// <summary>Answers as stored JSON; read with the definition of its version.</summary>
    public required string AnswersJson { get; init; }
    public required int Revision { get; init; }
    /// <summary>How many answers were changed after they had been given.</summary>
    public int Corrected { get; init; }
    /// <summary>How many answers were sent as they had been filled in for the person.</summary>
    public int Prefilled { get; init; }
    public string? LastQuestion { get; init; }
    public required Instant Started { get; init; }
    public required Instant Touched { get; init; }
    public Instant? Ended { get; init; }
    /// <summary>How it ended: submitted, exit, followed (another case instead), abandoned; null while it is open.</summary>
    public string? How { get; init; }
    /// <summary>The case it became.</summary>
    public string? Reference { get; init; }

    public bool IsOpen => Ended is null;
    /// <summary>How long a draft is kept after the last answer.</summary>
    public static readonly Duration Life = Duration.FromDays(28);
    /// <summary>The kind of the timer that settles idle drafts.</summary>
    public const string Timer = "draft-idle";

    /// <summary>A new secret id: 128 bits as 32 hex digits.</summary>
    public static string NewId() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>What pages of an account call it: not the secret itself.</summary>
    public string Key => Stream(Id)["journey/".Length..];

    /// <summary>Its stream in the log: not the secret itself but a hash of it, for the log is read by more than the person.</summary>
    public static string Stream(string id) => "journey/" + Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(id)).AsSpan(0, 12));
}

/// <summary>The rows of drafts, by hand: this is the hot path of the front door.</summary>
static class DraftRows
{
    public static Task<Draft?> Find(Session session, string id) => session.First($"""
        select id, service, version, authority, channel, language, device, assisted_why, answers, revision, corrected, last_question, started, touched, ended, how, reference, prefilled, account, acting
        from draft where id = {id}
        """, Read);

    /// <summary>The open drafts that are kept with an account, the newest first.</summary>
    public static Task<List<Draft>> OfAccount(Session session, string account, int most) => session.Query($"""
        select id, service, version, authority, channel, language, device, assisted_why, answers, revision, corrected, last_question, started, touched, ended, how, reference, prefilled, account, acting
        from draft where account = {account} and ended is null order by touched desc limit {most}
        """, Read);

    /// <summary>Keeps a draft with an account, where it is kept with none.</summary>
    public static async Task<bool> KeepWith(Unit unit, string id, string account) => await unit.Execute($"update draft set account = {account} where id = {id} and account is null and ended is null") == 1;

    /// <summary>The drafts of an account are nobody's any more.</summary>
    public static Task<int> LetGo(Unit unit, string account) => unit.Execute($"update draft set account = null, acting = null where account = {account}");

    static Draft Read(Row row) => new()
        {
            Id = row.Text(0), Service = row.Text(1), Version = row.Int(2), Authority = row.Text(3), Channel = row.Text(4), Language = row.Text(5), Device = row.TextOrNull(6),
            AssistedWhy = row.TextOrNull(7), AnswersJson = row.Text(8), Revision = row.Int(9), Corrected = row.Int(10), LastQuestion = row.TextOrNull(11),
            Started = row.Instant(12), Touched = row.Instant(13), Ended = row.InstantOrNull(14), How = row.TextOrNull(15), Reference = row.TextOrNull(16), Prefilled = row.Int(17),
            Account = row.TextOrNull(18), Acting = row.TextOrNull(19),
        };

    /// <summary>
    /// Before a refusal for what other rows say: on PostgreSQL each statement sees the newest, so they may speak of a later moment than the draft that was
    /// read. Where the draft has moved on the unit runs again.
    /// </summary>
    public static async Task MustBeAt(Session session, Draft? read)
    {
        if (read is not null && (await Find(session, read.Id))?.Revision != read.Revision) throw new StoreConflictException("The draft changed while it was being looked at.");
    }

    /// <summary>Writes a draft; over an older one only when that is still at the revision before.</summary>
    public static async Task Save(Unit unit, Draft d)
    {
        if (d.Revision == 1)
        {
            await unit.Add($"""
                insert into draft (id, service, version, authority, channel, language, device, assisted_why, answers, revision, corrected, last_question, started, touched, ended, how, prefilled, account, acting)
                values ({d.Id}, {d.Service}, {d.Version}, {d.Authority}, {d.Channel}, {d.Language}, {d.Device}, {d.AssistedWhy}, {d.AnswersJson}, {d.Revision}, {d.Corrected},
                        {d.LastQuestion}, {d.Started}, {d.Touched}, {d.Ended}, {d.How}, {d.Prefilled}, {d.Account}, {d.Acting})
                """);
            return;
        }
        await unit.Add(Over(d), () => new StoreConflictException("The draft changed while it was being saved."));
    }

    /// <summary>Writes a draft over the revision before, as all that the unit does; false, with nothing written, where the draft has moved on.</summary>
    public static Task<bool> Update(Unit unit, Draft d) => unit.Alone(Over(d));

    static FormattableString Over(Draft d) => $"""
            update draft set channel = {d.Channel}, language = {d.Language}, assisted_why = {d.AssistedWhy}, answers = {d.AnswersJson}, revision = {d.Revision},
                corrected = {d.Corrected}, last_question = {d.LastQuestion}, touched = {d.Touched}, ended = {d.Ended}, how = {d.How}, reference = {d.Reference}, prefilled = {d.Prefilled}
            where id = {d.Id} and revision = {d.Revision - 1}
            """;
}
