using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Moothall.Adapters.Rabbit;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using Xunit;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Moothall.Cluster.Tests;

/// <summary>The throw-away RabbitMQ that MOOTHALL_TEST_RABBIT names by its folder (bin/lib/rabbitmq.sh); its tests are shown as skipped without one.</summary>
sealed class Broker : IAsyncDisposable
{
    static readonly string? Folder = Environment.GetEnvironmentVariable("MOOTHALL_TEST_RABBIT") is { Length: > 0 } folder ? folder : null;

    readonly IConnection connection;

    Broker(IConnection connection) => this.connection = connection;

    public static string Address => $"amqp://guest:guest@127.0.0.1:{Port}/";
    static string Port => File.ReadAllText(Path.Combine(Folder!, "port")).Trim();
    /// <summary>The same with TLS, by the name that its certificate is for.</summary>
    public static string Encrypted => $"amqps://guest:guest@localhost:{int.Parse(Port, null) + 3}/";
    /// <summary>The file of the authority that its certificate is issued by.</summary>
    public static string Authority => Path.Combine(Folder!, "tls", "authority.pem");
    public static RabbitAddress Parsed => RabbitAddress.Read(Address)!;

    /// <summary>A broker that knows nothing of any council.</summary>
    public static async Task<Broker> Clean()
    {
        Assert.SkipWhen(Folder is null, "MOOTHALL_TEST_RABBIT is not set");
        var broker = new Broker(await Connect());
        await using var channel = await broker.connection.CreateChannelAsync();
        foreach (var queue in new[] { RabbitQueue.Inbox, RabbitQueue.Dead }) await channel.QueueDeleteAsync(queue, false, false);
        foreach (var exchange in new[] { RabbitQueue.Events, RabbitQueue.Dead }) await channel.ExchangeDeleteAsync(exchange);
        return broker;
    }

    static async Task<IConnection> Connect()
    {
        for (var since = Stopwatch.StartNew(); ; await Task.Delay(100))
            try
            {
                return await new ConnectionFactory { Uri = new Uri(Address), AutomaticRecoveryEnabled = false }.CreateConnectionAsync();
            }
            catch (BrokerUnreachableException) when (since.Elapsed < TimeSpan.FromSeconds(60)) { }
    }

    /// <summary>Stops the broker, or starts it again with what it kept.</summary>
    public static Task Halt() => Script("halt", Folder!);
    public static Task Start() => Script("start", Folder!, Port);

    static async Task Script(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Root(), "bin", "lib", "rabbitmq.sh"), arguments) { RedirectStandardOutput = true };
        using var running = Process.Start(start)!;
        await running.WaitForExitAsync();
        if (running.ExitCode != 0) throw new InvalidOperationException("The broker could not be stopped or started.");
    }

    /// <summary>A partner's queue: quorum, of its own name, for events of these keys.</summary>
    public static async Task<string> Subscribe(string key, params (string Name, object Value)[] more)
    {
        await using var connection = await Connect();
        await using var channel = await connection.CreateChannelAsync();
        var name = "partner-" + Guid.NewGuid().ToString("n");
        await channel.ExchangeDeclareAsync(RabbitQueue.Events, ExchangeType.Topic, durable: true, autoDelete: false);
        await channel.QueueDeclareAsync(name, true, false, false, more.Prepend(("x-queue-type", "quorum")).ToDictionary(a => a.Item1, a => (object?)a.Item2));
        await channel.QueueBindAsync(name, RabbitQueue.Events, key);
        return name;
    }

    /// <summary>Sends something to the council's inbox as the broker's own user.</summary>
    public async Task Send(string body, string kind = "application/cloudevents+json", string? user = null)
    {
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        var properties = new BasicProperties { ContentType = kind, DeliveryMode = DeliveryModes.Persistent };
        if (user is not null) properties.UserId = user;
        await channel.BasicPublishAsync("", RabbitQueue.Inbox, true, properties, System.Text.Encoding.UTF8.GetBytes(body));
    }

    /// <summary>Takes messages of a queue until there are so many, or a minute is over.</summary>
    public static async Task<List<Got>> Take(string queue, int count, Func<IReadOnlyList<Got>, bool>? enough = null)
    {
        await using var connection = await Connect();
        await using var channel = await connection.CreateChannelAsync();
        var got = new List<Got>();
        var all = new TaskCompletionSource();
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, message) =>
        {
            var text = System.Text.Encoding.UTF8.GetString(message.Body.Span);
            got.Add(new Got(message.RoutingKey, message.BasicProperties, text));
            await channel.BasicAckAsync(message.DeliveryTag, false);
            if (enough?.Invoke(got) ?? got.Count >= count) all.TrySetResult();
        };
        await channel.BasicConsumeAsync(queue, false, consumer);
        await Task.WhenAny(all.Task, Task.Delay(TimeSpan.FromSeconds(60)));
        return got;
    }

    static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}

/// <summary>A message as a partner got it.</summary>
sealed record Got(string Key, IReadOnlyBasicProperties Properties, string Text)
{
    public JsonElement Json { get; } = Text.StartsWith('{') ? JsonDocument.Parse(Text).RootElement : default;
    public string Id => Json.GetProperty("id").GetString()!;
    public string Stream => Json.GetProperty("subject").GetString()!;
    public int Version => Json.GetProperty("streamversion").GetInt32();
}
