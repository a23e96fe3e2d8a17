namespace Moothall.Notifications;

/// <summary>Why a message is not with the person, as codes of rows and of the desk's page; the words for each are the page's.</summary>
public static class Trouble
{
    /// <summary>There is nobody to send it to.</summary>
    public const string NoAddress = "no-address";
    /// <summary>The personal data of the case were erased before it could be sent.</summary>
    public const string Erased = "erased";
    /// <summary>The person wants no mails about this case.</summary>
    public const string AskedForNone = "asked-for-none";
    /// <summary>What it would have told was no longer so.</summary>
    public const string Overtaken = "overtaken";
    /// <summary>A mail to this address came back before.</summary>
    public const string DeadAddress = "dead-address";
    /// <summary>Staff put it aside.</summary>
    public const string PutAside = "put-aside";

    /// <summary>The mail server cannot be reached.</summary>
    public const string Down = "down";
    /// <summary>The mail server did not answer in time.</summary>
    public const string Slow = "slow";
    /// <summary>The mail server asks to try later.</summary>
    public const string Busy = "busy";
    /// <summary>The mail server does not take mail from us: password, sender or rights.</summary>
    public const string RefusedUs = "refused-us";
    /// <summary>The mail server says that the address does not exist.</summary>
    public const string RefusedAddress = "refused-address";
    /// <summary>The mail server does not take this message.</summary>
    public const string RefusedMessage = "refused-message";
    /// <summary>It was sent and came back.</summary>
    public const string Bounced = "bounced";
}
