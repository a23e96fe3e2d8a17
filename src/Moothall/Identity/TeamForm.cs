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
        void Wrong(string field, string message) => faults.Add(new Fault(field, field, message));
        var name = Tidy.Line(Name);
        if (name.Length == 0) Wrong("name", "Enter the team’s name");
        else if (Tidy.Length(name) > LongestName) Wrong("name", $"Name must be {LongestName} characters or fewer");
        if (Authorities.Count == 0) Wrong("authorities", "Choose the councils that the team works for");
        else if (!Authorities.All(mine.Contains)) Wrong("authorities", "Choose councils that you administer");
        foreach (var offer in council.Offers.Where(o => (o.Team == id || o.StageTeams.Values.Contains(id)) && !Authorities.Contains(o.Authority)).Take(1))
            Wrong("authorities", $"The team works the service {offer.Service} for {council.FindAuthority(offer.Authority)?.Name}. Give that to another team in offers.yaml first");
        return faults.Count > 0 ? (null, faults) : (new Team(id, name, [.. council.Authorities.Select(a => a.Id).Where(Authorities.Contains)]), []);
    }
}
