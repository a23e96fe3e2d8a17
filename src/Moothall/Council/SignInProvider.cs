using Moothall.Definitions;
using Moothall.Identity;

namespace Moothall.Council;

/// <summary>For whom a provider says who somebody is.</summary>
public enum SignInFor { Staff, Residents }

/// <summary>
/// Somebody who says who people are, by OpenID Connect: the directory of the council for its staff, or GOV.UK One Login for residents. What is secret of it (the key
/// that we sign with) stands in no file of the council.
/// </summary>
/// <param name="Id">What it is called in addresses and settings.</param>
public sealed record SignInProvider(string Id, SignInFor For, string Issuer, string Client)
{
    /// <summary>What people call the account with which they sign in there.</summary>
    public required Prose Title { get; init; }
    /// <summary>The authorities whose staff it knows, or whose front doors offer it.</summary>
    public IReadOnlyList<string> Authorities { get; init; } = [];
    /// <summary>What is asked for besides `openid`.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = ["profile", "email"];
    /// <summary>Whether it is asked for more about somebody than stands in its ID token.</summary>
    public bool UserInfo { get; init; }
    /// <summary>How we sign what we say to it: RS256, PS256 or ES256; null: as fits the key.</summary>
    public string? Signing { get; init; }
    /// <summary>What its claims are called.</summary>
    public ProviderClaims Claims { get; init; } = new();
    /// <summary>What a member of staff may be known by at their first sign-in.</summary>
    public IReadOnlyList<string> KnownBy { get; init; } = [ByEmail];
    /// <summary>What belonging to a group of the provider gives.</summary>
    public IReadOnlyList<GroupGrant> Groups { get; init; } = [];
    /// <summary>Whether somebody unknown whose groups give a role is taken on to the staff.</summary>
    public bool Joiners { get; init; }
    /// <summary>How it is asked how sure it must be: null where it knows one way only.</summary>
    public ProviderLevels? Levels { get; init; }

    public const string ByEmail = "email", ByUsername = "username";

    /// <summary>Whether it is offered at the front door of an authority.</summary>
    public bool IsAt(string authority) => Authorities.Contains(authority);
}

/// <summary>What a provider's claims are called. Its claim that an address was checked may be missing where the council vouches for all of them.</summary>
public sealed record ProviderClaims(string Email = "email", string Name = "name", string Username = "preferred_username", string Groups = "groups", bool TrustsEmail = false);

/// <summary>What belonging to a group gives: roles, in these authorities and teams.</summary>
public sealed record GroupGrant(string Group, IReadOnlySet<Role> Roles, IReadOnlySet<string> Authorities, IReadOnlySet<string> Teams);

/// <summary>What a provider calls one factor and two, and how it is asked: `vtr` and `vot` of GOV.UK One Login, or `acr_values` and `acr` of OpenID Connect.</summary>
public sealed record ProviderLevels(bool ByVectors, string Medium, string TwoFactor);
