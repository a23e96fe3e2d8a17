using Microsoft.AspNetCore.Builder;
using Moothall.Definitions;
using Moothall.Identity;

namespace Moothall.Web.Door;

/// <summary>Who is let in at an address.</summary>
public enum LetIn
{
    /// <summary>Everybody, signed in or not.</summary>
    Everybody,
    /// <summary>Whoever holds the code of a link, a case or a draft; what stands behind the address looks whether the code opens it.</summary>
    WithSecret,
    /// <summary>Residents who are signed in to their account.</summary>
    Residents,
    /// <summary>Staff with an open session at the desk.</summary>
    Staff,
    /// <summary>Programs, and people who let a program act for them, with a bearer token.</summary>
    Programs,
}

/// <summary>
/// The rule of a route: who is let in, and which rights one of them must have. Every route declares one; a node that has a route without a rule does not serve
/// (<see cref="RouteRules"/>), and the <see cref="Doorkeeper"/> holds each request against it. What somebody may do with the one thing they ask for (whose
/// council, team and service it is) is asked of <see cref="Rights"/> where the thing is found.
/// </summary>
/// <param name="AnyOf">Rights of which a role of theirs must have one; with none it is enough to be known.</param>
/// <param name="WhyNot">Whom to ask, for people whose role has none of the rights.</param>
public sealed record RouteRule(LetIn Who, IReadOnlyList<Right> AnyOf, Message? WhyNot = null);

/// <summary>How routes and groups of routes declare their rule.</summary>
public static class RuleDeclarations
{
    /// <summary>Everybody may ask.</summary>
    public static T Open<T>(this T route) where T : IEndpointConventionBuilder => route.WithMetadata(new RouteRule(LetIn.Everybody, []));

    /// <summary>A code opens it, which the endpoint itself looks at.</summary>
    public static T WithSecret<T>(this T route) where T : IEndpointConventionBuilder => route.WithMetadata(new RouteRule(LetIn.WithSecret, []));

    /// <summary>Residents who are signed in.</summary>
    public static T ForResident<T>(this T route) where T : IEndpointConventionBuilder => route.WithMetadata(new RouteRule(LetIn.Residents, []));

    /// <summary>Staff who are signed in and have one of the rights; without rights, all of them.</summary>
    public static T ForStaff<T>(this T route, params Right[] anyOf) where T : IEndpointConventionBuilder => route.WithMetadata(new RouteRule(LetIn.Staff, anyOf));

    /// <summary>The same, with words that say whom to ask instead.</summary>
    public static T ForStaff<T>(this T route, Message whyNot, params Right[] anyOf) where T : IEndpointConventionBuilder => route.WithMetadata(new RouteRule(LetIn.Staff, anyOf, whyNot));

    /// <summary>Programs with a good token that have one of the rights; without rights, all of them.</summary>
    public static T ForPrograms<T>(this T route, params Right[] anyOf) where T : IEndpointConventionBuilder => route.WithMetadata(new RouteRule(LetIn.Programs, anyOf));
}
