using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Moothall.Definitions;

/// <summary>A web address, http or https only. `https://` is put before one typed without it.</summary>
public sealed partial class WebType : WrittenType
{
    const int Most = 2000;

    public override string Name => "web";

    private protected override string Missing(Question question, Wording words) => words.EnterWeb;

    private protected override string Unreadable(Question question, Wording words) => words.NotWeb;

    private protected override Reading ReadText(Question question, string text, ReadingContext context, Wording words)
    {
        var address = Scheme().IsMatch(text) ? text : $"https://{text}";
        if (Tidy.Length(address) > Most)
            return question.Wrong(words.TooLong(question, Most));
        var good = Begins().IsMatch(address)
            && !Unsafe().IsMatch(address)
            && Uri.TryCreate(address, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https"
            && uri.UserInfo.Length == 0
            && uri.HostNameType is UriHostNameType.Dns or UriHostNameType.IPv4
            && uri.Host.Trim('.').Contains('.', StringComparison.Ordinal);
        return good ? Reading.Of(new TextAnswer(address)) : question.Wrong(words.NotWeb);
    }

    private protected override JsonObject Shape(Question question) =>
        new() { ["type"] = "string", ["format"] = "iri", ["pattern"] = "^[Hh][Tt][Tt][Pp][Ss]?://", ["maxLength"] = Most };

    [GeneratedRegex("^([a-z][a-z0-9+.-]*:/|[a-z][a-z0-9+-]*:(?![0-9]))", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Scheme();

    [GeneratedRegex("^https?://[^/]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Begins();

    [GeneratedRegex(@"[\s<>""{}|\\^`]")]
    private static partial Regex Unsafe();
}
