using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace Moothall.Store.Tests;

/// <summary>
/// Runs a theory on every database. One that is not configured is shown as skipped, never left out:
/// MOOTHALL_TEST_POSTGRES names a throw-away cluster.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BothDatabasesAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) => new(
    [
        new TheoryDataRow<Dialect>(Dialect.Sqlite),
        PostgresRow,
    ]);

    public override bool SupportsDiscoveryEnumeration() => true;

    internal static TheoryDataRow<Dialect> PostgresRow => TestStore.PostgresCluster is null
        ? new(Dialect.Postgres) { Skip = "MOOTHALL_TEST_POSTGRES is not set" }
        : new(Dialect.Postgres);
}

/// <summary>A theory about transactions that overlap, which only PostgreSQL lets happen.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnlyPostgresAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) => new([BothDatabasesAttribute.PostgresRow]);
    public override bool SupportsDiscoveryEnumeration() => true;
}
