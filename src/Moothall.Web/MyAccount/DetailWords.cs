using System.Text.Json;
using Moothall.Identity;
using Moothall.Web.Design;

namespace Moothall.Web.MyAccount;

/// <summary>What an account remembers, in words.</summary>
static class DetailWords
{
    public static string Kind(Look look, string kind) => kind switch
    {
        "person" => look.Say("Your name and how to reach you"),
        "email" => look.Say("Email address"),
        "phone" => look.Say("Phone number"),
        _ => look.Say("Address"),
    };

    /// <summary>The answer as it was given.</summary>
    public static IReadOnlyList<string> Lines(Look look, AccountDetail detail)
    {
        using var json = JsonDocument.Parse(detail.Json);
        return json.RootElement.ValueKind == JsonValueKind.Object
            ? [.. json.RootElement.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.String && p.Value.GetString()!.Length > 0).Select(p => p.Value.GetString()!)]
            : [json.RootElement.ToString()];
    }
}
