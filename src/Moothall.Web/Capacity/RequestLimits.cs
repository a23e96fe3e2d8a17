using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Moothall.Definitions;
using Moothall.Web.Api;
using Moothall.Web.MyAccount;
using Moothall.Web.Resident;

namespace Moothall.Web.Capacity;

/// <summary>
/// How often somebody may ask for what can be misused: by the address that they come from, by who they are where that is known, and by service. What an address may is enough for a library full of residents
/// and not for a flood of files or mails; what one service gets of it leaves room for the others. The codes of links have at least 80 bits, so that even what a library needs is far too little for a guesser;
/// who guesses is answered more slowly before they are not answered any more. Reading pages is not limited: the gate bounds it.
/// </summary>
public sealed class RequestLimits(RequestDelegate next, RequestCounts counts, House house, WebSettings settings)
{
    /// <summary>How long an answer is held back at most, when what somebody may ask is used up.</summary>
    static readonly TimeSpan Slowest = TimeSpan.FromMilliseconds(250);
    const int SignIns = 60, Secrets = 300, Mails = 20, MailsToOne = 5, Files = 120, Forms = 1200, FormsOfOneService = 600;

    /// <summary>A limit that a request falls under.</summary>
    /// <param name="Slows">Whether who comes near to it is answered more slowly.</param>
    readonly record struct Limit(string Kind, string Who, int Most, bool Slows = false);

    public async Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        foreach (var limit in await For(context))
        {
            if (counts.Count(limit.Kind, limit.Who, limit.Most, out var used) is { } seconds)
            {
                await Refuse(context, seconds, limit.Kind == "program");
                return;
            }
            if (limit.Slows && used > 0.5) await Task.Delay(Slowest * Math.Min(1, (used - 0.5) * 2), context.RequestAborted);
        }
        await next(context);
    }

    async ValueTask<IReadOnlyList<Limit>> For(HttpContext context)
    {
        var (request, path) = (context.Request, context.Request.Path);
        // What a secret opens may be guessed at by looking alone.
        var isInvitation = path.StartsWithSegments("/desk/invitation", StringComparison.OrdinalIgnoreCase);
        var secret = path.StartsWithSegments("/return", StringComparison.OrdinalIgnoreCase) || path.StartsWithSegments(AgreeEndpoints.Address, StringComparison.OrdinalIgnoreCase) || path.StartsWithSegments("/following", StringComparison.OrdinalIgnoreCase) || path.StartsWithSegments("/account/link", StringComparison.OrdinalIgnoreCase) || path.StartsWithSegments("/account/invitation", StringComparison.OrdinalIgnoreCase) || request.Query["code"].Count > 0;
        // A program with a token is known by name: its council limits it, not the address that it comes from. Whether the token is good must be known first: a made-up one would lift the limit.
        if (ProgramAnswers.AreFor(path) && request.Headers.Authorization.Count > 0 && await context.RequestServices.GetRequiredService<Callers>().OfToken(context) is { IsSignedIn: true } program) return [new("program", program.Id, settings.RequestsPerProgram)];
        if ((HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && !secret && !isInvitation) return [];
        var address = Sender(context.Connection.RemoteIpAddress);
        // A whole office comes back from the council's provider in the same minutes.
        if (path.Value!.EndsWith("/back", StringComparison.OrdinalIgnoreCase) && (path.StartsWithSegments("/desk/sign-in", StringComparison.OrdinalIgnoreCase) || path.StartsWithSegments("/account/sign-in", StringComparison.OrdinalIgnoreCase))) return [new("provider", address, Secrets)];
        if (isInvitation || path.StartsWithSegments("/desk/sign-in", StringComparison.OrdinalIgnoreCase)) return [new("sign-in", address, SignIns, Slows: true)];
        if (secret || path.StartsWithSegments("/track", StringComparison.OrdinalIgnoreCase)) return [new("track", address, Secrets, Slows: true)];
        if (path.Value is { } to && (Ends(to, "/save") || Ends(to, "/follow") || AccountEndpoints.SendsMail(to.ToLowerInvariant().TrimEnd('/')))) return [new("mail", address, Mails)];
        if (path.StartsWithSegments("/api/v1/files", StringComparison.OrdinalIgnoreCase)) return [new("files", address, Files)];
        return ServiceOf(path) is { } service ? [new("form", address, Forms), new("service", service + " " + address, FormsOfOneService)] : [new("form", address, Forms)];
    }

    /// <summary>Whether one more mail may go to an address that somebody typed: nobody's letter box is filled by our forms, wherever they are sent from.</summary>
    public static bool MayWriteTo(HttpContext context, string email)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(email);
        return context.RequestServices.GetService<RequestCounts>()?.Count("mail-to", email.ToUpperInvariant(), MailsToOne, out _) is null;
    }

    static bool Ends(string path, string with) => path.AsSpan().TrimEnd('/').EndsWith(with, StringComparison.OrdinalIgnoreCase);

    // Only one that there is: whoever makes up names gets no room for each.
    string? ServiceOf(PathString path)
    {
        var steps = (path.Value ?? "").Split('/', 6);
        var name = steps is [_, "services", var page, ..] ? page : steps is [_, "api", _, "services", var named, ..] ? named : null;
        return name is not null && house.Services.Find(name) is not null ? name : null;
    }

    /// <summary>Who sends: an address, and of IPv6 the network that one household or office has as a whole (RFC 6177).</summary>
    internal static string Sender(IPAddress? address)
    {
        if (address is null) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? new IPAddress([.. address.GetAddressBytes().AsSpan(0, 8), 0, 0, 0, 0, 0, 0, 0, 0]).ToString() : address.ToString();
    }

    Task Refuse(HttpContext context, int seconds, bool isProgram)
    {
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        var words = isProgram ? new Message("Your program sends more than it may. Wait as long as Retry-After says, and send less at once.") : new Message("Too many requests came from your network. Wait a minute and try again.");
        var answer = ProgramAnswers.Of(context, 429, new Message("Too many requests"), words) ?? Pages.Problem(context, house, 429, new Message("Please wait a minute"), words);
        return answer.ExecuteAsync(context);
    }
}
