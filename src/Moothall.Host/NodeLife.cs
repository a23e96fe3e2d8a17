using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Moothall.Definitions;
using Moothall.Store;
using NodaTime;

namespace Moothall.Host;

/// <summary>
/// This node among the nodes of the council: entered under its name, heard of every few seconds, taken off when it stops. It also holds the node's clock against the database's: with a
/// wrong clock it carries out nothing that falls due and says that it is not ready.
/// </summary>
public sealed partial class NodeLife : IAsyncDisposable
{
    /// <summary>How far a node's clock may be off before what it does by it cannot be trusted. Claims of messages last twenty times as long.</summary>
    public static readonly Duration MostOff = Duration.FromSeconds(30);

    readonly Database database;
    readonly SteadyClock? clock;
    readonly ILogger log;
    readonly CancellationTokenSource stop = new();
    readonly TaskCompletionSource lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    Task running = Task.CompletedTask;

    NodeLife(Database database, Node self, SteadyClock? clock, ILogger log) => (this.database, Self, this.clock, this.log) = (database, self, clock, log);

    public Node Self { get; private set; }

    /// <summary>What is wrong with this node's clock, in words; null when it goes right.</summary>
    public Message? ClockTrouble { get; private set; }

    /// <summary>What an administrator should look at about the nodes together.</summary>
    public IReadOnlyList<Message> Warnings { get; private set; } = [];

    /// <summary>The nodes that were alive when last looked at; this one at least.</summary>
    public int Alive { get; private set; } = 1;

    /// <summary>Ends when this node must stop: another has taken its name, or has taken away tables that it needs, while it was not heard of.</summary>
    public Task Lost => lost.Task;

    /// <summary>A name that nobody else has, for a node that was given none.</summary>
    public static string AnyName() => $"{Unfit().Replace(Environment.MachineName.ToLowerInvariant(), "-")}-{RandomNumberGenerator.GetString("abcdefghjkmnpqrstvwxyz0123456789", 5)}";

    /// <summary>Whether a text can be a node's name.</summary>
    public static bool IsName(string text) => Name().IsMatch(text);

    /// <summary>Enters the node; refuses with words when its clock is wrong or its name is taken.</summary>
    /// <param name="clock">The node's clock, which is told of the database's time at each look; null where it is the database's own, or a test's.</param>
    internal static async Task<NodeLife> Enter(Database database, Node self, SteadyClock? clock, ILogger log, CancellationToken cancel)
    {
        var life = new NodeLife(database, self, clock, log);
        await life.LookAtClock();
        if (life.ClockTrouble is { } wrong) throw new CommandRefused(wrong);
        if (!await Nodes.Enter(database, self, cancel))
            throw new CommandRefused(new Message("Another node is called “{node}” and serves this council. Give this one another name with --node, or stop the other. If it died, its name is free {seconds} seconds later.", ("node", self.Name), ("seconds", (int)Nodes.Lease.TotalSeconds)));
        return life;
    }

    /// <summary>Begins to be heard of.</summary>
    /// <param name="seen">Called with each look at the nodes.</param>
    /// <param name="checkTables">Fails with <see cref="SchemaException"/> when this node may no longer serve the store.</param>
    internal void Start(Action<NodeLife> seen, Func<CancellationToken, Task> checkTables) => running = Task.Run(() => Run(seen, checkTables));

    /// <summary>The council's files are others now.</summary>
    internal void FilesAre(string hash) => Self = Self with { Files = hash };

    async Task Run(Action<NodeLife> seen, Func<CancellationToken, Task> checkTables)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (!await Nodes.StillHere(database, Self, stop.Token))
                {
                    if (!await Nodes.Enter(database, Self, stop.Token))
                    {
                        log.LogError("Another node has taken the name {Name} while this one was not heard of; this one stops.", Self.Name);
                        lost.TrySetResult();
                        return;
                    }
                }
                await checkTables(stop.Token);
                await LookAtClock();
                await LookAtNodes();
                seen(this);
            }
            catch (SchemaException changed)
            {
                log.LogError("This node stops: {Why}", changed.Message);
                lost.TrySetResult();
                return;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception trouble)
            {
                log.LogWarning("This node could not say that it is alive: {Why}", trouble.Message);
            }
            await Task.Delay(Nodes.Beat.ToTimeSpan(), stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task LookAtNodes()
    {
        var all = (await database.Read(Nodes.All, stop.Token)).Where(node => node.IsAlive).ToList();
        Alive = Math.Max(1, all.Count);
        Warnings = [.. all.Where(node => node.Schema == Self.Schema && node.Files != Self.Files)
            .Select(node => new Message("The node {node} serves by other files of the council than this one. Give every node the same council folder.", ("node", node.Name)))];
    }

    async Task LookAtClock()
    {
        if (clock is null) return;
        var (count, before) = (clock.Count(), clock.OfMachine);
        var there = await database.Now();
        var after = clock.OfMachine;
        clock.Agree(there, count);
        // The answer took its time: only what is off beyond that counts.
        var off = there < before ? before - there : there > after ? there - after : Duration.Zero;
        if (off <= MostOff)
        {
            if (ClockTrouble is not null) log.LogInformation("The clock of this node goes right again.");
            ClockTrouble = null;
            return;
        }
        var words = new Message("The clock of this node says {here} (UTC) and the database's says {there}. Set both right (timedatectl set-ntp true), then start again.",
            ("here", after.ToString("uuuu-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)), ("there", there.ToString("uuuu-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)));
        if (ClockTrouble is null) log.LogError("{Words}", words);
        ClockTrouble = words;
    }

    /// <summary>A short hash of a folder's files, to tell whether two nodes have the same.</summary>
    internal static string HashOf(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(f => (Path: f, Name: Path.GetRelativePath(folder, f).Replace('\\', '/'))).OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(file.Name + "\n"));
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(file.Path)));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        try
        {
            await Nodes.Leave(database, Self);
        }
        catch (Exception trouble) when (trouble is StoreUnavailableException or StoreBusyException or StoreConflictException)
        {
            log.LogWarning("This node could not be taken off the list and goes by itself: {Why}", trouble.Message);
        }
        stop.Dispose();
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9.-]{0,62}$")]
    private static partial Regex Name();

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Unfit();
}
