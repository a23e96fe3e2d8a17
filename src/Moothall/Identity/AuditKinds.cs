using Moothall.Definitions;

namespace Moothall.Identity;

/// <summary>One kind of thing that the audit log knows: its code, which never changes its meaning, and what it is called.</summary>
public sealed record AuditKind(string Code, Message Words)
{
    /// <summary>Whether somebody read personal data.</summary>
    public bool IsReading => Code.StartsWith("read.", StringComparison.Ordinal);
}

/// <summary>Every kind of entry of the audit log. A new kind gets a line here and in docs/reference/audit.md; a code is never used again for something else.</summary>
public static class AuditKinds
{
    static readonly List<AuditKind> all = [];

    public static readonly AuditKind
        SignedIn = Kind("sign-in", new Message("Signed in")),
        SignInRefused = Kind("sign-in.refused", new Message("Tried to sign in and was refused")),
        SignedOut = Kind("sign-out", new Message("Signed out")),
        SignedOutEverywhere = Kind("sign-out.everywhere", new Message("Ended all sessions of somebody")),
        PasskeyAdded = Kind("passkey.added", new Message("Added a passkey")),
        PasskeyRemoved = Kind("passkey.removed", new Message("Removed a passkey")),
        Invited = Kind("invitation.made", new Message("Made an invitation")),
        InvitationEnded = Kind("invitation.ended", new Message("Took invitations back")),
        TokenMade = Kind("token.made", new Message("Made a token for a program")),
        TokenEnded = Kind("token.ended", new Message("Ended tokens")),
        TokenChangedOver = Kind("token.changed-over", new Message("Made a token in place of another")),
        TokenFetched = Kind("token.fetched", new Message("Fetched a short token with a key")),
        KeyRegistered = Kind("key.registered", new Message("Registered the key of a program")),
        KeyEnded = Kind("key.ended", new Message("Ended the key of a program")),
        StaffChanged = Kind("staff.changed", new Message("Changed what a person may do, or their details")),
        TeamChanged = Kind("team.changed", new Message("Changed a team")),
        CaseRead = Kind("read.case", new Message("The case, at the desk")),
        CaseReadByProgram = Kind("read.api", new Message("The case, by a program")),
        GlassBroken = Kind("read.glass", new Message("The sensitive case, with a reason")),
        FileRead = Kind("read.file", new Message("A file of the case")),
        Listed = Kind("read.list", new Message("In a list that was saved or sent")),
        Found = Kind("read.search", new Message("Found it by a name or a place")),
        FilledIn = Kind("read.fill-in", new Message("For a form that was filled in from it")),
        DraftRead = Kind("read.draft", new Message("A form that somebody was helped with")),
        FoundForPerson = Kind("read.person", new Message("Found it while answering a person about their data")),
        CopiedForPerson = Kind("read.copy", new Message("For a copy that a person asked for")),
        ReadToErase = Kind("read.erase", new Message("For a request to delete it")),
        Searched = Kind("search", new Message("Searched by a name, a place or other words")),
        ListExported = Kind("export.list", new Message("Saved a list of cases as a file")),
        ContractorSent = Kind("export.contractor", new Message("Sent a list of cases to a contractor")),
        PersonGiven = Kind("export.person", new Message("Made a copy of what is held about a person")),
        RecordsHeld = Kind("records.held", new Message("Placed a hold on records")),
        HoldEnded = Kind("records.released", new Message("Ended a hold on records")),
        RecordsErased = Kind("records.erased", new Message("Deleted records on a person’s request")),
        ListCarriedOut = Kind("records.carried-out", new Message("Deleted the records of a list")),
        RecordsExpired = Kind("records.expired", new Message("Deleted what was over its time")),
        KeptNow = Kind("system.keep", new Message("Did the night’s work on records at once")),
        Published = Kind("system.publish", new Message("Published services")),
        BackedUp = Kind("system.backup", new Message("Began a backup of the whole council")),
        Restored = Kind("system.restore", new Message("Restored the council from a backup")),
        Moved = Kind("system.move", new Message("Moved the council to another database")),
        AuditRead = Kind("audit.read", new Message("Looked at the audit log")),
        AuditExported = Kind("audit.export", new Message("Saved a part of the audit log as a file")),
        AuditErased = Kind("audit.erased", new Message("Erased what was personal in entries of the audit log"));

    /// <summary>All kinds, in the order in which they are listed.</summary>
    public static IReadOnlyList<AuditKind> All => all;

    static readonly Dictionary<string, AuditKind> ByCode = all.ToDictionary(k => k.Code, StringComparer.Ordinal);

    /// <summary>The kind of a code; null where this program does not know it.</summary>
    public static AuditKind? Find(string code) => ByCode.GetValueOrDefault(code);

    static AuditKind Kind(string code, Message words)
    {
        var kind = new AuditKind(code, words);
        all.Add(kind);
        return kind;
    }
}
