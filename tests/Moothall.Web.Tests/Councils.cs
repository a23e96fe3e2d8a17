using Moothall.Store;
using Moothall.Web.Tests;
using Xunit;

[assembly: AssemblyFixture(typeof(Councils))]

namespace Moothall.Web.Tests;

/// <summary>
/// One running council a database for all tests of this assembly that leave its clock alone and look only at what they made. A test that needs more
/// starts a <see cref="RunningCouncil"/> of its own.
/// </summary>
public sealed class Councils : IAsyncLifetime
{
    readonly Lazy<Task<RunningCouncil>> sqlite = new(() => RunningCouncil.Start(Dialect.Sqlite));
    readonly Lazy<Task<RunningCouncil>> postgres = new(() => RunningCouncil.Start(Dialect.Postgres));
    readonly Lazy<Task<RunningCouncil>> sqliteForms = new(() => RunningCouncil.Start(Dialect.Sqlite)), postgresForms = new(() => RunningCouncil.Start(Dialect.Postgres));

    /// <summary>The shared council on SQLite.</summary>
    public Task<RunningCouncil> Sqlite => On(Dialect.Sqlite);

    /// <summary>The shared council on a database, started when first asked for.</summary>
    public Task<RunningCouncil> On(Dialect dialect) => (dialect == Dialect.Sqlite ? sqlite : postgres).Value;

    /// <summary>A council in which tests publish services of their own (<see cref="WrittenForms"/>), each under a name of its own.</summary>
    public Task<RunningCouncil> Forms(Dialect dialect) => (dialect == Dialect.Sqlite ? sqliteForms : postgresForms).Value;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var council in new[] { sqlite, postgres, sqliteForms, postgresForms }.Where(c => c.IsValueCreated)) await (await council.Value).DisposeAsync();
    }
}
