using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Moothall.Benchmarks.Replaying;
using Moothall.Definitions;
using Moothall.Testing;

namespace Moothall.Check.Benchmarks;

/// <summary>
/// Pages of a short and of a long form as somebody opens them: the built program serves both, every question is answered, and then each page is opened again and again, those of both forms in
/// turn, so that whatever else the machine does falls on both.
/// </summary>
static partial class PagesOverHttp
{
    /// <summary>How often each page of the long form is opened; its time is the median.</summary>
    const int Rounds = 9;

    /// <summary>What opening took, in milliseconds: any page of the short form, and of the long one each page by its median.</summary>
    public static async Task<(PageTimes Small, PageTimes Large, string Slowest)> Measure(string host, string repository, string small, string large)
    {
        var folder = Directory.CreateTempSubdirectory("moothall-pages-").FullName;
        try
        {
            foreach (var part in new[] { "services", "council" }) Folders.Copy(Path.Combine(repository, part), Path.Combine(folder, part));
            foreach (var text in new[] { small, large })
            {
                var name = NameOf(text);
                Directory.CreateDirectory(Path.Combine(folder, "services", name));
                await File.WriteAllTextAsync(Path.Combine(folder, "services", name, "service.yaml"), text);
                await File.AppendAllTextAsync(Path.Combine(folder, "council", "offers.yaml"), $"  {name}:\n    wessex:\n      team: streets\n");
            }
            await using var server = new ServerProcess(host, ["--data", Path.Combine(folder, "data")], Path.Combine(folder, "services"), Path.Combine(folder, "council"));
            await server.Start();
            using var client = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = server.Address };
            var (shorter, longer) = (await Answered(client, small), await Answered(client, large));
            var times = longer.ToDictionary(page => page, _ => new List<double>());
            var all = new List<double>();
            for (var round = -2; round < Rounds; round++)
                for (var i = 0; i < longer.Count; i++)
                {
                    var (one, other) = (await Opened(client, longer[i]), await Opened(client, shorter[i % shorter.Count]));
                    if (round < 0) continue;
                    times[longer[i]].Add(one);
                    all.Add(other);
                }
            var each = times.ToDictionary(t => t.Key, t => t.Value.Order().ElementAt(t.Value.Count / 2));
            return (Of(all), Of([.. each.Values]), each.MaxBy(e => e.Value).Key);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static PageTimes Of(List<double> times)
    {
        times.Sort();
        return new(times[times.Count / 2], times[(int)(times.Count * 0.99)], times[^1]);
    }

    static string NameOf(string text) => text.Split('\n')[0]["service: ".Length..].Trim();

    /// <summary>Answers every question of a form; the addresses of its pages.</summary>
    static async Task<List<string>> Answered(HttpClient client, string text)
    {
        var definition = ServiceReader.Read("service.yaml", text).Definition!;
        var pages = new List<string>();
        var response = await client.GetAsync($"/services/{definition.Name}/start");
        while (true)
        {
            var address = response.RequestMessage!.RequestUri!.AbsolutePath;
            var page = await response.Content.ReadAsStringAsync();
            if (response.StatusCode != HttpStatusCode.OK) throw new InvalidOperationException($"{address} answered {(int)response.StatusCode}.");
            if (address.EndsWith("/check", StringComparison.Ordinal)) return pages;
            pages.Add(address);
            var question = definition.FindQuestion(address[(address.LastIndexOf('/') + 1)..])!;
            var fields = Hidden().Matches(page).Select(m => KeyValuePair.Create(m.Groups["name"].Value, WebUtility.HtmlDecode(m.Groups["value"].Value))).ToList();
            var said = question.Type.Name switch { "choice" => "large", "yes-no" => pages.Count % 3 == 0 ? "yes" : "no", "number" => "7", _ => "It is so." };
            fields.AddRange(question.Type.Name == "person" ? [KeyValuePair.Create($"{question.Name}-name", "Ann Lee"), KeyValuePair.Create($"{question.Name}-email", "ann@mail.example")] : [KeyValuePair.Create(question.Name, said)]);
            response = await client.PostAsync(address, new FormUrlEncodedContent(fields));
        }
    }

    static async Task<double> Opened(HttpClient client, string address)
    {
        var since = Stopwatch.GetTimestamp();
        using var response = await client.GetAsync(address);
        await response.Content.ReadAsByteArrayAsync();
        var took = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
        return response.StatusCode == HttpStatusCode.OK && response.RequestMessage!.RequestUri!.AbsolutePath == address ? took
            : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{address} answered {(int)response.StatusCode}, or led elsewhere."));
    }

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*name=\"(?<name>[^\"]+)\"[^>]*value=\"(?<value>[^\"]*)\"")]
    private static partial Regex Hidden();
}
