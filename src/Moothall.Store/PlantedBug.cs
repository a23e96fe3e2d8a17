#if PLANTED
namespace Moothall.Store;

/// <summary>A fault put in on purpose, so that it can be seen whether the torture finds it. Not there in any other build than the configuration “Planted”.</summary>
internal static class PlantedBug
{
    private static readonly string? name = Environment.GetEnvironmentVariable("MOOTHALL_PLANTED_BUG");

    /// <summary>Readers do not wait for transactions that are still open.</summary>
    public static bool BreaksLogOrder => name == "log-order";
    /// <summary>Whoever wants a reader takes it, whoever has it, and whoever once had it moves it, also after losing it.</summary>
    public static bool BreaksLease => name == "lease";
    /// <summary>Keys of requests are neither kept nor looked for.</summary>
    public static bool BreaksIdempotency => name == "idempotency";
}
#endif
