using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace Moothall.Store.Tests;

/// <summary>A theory about transactions that overlap, which only PostgreSQL lets happen.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnlyPostgresAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) => new([TestPostgres.Row]);
    public override bool SupportsDiscoveryEnumeration() => true;
}
