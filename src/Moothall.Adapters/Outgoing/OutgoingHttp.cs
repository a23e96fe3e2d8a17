using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Moothall.Definitions;

namespace Moothall.Adapters.Outgoing;

/// <summary>
/// The one place that makes a client for addresses which stand in council data or definitions (CWE-918). An address has to begin with https. Its name is resolved here, every address that it has is looked at, and the
/// connection goes to one that was looked at: a name that answers otherwise the second time changes nothing. What an answer leads on to is not followed; no cookies are kept; its size and its time are bounded.
/// </summary>
public static class OutgoingHttp
{
    /// <summary>A client that may be shared and kept; the caller disposes of it.</summary>
    public static HttpClient Client(OutgoingSettings settings) => Client(settings, Dns.GetHostAddressesAsync);

    /// <param name="resolve">The addresses of a name.</param>
    internal static HttpClient Client(OutgoingSettings settings, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var connections = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseProxy = false, UseCookies = false, Credentials = null, PreAuthenticate = false, AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate | DecompressionMethods.Brotli,
            ConnectTimeout = settings.Patience, MaxResponseHeadersLength = 64, MaxConnectionsPerServer = 16, ActivityHeadersPropagator = null,
            // A name that moved is looked at anew.
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ConnectCallback = (context, cancel) => Connect(context.DnsEndPoint, settings, resolve, cancel),
            SslOptions = new SslClientAuthenticationOptions { CertificateRevocationCheckMode = X509RevocationMode.NoCheck },
        };
        if (settings.TrustedOnly is { } trusted) connections.SslOptions.CertificateChainPolicy = ServerCertificates.Policy(trusted);
        return new HttpClient(new Bounds(settings) { InnerHandler = connections }) { Timeout = settings.Patience, MaxResponseContentBufferSize = settings.MostBytes };
    }

    /// <summary>Why an address is not asked, as far as it can be told without looking up its name; null when it may be.</summary>
    public static Message? WhyNot(Uri? address, OutgoingSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (address is not { IsAbsoluteUri: true } || address.Scheme is not ("https" or "http") || address.Host.Length == 0) return new Message("It is not an address on the web. Write one that begins with https://.");
        if (address.UserInfo.Length > 0) return new Message("An address must not hold a name or password before its host. Write {address}.", ("address", new UriBuilder(address) { UserName = "", Password = "" }.Uri.GetLeftPart(UriPartial.Path)));
        if (address.Scheme == "http" && !(settings.ThisMachine && IsThisMachine(address))) return new Message("{host} would be asked without encryption. Write its address with https://.", ("host", address.Host));
        if (IPAddress.TryParse(address.Host.Trim('[', ']'), out var number) && !PublicAddresses.MayBeAsked(number, settings)) return NotPublic(address.Host);
        return null;
    }

    static bool IsThisMachine(Uri address) => address.IsLoopback || address.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);

    static Message NotPublic(string host) =>
        new Message("{host} is not on the public internet, so it is not asked. If it is a system of the council's own, an administrator names its network in the setting outgoing-networks.", ("host", host));

    static async ValueTask<Stream> Connect(DnsEndPoint to, OutgoingSettings settings, Func<string, CancellationToken, Task<IPAddress[]>> resolve, CancellationToken cancel)
    {
        IPAddress[] addresses;
        try
        {
            addresses = IPAddress.TryParse(to.Host, out var number) ? [number] : await resolve(to.Host, cancel);
        }
        catch (SocketException)
        {
            throw new OutgoingRefusedException(new Message("There is no server by the name {host}. Look whether it is written right.", ("host", to.Host)));
        }
        // One that is not public among several is what rebinding looks like.
        if (addresses.Length == 0 || !addresses.All(a => PublicAddresses.MayBeAsked(a, settings))) throw new OutgoingRefusedException(NotPublic(to.Host));
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, to.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Looks at each address before it is asked, and takes the whole answer within its bounds before it is given to anybody.</summary>
    sealed class Bounds(OutgoingSettings settings) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (WhyNot(request.RequestUri, settings) is { } why) throw new OutgoingRefusedException(why);
            HttpResponseMessage answer;
            try
            {
                answer = await base.SendAsync(request, cancellationToken);
            }
            catch (HttpRequestException trouble) when (trouble.InnerException is OutgoingRefusedException refused)
            {
                throw new OutgoingRefusedException(refused.Why);
            }
            try
            {
                await answer.Content.LoadIntoBufferAsync(settings.MostBytes, cancellationToken);
                return answer;
            }
            catch (HttpRequestException trouble) when (trouble.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
            {
                answer.Dispose();
                throw new OutgoingRefusedException(new Message("{host} answered with more than {kilobytes} kB, which is not taken.", ("host", request.RequestUri!.Host), ("kilobytes", settings.MostBytes / 1024)));
            }
            catch
            {
                answer.Dispose();
                throw;
            }
        }
    }
}
