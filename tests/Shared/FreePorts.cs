using System.Net;
using System.Net.Sockets;

namespace Moothall.Testing;

/// <summary>
/// Ports for programs that a test or a benchmark starts. They lie below those that the system gives to outgoing connections (from 32768 on),
/// since a connection of any other test could take one of those between two starts of a program.
/// </summary>
static class FreePorts
{
    /// <summary>The first of some ports in a row of which nobody has one at this moment.</summary>
    public static int First(int inARow = 1)
    {
        while (true)
        {
            var first = Random.Shared.Next(20_000, 32_000);
            var taken = new List<TcpListener>();
            try
            {
                for (var i = 0; i < inARow; i++)
                {
                    var listener = new TcpListener(IPAddress.Loopback, first + i);
                    listener.Start();
                    taken.Add(listener);
                }
                return first;
            }
            catch (SocketException)
            {
                // One of them is taken: others are tried.
            }
            finally
            {
                foreach (var listener in taken) listener.Stop();
            }
        }
    }
}
