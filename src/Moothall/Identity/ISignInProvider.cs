using Moothall.Council;
using Moothall.Definitions;

namespace Moothall.Identity;

/// <summary>What kind of trouble there was with a provider; pages say what to do next by it.</summary>
public enum ProviderTrouble
{
    /// <summary>It cannot be reached, is slow, or what it says of itself is not right.</summary>
    Unavailable,
    /// <summary>The person did not sign in there.</summary>
    Cancelled,
    /// <summary>The answer is not one that we asked for in this browser, or comes too late.</summary>
    NotAsked,
    /// <summary>The answer does not prove who somebody is.</summary>
    NotProved,
    /// <summary>They signed in with fewer factors than were asked for.</summary>
    TooWeak,
}

/// <summary>A no of a provider, or to what came in its name.</summary>
/// <param name="Reason">A code for the log: `nonce`, `issuer`, `slow`.</param>
/// <param name="Why">What an administrator is told. Nothing personal.</param>
public sealed record ProviderNo(ProviderTrouble Trouble, string Reason, Message Why);

/// <summary>What was asked of a provider: something, or a no.</summary>
public readonly record struct Provided<T>(T? Value, ProviderNo? No)
{
    public static implicit operator Provided<T>(T value) => new(value, null);
    public static implicit operator Provided<T>(ProviderNo no) => new(default, no);
}

/// <summary>One sign-in that was begun: what binds the answer to this browser and this question. Secret until the answer is there.</summary>
/// <param name="Back">The address that the provider sends people back to.</param>
public sealed record SignInAsked(string Back, string State, string Nonce, string Verifier, SignInLevel Level, string Language);

/// <summary>What a browser brought back from the provider.</summary>
/// <param name="Issuer">Who says that it sent the answer (RFC 9207).</param>
public sealed record SignInAnswer(string? Code, string? State, string? Issuer, string? Error);

/// <summary>Somebody as a provider knows them. Personal, all of it.</summary>
/// <param name="Subject">What they are called there for ever, and nobody else.</param>
/// <param name="ProviderSession">Their session there, by which it says later that it ended.</param>
/// <param name="Email">Their address, where the provider says that it is theirs.</param>
public sealed record ProvidedPerson(string Issuer, string Subject, string? ProviderSession, string IdToken, string? Email, string? Name, string? Username, IReadOnlyList<string> Groups, SignInLevel Level);

/// <summary>A provider says that a session, or all of a person's, ended. `Id` comes once.</summary>
public sealed record ProviderSignOut(string Issuer, string? Subject, string? ProviderSession, string Id, NodaTime.Instant At);

/// <summary>A provider by OpenID Connect: somebody else's system that says who people are.</summary>
public interface ISignInProvider
{
    /// <summary>Where a browser is sent to sign in.</summary>
    Task<Provided<Uri>> Begin(SignInAsked asked, CancellationToken cancel);

    /// <summary>Who came back. Nothing is written before this said who.</summary>
    Task<Provided<ProvidedPerson>> Finish(SignInAsked asked, SignInAnswer answer, CancellationToken cancel);

    /// <summary>What a token says that came from the provider's own machine (OpenID Connect Back-Channel Logout).</summary>
    Task<Provided<ProviderSignOut>> ReadSignOut(string token, CancellationToken cancel);

    /// <summary>Where a browser is sent to sign out at the provider too; null where it has no such page or cannot be asked.</summary>
    Task<Uri?> SignOutAddress(string? idToken, string back, CancellationToken cancel);

    /// <summary>The public halves of our keys for this provider, as a JSON Web Key Set.</summary>
    string PublicKeys { get; }

    /// <summary>Whether it is set up and can be reached: a sentence with the mend when it is not, else null.</summary>
    Task<Message?> Check(CancellationToken cancel);
}

/// <summary>The adapter of each provider that the council's files name.</summary>
public interface ISignInProviders
{
    ISignInProvider Of(SignInProvider provider);
}
