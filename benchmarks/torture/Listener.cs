using System.Collections.Concurrent;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Moothall.Torture;

/// <summary>A partner who hears every event, and comes back whenever the broker does. Keeps the first coming of each id in the order of arrival.</summary>
sealed class Listener(Uri broker) : IDisposable
{
    const string Queue = "torture";
    readonly CancellationTokenSource over = new();
    readonly ConcurrentDictionary<string, byte> seen = [];
    readonly ConcurrentQueue<(string Stream, int Version)> first = [];
    int all;

    public IReadOnlyCollection<(string Stream, int Version)> First => first;
    public int All => all;

    public async Task Run()
    {
        while (!over.IsCancellationRequested)
        {
            try
            {
                var factory = new ConnectionFactory { Uri = broker, AutomaticRecoveryEnabled = false, RequestedHeartbeat = TimeSpan.FromSeconds(5) };
                await using var connection = await factory.CreateConnectionAsync(over.Token);
                await using var channel = await connection.CreateChannelAsync(cancellationToken: over.Token);
                await channel.ExchangeDeclareAsync("moothall.events", ExchangeType.Topic, durable: true, autoDelete: false, cancellationToken: over.Token);
                await channel.QueueDeclareAsync(Queue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellationToken: over.Token);
                await channel.QueueBindAsync(Queue, "moothall.events", "#", cancellationToken: over.Token);
                await channel.BasicQosAsync(0, 200, false, over.Token);
                var lost = new TaskCompletionSource();
                channel.ChannelShutdownAsync += (_, _) => { lost.TrySetResult(); return Task.CompletedTask; };
                var consumer = new AsyncEventingBasicConsumer(channel);
                consumer.ReceivedAsync += async (_, message) =>
                {
                    using var json = JsonDocument.Parse(message.Body);
                    Take(json.RootElement);
                    await channel.BasicAckAsync(message.DeliveryTag, false, over.Token);
                };
                await channel.BasicConsumeAsync(Queue, autoAck: false, consumer, over.Token);
                await lost.Task.WaitAsync(over.Token);
            }
            catch (OperationCanceledException) when (over.IsCancellationRequested)
            {
                return;
            }
            catch (Exception away) when (away is BrokerUnreachableException or OperationInterruptedException or AlreadyClosedException or IOException or TimeoutException or OperationCanceledException)
            {
                // The broker is away for now.
            }
            await Task.Delay(200, CancellationToken.None);
        }
    }

    void Take(JsonElement e)
    {
        Interlocked.Increment(ref all);
        var (id, stream) = (e.GetProperty("id").GetString()!, e.GetProperty("subject").GetString()!);
        if (seen.TryAdd(id, 0)) first.Enqueue((stream, e.GetProperty("streamversion").GetInt32()));
    }

    public void Dispose() => over.Cancel();
}
