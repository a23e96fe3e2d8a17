using Moothall.Council;
using Moothall.Definitions;

namespace Moothall.Identity;

/// <summary>What an administrator typed about a team: its name, the councils it works for, and who is in it.</summary>
public sealed record TeamForm(string Name, IReadOnlyList<string> Authorities, IReadOnlyList<string> Members)
{
    const int LongestName = 60;

    /// <summary>The team that the form describes, or what is wrong with it.</summary>
    /// <param name="mine">The councils that the administrator may give.</param>
    public (Team? Team, IReadOnlyList<Fault> Faults) Read(string id, CouncilFiles council, IReadOnlySet<string> mine)
    {
        ArgumentNullException.ThrowIfNull(council);
        ArgumentNullException.ThrowIfNull(mine);
        var faults = new List<Fault>();
        void Wrong(string field, Message message) => faults.Add(new Fault(field, field, message));
        var name = Tidy.Line(Name);
        if (name.Length == 0) Wrong("name", new Message("Enter the team’s name"));
        else if (Tidy.Length(name) > LongestName) Wrong("name", new Message("Name must be {most} characters or fewer", ("most", LongestName)));
        if (Authorities.Count == 0) Wrong("authorities", new Message("Choose the councils that the team works for"));
        else if (!Authorities.All(mine.Contains)) Wrong("authorities", new Message("Choose councils that you administer"));
        foreach (var offer in council.Offers.Where(o => (o.Team == id || o.StageTeams.Values.Contains(id)) && !Authorities.Contains(o.Authority)).Take(1))
            Wrong("authorities", new Message("The team works the service {service} for {council}. Give that to another team in offers.yaml first", ("service", offer.Service), ("council", council.FindAuthority(offer.Authority)?.Name)));
        return faults.Count > 0 ? (null, faults) : (new Team(id, name, [.. council.Authorities.Select(a => a.Id).Where(Authorities.Contains)]), []);
    }
}
