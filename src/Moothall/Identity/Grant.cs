using NodaTime;

namespace Moothall.Identity;

/// <summary>
/// Something that was given to somebody at the desk beside the roles they simply have: a role for some services or some time, or a sensitive service by name. It begins and ends
/// by itself, because each request asks for the day.
/// </summary>
/// <param name="Role">The role; null where a sensitive service is given.</param>
/// <param name="Services">The services that the role is for; none for all.</param>
/// <param name="Sensitive">The sensitive service that is given by name; null where a role is.</param>
/// <param name="From">The first day.</param>
/// <param name="Until">The last day; null for no end.</param>
public sealed record Grant(string Id, Role? Role, IReadOnlySet<string> Services, string? Sensitive, LocalDate From, LocalDate? Until)
{
    /// <summary>Whether it holds on a day; without a day, never.</summary>
    public bool HoldsOn(LocalDate? day) => day is { } today && From <= today && !(Until < today);

    /// <summary>Whether it takes a second administrator: who can give rights, and who sees what is hidden even from colleagues.</summary>
    public bool IsStrong => Sensitive is not null || Role is Identity.Role.Administrator;
}
