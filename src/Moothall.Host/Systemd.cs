using System.Net.Sockets;

namespace Moothall.Host;

/// <summary>Tells systemd, where it started this program and waits for the word (`Type=notify`), that the council serves: sd_notify(3).</summary>
static class Systemd
{
    public static void SayReady()
    {
        if (Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is not { Length: > 0 } name) return;
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        // A name that begins with @ is one of Linux's abstract ones, which begin with a zero.
        socket.SendTo("READY=1"u8, new UnixDomainSocketEndPoint(name[0] == '@' ? '\0' + name[1..] : name));
    }
}
