using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Moothall.Definitions;
using Moothall.Journeys;
using NodaTime;

namespace Moothall.Adapters.ClamAv;

/// <summary>
/// Has ClamAV's daemon look at files by its INSTREAM command (clamd(8)): the bytes go to it in chunks of a length and that many bytes, and end with a length of nought. Nothing is written to a disk on
/// the way. One that was down is left alone for half a minute, so that nobody waits for it with each file.
/// </summary>
public sealed class ClamScanner(ClamAddress address, IClock clock) : IFileScanner
{
    const int ChunkBytes = 64 * 1024;
    /// <summary>How old its list of viruses may be before an administrator is told.</summary>
    static readonly Duration Stale = Duration.FromDays(7);
    static readonly Duration LeftAlone = Duration.FromSeconds(30);
    static readonly TimeSpan Reach = TimeSpan.FromSeconds(3), Patience = TimeSpan.FromSeconds(30);
    long downUntil;

    public async Task<Scan> Look(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        var now = clock.GetCurrentInstant();
        if (now < Instant.FromUnixTimeTicks(Interlocked.Read(ref downUntil))) return Scan.Unknown;
        try
        {
            var said = await Ask("INSTREAM", async stream =>
            {
                var length = new byte[4];
                for (var at = 0; at < bytes.Length; at += ChunkBytes)
                {
                    var chunk = bytes.Slice(at, Math.Min(ChunkBytes, bytes.Length - at));
                    BinaryPrimitives.WriteInt32BigEndian(length, chunk.Length);
                    await stream.WriteAsync(length, cancel);
                    await stream.WriteAsync(chunk, cancel);
                }
                await stream.WriteAsync(new byte[4], cancel);
            }, cancel);
            return said == "stream: OK" ? Scan.Clean : said.EndsWith(" FOUND", StringComparison.Ordinal) ? Scan.Infected : Scan.Unknown;
        }
        catch (Exception trouble) when (IsTheirs(trouble, cancel))
        {
            Interlocked.Exchange(ref downUntil, (now + LeftAlone).ToUnixTimeTicks());
            return Scan.Unknown;
        }
    }

    public async Task<Message?> Check(CancellationToken cancel)
    {
        try
        {
            var said = await Ask("VERSION", null, cancel);
            if (!said.StartsWith("ClamAV ", StringComparison.Ordinal)) return new Message("What answers at {address} is not ClamAV. Look at the setting scanner.", ("address", address.ToString()));
            Interlocked.Exchange(ref downUntil, 0);
            return MadeOn(said) is { } made && clock.GetCurrentInstant() - made > Stale
                ? new Message("ClamAV’s list of viruses is of {day} and finds nothing that came later. See that freshclam runs.", ("day", made.InUtc().Date.ToString("d MMMM yyyy", CultureInfo.InvariantCulture))) : null;
        }
        catch (Exception trouble) when (IsTheirs(trouble, cancel))
        {
            return new Message("ClamAV cannot be reached at {address}. Files are kept and looked at when it is back; until then nobody opens them. See that clamd runs and listens there.", ("address", address.ToString()));
        }
    }

    // ClamAV 1.4.6/27300/Sat Jun  7 08:35:28 2026: the program, the number of its list, and when that was made. Without a list of ClamAV's own there is the program only.
    static Instant? MadeOn(string said) =>
        said.Split('/') is [_, _, var made] && DateTime.TryParseExact(string.Join(' ', made.Split(' ', StringSplitOptions.RemoveEmptyEntries)), "ddd MMM d HH:mm:ss yyyy", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? Instant.FromDateTimeUtc(at) : null;

    static bool IsTheirs(Exception trouble, CancellationToken cancel) => trouble is SocketException or IOException || (trouble is OperationCanceledException && !cancel.IsCancellationRequested);

    async Task<string> Ask(string command, Func<Stream, Task>? send, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Reach);
        var to = address.EndPoint;
        using var socket = to is UnixDomainSocketEndPoint ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(to, limit.Token);
        limit.CancelAfter(Patience);
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"z{command}\0"), limit.Token);
        try
        {
            if (send is not null) await send(stream).WaitAsync(limit.Token);
        }
        catch (IOException)
        {
            // It says why before it hangs up: the file is larger than it takes.
        }
        var said = new List<byte>();
        var some = new byte[256];
        while (said.Count < 4096 && await stream.ReadAsync(some, limit.Token) is > 0 and var count)
        {
            said.AddRange(some.AsSpan(0, count));
            if (said[^1] == 0) break;
        }
        return Encoding.UTF8.GetString([.. said]).TrimEnd('\0', '\n');
    }
}
