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
    public static readonly AuditKind
        SignedIn = new("sign-in", new Message("Signed in")),
        SignInRefused = new("sign-in.refused", new Message("Tried to sign in and was refused")),
        SignedOut = new("sign-out", new Message("Signed out")),
        SignedOutEverywhere = new("sign-out.everywhere", new Message("Ended all sessions of somebody")),
        PasskeyAdded = new("passkey.added", new Message("Added a passkey")),
        PasskeyRemoved = new("passkey.removed", new Message("Removed a passkey")),
        Invited = new("invitation.made", new Message("Made an invitation")),
        InvitationEnded = new("invitation.ended", new Message("Took invitations back")),
        TokenMade = new("token.made", new Message("Made a token for a program")),
        TokenEnded = new("token.ended", new Message("Ended tokens")),
        TokenChangedOver = new("token.changed-over", new Message("Made a token in place of another")),
        TokenFetched = new("token.fetched", new Message("Fetched a short token with a key")),
        KeyRegistered = new("key.registered", new Message("Registered the key of a program")),
        KeyEnded = new("key.ended", new Message("Ended the key of a program")),
        StaffChanged = new("staff.changed", new Message("Changed what a person may do, or their details")),
        TeamChanged = new("team.changed", new Message("Changed a team")),
        CaseRead = new("read.case", new Message("The case, at the desk")),
        CaseReadByProgram = new("read.api", new Message("The case, by a program")),
        GlassBroken = new("read.glass", new Message("The sensitive case, with a reason")),
        FileRead = new("read.file", new Message("A file of the case")),
        Listed = new("read.list", new Message("In a list that was saved or sent")),
        Found = new("read.search", new Message("Found it by a name or a place")),
        FilledIn = new("read.fill-in", new Message("For a form that was filled in from it")),
        DraftRead = new("read.draft", new Message("A form that somebody was helped with")),
        FoundForPerson = new("read.person", new Message("Found it while answering a person about their data")),
        CopiedForPerson = new("read.copy", new Message("For a copy that a person asked for")),
        ReadToErase = new("read.erase", new Message("For a request to delete it")),
        Searched = new("search", new Message("Searched by a name, a place or other words")),
        ListExported = new("export.list", new Message("Saved a list of cases as a file")),
        ContractorSent = new("export.contractor", new Message("Sent a list of cases to a contractor")),
        PersonGiven = new("export.person", new Message("Made a copy of what is held about a person")),
        RecordsHeld = new("records.held", new Message("Placed a hold on records")),
        HoldEnded = new("records.released", new Message("Ended a hold on records")),
        RecordsErased = new("records.erased", new Message("Deleted records on a person’s request")),
        ListCarriedOut = new("records.carried-out", new Message("Deleted the records of a list")),
        RecordsExpired = new("records.expired", new Message("Deleted what was over its time")),
        KeptNow = new("system.keep", new Message("Did the night’s work on records at once")),
        Published = new("system.publish", new Message("Published services")),
        BackedUp = new("system.backup", new Message("Began a backup of the whole council")),
        Restored = new("system.restore", new Message("Restored the council from a backup")),
        Moved = new("system.move", new Message("Moved the council to another database")),
        AuditRead = new("audit.read", new Message("Looked at the audit log")),
        AuditExported = new("audit.export", new Message("Saved a part of the audit log as a file")),
        AuditErased = new("audit.erased", new Message("Erased what was personal in entries of the audit log"));

    /// <summary>All kinds, in the order in which they are listed.</summary>
    public static IReadOnlyList<AuditKind> All { get; } =
    [
        SignedIn, SignInRefused, SignedOut, SignedOutEverywhere, PasskeyAdded, PasskeyRemoved, Invited, InvitationEnded, TokenMade, TokenEnded, TokenChangedOver, TokenFetched, KeyRegistered, KeyEnded, StaffChanged, TeamChanged,
        CaseRead, CaseReadByProgram, GlassBroken, FileRead, Listed, Found, FilledIn, DraftRead, FoundForPerson, CopiedForPerson, ReadToErase, Searched, ListExported, ContractorSent, PersonGiven,
        RecordsHeld, HoldEnded, RecordsErased, ListCarriedOut, RecordsExpired, KeptNow, Published, BackedUp, Restored, Moved, AuditRead, AuditExported, AuditErased,
    ];

    static readonly Dictionary<string, AuditKind> ByCode = All.ToDictionary(k => k.Code, StringComparer.Ordinal);

    /// <summary>The kind of a code; null where this program does not know it.</summary>
    public static AuditKind? Find(string code) => ByCode.GetValueOrDefault(code);
}
