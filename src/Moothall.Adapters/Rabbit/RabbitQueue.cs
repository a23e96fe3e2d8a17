using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Moothall.Definitions;
using Moothall.Exchange;
using NodaTime;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Moothall.Adapters.Rabbit;

/// <summary>
/// RabbitMQ as the council's queue. Out: the topic exchange `moothall.events`; every event waits for its confirmation. In: the quorum queue `moothall.inbox`, which one node at a time
/// is given messages of; what cannot be taken goes to `moothall.dead` with its reason. The inbox bears the identity of the store in its arguments, which RabbitMQ itself
/// compares, so a second council on the same virtual host is noticed by whoever comes second.
/// </summary>
public sealed class RabbitQueue(RabbitAddress address, string store, string node) : IEventQueue
{
    public const string Events = "moothall.events", Inbox = "moothall.inbox", Dead = "moothall.dead";
    /// <summary>The header of a message put aside that says why.</summary>
    public const string Reason = "moothall-reason";
    /// <summary>Most events that wait for their confirmation.</summary>
    const int MostOutstanding = 256;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    // AMQP 0-9-1 reply codes.
    const ushort AccessRefused = 403, NotAllowed = 530, PreconditionFailed = 406;

    readonly SemaphoreSlim opening = new(1, 1);
    IConnection? connection;
    IChannel? channel;

    public Message? Trouble { get; private set; }

    public async Task Check(CancellationToken cancel)
    {
        // While it is connected, what came of the last events says more.
        if (channel is { IsOpen: true }) return;
        try
        {
            await Publisher(cancel);
            Trouble = null;
        }
        catch (Exception trouble) when (trouble is not (QueueRefusedException or OperationCanceledException))
        {
            Trouble = Words(trouble);
        }
    }

    public async Task<QueueDepth?> Depth(CancellationToken cancel)
    {
        try
        {
            await Publisher(cancel);
            if (connection is not { } on) return null;
            await using var asking = await on.CreateChannelAsync(cancellationToken: cancel);
            return new QueueDepth(await asking.MessageCountAsync(Inbox, cancel), await asking.MessageCountAsync(Dead, cancel));
        }
        catch (Exception trouble) when (trouble is not OperationCanceledException)
        {
            return null;
        }
    }

    public async Task<IReadOnlyList<bool>> Publish(IReadOnlyList<CloudEvent> events, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(events);
        var done = new bool[events.Count];
        try
        {
            var to = await Publisher(cancel);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            patience.CancelAfter(Patience);
            var sending = events.Select(e => Send(to, Events, e.RoutingKey, Properties(e), e.ToJson(), patience.Token)).ToList();
            Exception? first = null;
            for (var i = 0; i < sending.Count; i++)
            {
                try
                {
                    await sending[i];
                    done[i] = true;
                }
                catch (Exception trouble)
                {
                    first ??= trouble;
                }
            }
            cancel.ThrowIfCancellationRequested();
            if (first is null) Trouble = null;
            else
            {
                Trouble = Words(first);
                // A refusal leaves the channel as it is; anything else may have lost it.
                if (first is not PublishException) await Drop();
            }
        }
        catch (Exception trouble) when (trouble is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            Trouble = Words(trouble);
            await Drop();
        }
        return done;
    }

    static async Task Send(IChannel to, string exchange, string key, BasicProperties properties, ReadOnlyMemory<byte> body, CancellationToken cancel) =>
        await to.BasicPublishAsync(exchange, key, mandatory: false, properties, body, cancel);

    static BasicProperties Properties(CloudEvent e) => new()
    {
        ContentType = CloudEvent.MediaType, DeliveryMode = DeliveryModes.Persistent, MessageId = e.Id, Type = e.Type, AppId = "moothall",
        Timestamp = new AmqpTimestamp((e.Time ?? Instant.FromUnixTimeSeconds(0)).ToUnixTimeSeconds()),
    };

    public async Task Listen(Func<Arrival, CancellationToken, Task<string?>> take, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(take);
        await using var own = await Connect("inbox", cancel);
        await using var from = await own.CreateChannelAsync(new CreateChannelOptions(true, true, null), cancel);
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        from.ChannelShutdownAsync += (_, _) => { lost.TrySetResult(); return Task.CompletedTask; };
        await from.BasicQosAsync(0, 32, false, cancel);
        var consumer = new AsyncEventingBasicConsumer(from);
        consumer.ReceivedAsync += async (_, message) =>
        {
            try
            {
                // The memory is the client's and is used again after this.
                var arrival = new Arrival(message.Body.ToArray(), message.BasicProperties.ContentType, message.BasicProperties.UserId);
                if (await take(arrival, cancel) is { } why) await PutAside(from, message, why, cancel);
                await from.BasicAckAsync(message.DeliveryTag, false, cancel);
            }
            catch (Exception)
            {
                // Not acknowledged: the message comes again, here or elsewhere.
                lost.TrySetResult();
            }
        };
        await from.BasicConsumeAsync(Inbox, autoAck: false, consumer, cancel);
        await lost.Task.WaitAsync(cancel);
    }

    static Task PutAside(IChannel to, BasicDeliverEventArgs message, string why, CancellationToken cancel)
    {
        var properties = new BasicProperties(message.BasicProperties) { DeliveryMode = DeliveryModes.Persistent, UserId = null };
        properties.Headers = new Dictionary<string, object?>(message.BasicProperties.Headers ?? new Dictionary<string, object?>()) { [Reason] = why };
        if (message.BasicProperties.UserId is { } user) properties.Headers["moothall-sender"] = user;
        return Send(to, Dead, message.RoutingKey, properties, message.Body, cancel);
    }

    async Task<IChannel> Publisher(CancellationToken cancel)
    {
        if (channel is { IsOpen: true } open) return open;
        await opening.WaitAsync(cancel);
        try
        {
            if (channel is { IsOpen: true } opened) return opened;
            await Drop();
            connection = await Connect("events", cancel);
            channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true, new ThrottlingRateLimiter(MostOutstanding)), cancel);
            return channel;
        }
        catch
        {
            await Drop();
            throw;
        }
        finally
        {
            opening.Release();
        }
    }

    async Task<IConnection> Connect(string what, CancellationToken cancel)
    {
        var factory = new ConnectionFactory
        {
            Uri = address.Uri, AutomaticRecoveryEnabled = false, TopologyRecoveryEnabled = false, ClientProvidedName = $"moothall {node} {what}",
            RequestedHeartbeat = TimeSpan.FromSeconds(10), RequestedConnectionTimeout = TimeSpan.FromSeconds(5), ContinuationTimeout = Patience,
        };
        Message? wrong = null;
        if (address.IsEncrypted)
            factory.Ssl = new SslOption
            {
                Enabled = true, ServerName = address.Uri.Host,
                CertificateValidationCallback = (_, certificate, chain, errors) =>
                {
                    var fault = ServerCertificates.Fault(certificate, chain, errors, address.TrustedOnly);
                    if (fault != CertificateFault.None) wrong = Wrong(certificate as X509Certificate2, fault);
                    return fault == CertificateFault.None;
                },
            };
        IConnection? on = null;
        try
        {
            // That there is such a virtual host is said only when something is asked of it.
            on = await factory.CreateConnectionAsync(cancel);
            await Declare(on, cancel);
            return on;
        }
        catch (Exception trouble)
        {
            if (on is not null) await Close(on);
            if (wrong is not null) throw new QueueRefusedException(wrong, trouble);
            if (address.IsEncrypted && Inner<AuthenticationException>(trouble) is not null)
                throw new QueueRefusedException(new Message("RabbitMQ at {server} does not speak TLS on that port. Most brokers do on 5671 (listeners.ssl in rabbitmq.conf); put --queue right.", ("server", address.Shown)), trouble);
            if (Inner<AuthenticationFailureException>(trouble) is not null)
                throw new QueueRefusedException(new Message("RabbitMQ at {server} refuses the user or the password of --queue. Put them right: amqp://USER:PASSWORD@HOST:PORT/VIRTUAL-HOST.", ("server", address.Shown)), trouble);
            switch (Inner<OperationInterruptedException>(trouble)?.ShutdownReason?.ReplyCode)
            {
                case AccessRefused or NotAllowed:
                    throw new QueueRefusedException(new Message("RabbitMQ at {server} has no such virtual host, or the user of --queue may not use it. Make it with: rabbitmqctl add_vhost NAME, and rabbitmqctl set_permissions -p NAME USER '.*' '.*' '.*'.", ("server", address.Shown)), trouble);
                case PreconditionFailed:
                    throw new QueueRefusedException(new Message("The queue at {server} belongs to another council: its {queue} bears another mark. Give this council a virtual host of its own (rabbitmqctl add_vhost NAME) and name it at the end of --queue.", ("server", address.Shown), ("queue", Inbox)), trouble);
                default:
                    throw;
            }
        }
    }

    Message Wrong(X509Certificate2? shown, CertificateFault fault) => fault switch
    {
        _ when shown is null => new Message("RabbitMQ at {server} shows no certificate.", ("server", address.Shown)),
        CertificateFault.NotValidNow => new Message("The certificate of RabbitMQ at {server} is not valid now: it is for {from} to {until}. Ask whoever looks after RabbitMQ to renew it.", ("server", address.Shown), ("from", LocalDate.FromDateTime(shown.NotBefore)), ("until", LocalDate.FromDateTime(shown.NotAfter))),
        CertificateFault.OtherName => new Message("The certificate of RabbitMQ is not for {host} but for {names}. Put the name in the certificate into --queue.", ("host", address.Uri.Host), ("names", ServerCertificates.Names(shown))),
        _ => new Message("The certificate of RabbitMQ at {server} is not from an authority that we trust. If it is your own, name its file in --queue-ca.", ("server", address.Shown)),
    };

    // The inbox first: whether it is ours is seen before anything else is made.
    async Task Declare(IConnection on, CancellationToken cancel)
    {
        await using var declaring = await on.CreateChannelAsync(cancellationToken: cancel);
        await declaring.QueueDeclareAsync(Inbox, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?>
        {
            ["x-queue-type"] = "quorum", ["x-single-active-consumer"] = true, ["x-dead-letter-exchange"] = Dead, ["x-dead-letter-routing-key"] = store,
        }, cancellationToken: cancel);
        await declaring.ExchangeDeclareAsync(Dead, ExchangeType.Topic, durable: true, autoDelete: false, cancellationToken: cancel);
        await declaring.QueueDeclareAsync(Dead, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellationToken: cancel);
        await declaring.QueueBindAsync(Dead, Dead, "#", cancellationToken: cancel);
        await declaring.ExchangeDeclareAsync(Events, ExchangeType.Topic, durable: true, autoDelete: false, cancellationToken: cancel);
    }

    Message Words(Exception trouble) => trouble switch
    {
        QueueRefusedException refused => refused.Why,
        PublishException => new Message("RabbitMQ at {server} refused an event. Its log says why; a full queue of a partner is a common cause.", ("server", address.Shown)),
        OperationCanceledException => new Message("RabbitMQ at {server} took longer than {seconds, plural, one {# second} other {# seconds}} to confirm. Its log says whether memory or disk ran out.", ("server", address.Shown), ("seconds", (int)Patience.TotalSeconds)),
        _ => new Message("RabbitMQ at {server} does not answer. Events wait in the store until it does.", ("server", address.Shown)),
    };

    static T? Inner<T>(Exception? trouble) where T : Exception
    {
        for (; trouble is not null; trouble = trouble.InnerException)
            if (trouble is T found) return found;
        return null;
    }

    async Task Drop()
    {
        var (old, on) = (channel, connection);
        (channel, connection) = (null, null);
        if (old is not null) await Close(old);
        if (on is not null) await Close(on);
    }

    static async Task Close(IAsyncDisposable what)
    {
        try
        {
            await what.DisposeAsync();
        }
        catch (Exception gone) when (gone is AlreadyClosedException or IOException or OperationInterruptedException or ObjectDisposedException or TimeoutException)
        {
            // It was lost already.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Drop();
        opening.Dispose();
    }
}
