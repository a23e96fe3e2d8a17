using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Store;

namespace Moothall.Web.MyAccount;

/// <summary>A case as a list of an account shows it.</summary>
/// <param name="Title">The service's, in the reader's language.</param>
/// <param name="Now">What is happening now, in the resident's words.</param>
public sealed record HeldCase(AccountCase Theirs, CouncilCase Case, string Title, string Now, ServiceDefinition Definition);

/// <summary>The cases of lists of an account: two keyed reads for all of them.</summary>
static class HeldCases
{
    public static async Task<IReadOnlyList<HeldCase>> Of(Session session, House house, IReadOnlyList<AccountCase> theirs, string language)
    {
        var found = (await CaseQueries.Find(session, [.. theirs.Select(t => t.Reference)])).Where(c => !c.IsErased).ToDictionary(c => c.Reference, StringComparer.Ordinal);
        var held = new List<HeldCase>();
        foreach (var one in theirs)
        {
            if (!found.TryGetValue(one.Reference, out var @case)) continue;
            var definition = (await house.Services.Version(@case.Service, @case.DefinitionVersion)).Definition;
            var progress = CaseQueries.Progress(@case, definition, [], language);
            held.Add(new HeldCase(one, @case, progress.Title, progress.Now, definition));
        }
        return held;
    }
}
