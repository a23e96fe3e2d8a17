using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Logging;
using Moothall.Web.Design;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Design;

public sealed class ResponseTests : IAsyncLifetime
{
    WebApplication app = null!;
    HttpClient client = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.UseSecurityHeaders();
        app.MapAssets();
        app.MapGet("/{**path}", (Microsoft.AspNetCore.Http.HttpContext context) => new PageResult(new Page { Look = new() { Council = "Dyfed", Nonce = context.Nonce() }, Title = "Tŷ" }));
        await app.StartAsync();
        client = app.GetTestClient();
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task A_page_comes_whole_with_its_length_and_is_kept_by_nobody()
    {
        var response = await client.GetAsync("/services");
        response.Content.Headers.ContentType!.ToString().ShouldBe("text/html; charset=utf-8");
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var bytes = await response.Content.ReadAsByteArrayAsync();
        response.Content.Headers.ContentLength.ShouldBe(bytes.Length);
        Encoding.UTF8.GetString(bytes).ShouldContain("<title>Tŷ - Dyfed</title>");
    }

    [Fact]
    public async Task A_page_is_gzipped_for_those_who_take_it()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "br;q=0, gzip");
        var response = await client.SendAsync(request);
        response.Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
        using var plain = new StreamReader(new GZipStream(await response.Content.ReadAsStreamAsync(), CompressionMode.Decompress));
        (await plain.ReadToEndAsync()).ShouldEndWith("</html>");
    }

    [Fact]
    public async Task Only_our_own_script_and_style_may_run()
    {
        var response = await client.GetAsync("/");
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldStartWith("default-src 'none'; ");
        policy.ShouldNotContain("unsafe");
        var nonce = policy.Split("'nonce-")[1].Split('\'')[0];
        System.Net.WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync()).ShouldContain($"<style nonce=\"{nonce}\">");
        (await client.GetAsync("/")).Headers.GetValues("Content-Security-Policy").Single().ShouldNotContain(nonce);
    }

    [Theory]
    [InlineData("http://localhost/services", "same-origin", false)]
    [InlineData("http://localhost/track/POT-1", "no-referrer", false)]
    [InlineData("https://www.example.gov.uk/track", "no-referrer", true)]
    [InlineData("https://localhost/", "same-origin", false)]
    public async Task The_address_of_a_page_stays_here_and_safe_transport_is_promised_only_by_real_hosts(string address, string referrer, bool promised)
    {
        var headers = (await client.GetAsync(address)).Headers;
        headers.GetValues("Referrer-Policy").ShouldBe([referrer]);
        headers.Contains("Strict-Transport-Security").ShouldBe(promised);
        foreach (var (name, value) in new[] { ("X-Content-Type-Options", "nosniff"), ("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "same-origin") })
            headers.GetValues(name).ShouldBe([value]);
    }

    [Theory]
    [InlineData("open.css", "text/css; charset=utf-8")]
    [InlineData("open.js", "text/javascript; charset=utf-8")]
    [InlineData("favicon.svg", "image/svg+xml")]
    public async Task An_asset_is_served_for_ever_in_the_coding_that_is_taken(string name, string type)
    {
        foreach (var (accepted, coding) in new[] { ("br, gzip", "br"), ("gzip", "gzip"), ("gzip;q=0", null), ("identity", null) })
        {
            var request = new HttpRequestMessage(HttpMethod.Get, Assets.Url(name));
            request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
            var response = await client.SendAsync(request);
            response.Content.Headers.ContentType!.ToString().ShouldBe(type);
            response.Content.Headers.ContentEncoding.SingleOrDefault().ShouldBe(coding);
            response.Headers.CacheControl!.ToString().ShouldBe("public, max-age=31536000, immutable");
        }
    }

    [Fact]
    public async Task An_asset_that_is_not_there_is_not_found()
    {
        (await client.GetAsync("/assets/open-0000000000.css")).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await client.GetAsync("/assets/manifest.json")).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_first_visit_weighs_at_most_twenty_kilobytes()
    {
        long bytes = 0;
        foreach (var address in new[] { "/", Assets.Url("open.css"), Assets.Url("open.js"), Assets.Url("favicon.svg") })
        {
            var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");
            bytes += (await (await client.SendAsync(request)).Content.ReadAsByteArrayAsync()).Length;
        }
        bytes.ShouldBeLessThanOrEqualTo(20_000);
    }

    [Fact]
    public async Task No_asset_names_a_font_a_crown_or_a_picture_of_the_government()
    {
        var sheet = await client.GetStringAsync(Assets.Url("open.css")) + await client.GetStringAsync(Assets.Url("desk.css"));
        foreach (var word in new[] { "GDS Transport", "@font-face", "url(", "crest", "crown" }) sheet.ShouldNotContain(word);
    }
}
