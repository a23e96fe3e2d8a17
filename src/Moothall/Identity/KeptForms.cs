using Moothall.Store;
using NodaTime;

namespace Moothall.Identity;

/// <summary>What somebody sent after their session had ended: where to, and the fields, sealed by the web layer.</summary>
public sealed record KeptForm(string Path, byte[] Sealed, bool HadFiles, Instant At);

/// <summary>Forms that came too late. They wait an hour for the same person to sign in again, and nobody else can see them.</summary>
public static class KeptForms
{
    public static readonly Duration Kept = Duration.FromHours(1);
    const int MostOfOne = 20;

    /// <summary>Keeps a form; the code is for the address at which it is shown again.</summary>
    public static async Task<string> Keep(Unit unit, string member, KeptForm form)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(form);
        var code = OneTimeCodes.Make();
        await unit.Execute($"delete from kept_form where hash in (select hash from kept_form where member = {member} order by at desc limit 1000 offset {MostOfOne - 1})");
        await unit.Execute($"insert into kept_form (hash, member, path, sealed, had_files, at) values ({OneTimeCodes.HashOf(code)}, {member}, {form.Path}, {form.Sealed}, {form.HadFiles}, {form.At})");
        return code;
    }

    /// <summary>Erases forms that were sent to a page of a case. What is in a form is sealed, so one that names the case in its fields only goes with its hour.</summary>
    public static Task<int> EraseOf(Unit unit, string reference)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var (inside, last) = ($"%/{reference}/%", $"%/{reference}");
        return unit.Execute($"delete from kept_form where path like {inside} or path like {last} or path like {last + "?%"}");
    }

    /// <summary>The form of a code, for the person whose it is; null for anybody else and after its hour.</summary>
    public static async Task<KeptForm?> Find(Session session, string code, string member, Instant now)
    {
        ArgumentNullException.ThrowIfNull(session);
        return OneTimeCodes.HashOf(code) is { } hash
            ? await session.First($"select path, sealed, had_files, at from kept_form where hash = {hash} and member = {member} and at > {now - Kept}", row => new KeptForm(row.Text(0), row.Bytes(1), row.Bool(2), row.Instant(3)))
            : null;
    }
}
