using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Store;
using NodaTime;

namespace Moothall.Host;

/// <summary>What a command does to the council is an entry of its audit log: that it was a command, and which account of which machine ran it.</summary>
static class CommandAudit
{
    /// <summary>An entry of a command.</summary>
    public static AuditEntry Entry(AuditKind kind, string? about = null, params Message[] detail) => new(kind, AuditBy.CommandLine, about) { Detail = [.. detail, Who] };

    /// <summary>Who runs the command, as far as the machine knows.</summary>
    public static Message Who => new Message("By {user} on {machine}.", ("user", Environment.UserName), ("machine", Environment.MachineName));

    /// <summary>Notes what is about to be done, or was.</summary>
    public static Task Note(Database database, AuditKind kind, string? about = null, params Message[] detail) =>
        Audit.Note(database, SystemClock.Instance.GetCurrentInstant(), Entry(kind, about, detail));

    /// <summary>The same for a store as it is: one whose council moved away takes nothing any more, and one of an older program has no audit log yet.</summary>
    public static async Task NoteWherePossible(Database database, AuditKind kind, params Message[] detail)
    {
        if (await Move.WhyNotHere(database) is null && await database.Read(AuditVerify.IsThere)) await Note(database, kind, null, detail);
    }
}
