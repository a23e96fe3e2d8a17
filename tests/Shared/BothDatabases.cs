using System.Reflection;
using Moothall.Store;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace Moothall.Testing;

/// <summary>The throw-away PostgreSQL that tests make their databases in. Without one its tests are shown as skipped, never left out.</summary>
public static class TestPostgres
{
    /// <summary>The cluster that MOOTHALL_TEST_POSTGRES names, or null.</summary>
    public static string? Cluster => Environment.GetEnvironmentVariable("MOOTHALL_TEST_POSTGRES") is { Length: > 0 } cluster ? cluster : null;

    /// <summary>Why a test that needs it is skipped; null when it is there.</summary>
    public static string? Skip => Cluster is null ? "MOOTHALL_TEST_POSTGRES is not set" : null;

    /// <summary>The row of a theory that runs on it.</summary>
    public static TheoryDataRow<Dialect> Row => new(Dialect.Postgres) { Skip = Skip };
}

/// <summary>Runs a theory on every database.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BothDatabasesAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([new TheoryDataRow<Dialect>(Dialect.Sqlite), TestPostgres.Row]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
