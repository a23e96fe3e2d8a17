using Moothall.Store;
using NodaTime;

namespace Moothall.Identity;

/// <summary>How the directory knows a member of staff, as a row.</summary>
sealed record DirectoryRow(string Member, string UserName, string? ExternalId, string? GivenName, string? FamilyName, Instant Made, Instant Changed, Instant? Deleted, int Version)
{
    public static Task<List<DirectoryRow>> All(Session session) =>
        session.Query($"select member, user_name, external_id, given_name, family_name, made, changed, deleted, version from staff_directory", Read);

    public static Task<DirectoryRow?> OfMember(Session session, string member) =>
        session.First($"select member, user_name, external_id, given_name, family_name, made, changed, deleted, version from staff_directory where member = {member}", Read);

    public static Task<DirectoryRow?> OfUserName(Session session, string userName) =>
        session.First($"select member, user_name, external_id, given_name, family_name, made, changed, deleted, version from staff_directory where user_name = {Folded(userName)}", Read);

    public static Task<DirectoryRow?> OfExternalId(Session session, string externalId) =>
        session.First($"select member, user_name, external_id, given_name, family_name, made, changed, deleted, version from staff_directory where external_id = {externalId}", Read);

    /// <summary>Names to sign in with are the same in capitals (RFC 7643, userName).</summary>
    public static string Folded(string userName) => userName.ToLowerInvariant();

    public Task Write(Unit unit) => unit.Execute($"""
        insert into staff_directory (member, user_name, external_id, given_name, family_name, made, changed, deleted, version)
        values ({Member}, {UserName}, {ExternalId}, {GivenName}, {FamilyName}, {Made}, {Changed}, {Deleted}, {Version})
        on conflict (member) do update set user_name = excluded.user_name, external_id = excluded.external_id, given_name = excluded.given_name, family_name = excluded.family_name,
          changed = excluded.changed, deleted = excluded.deleted, version = excluded.version
        """);

    static DirectoryRow Read(Row row) => new(row.Text(0), row.Text(1), row.TextOrNull(2), row.TextOrNull(3), row.TextOrNull(4), row.Instant(5), row.Instant(6), row.InstantOrNull(7), row.Int(8));
}
