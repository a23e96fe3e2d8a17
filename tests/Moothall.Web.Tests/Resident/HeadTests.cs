using System.Net;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Resident;

public sealed class HeadTests(Councils councils)
{
    [Theory]
    [InlineData("/")]
    [InlineData("/services/report-a-pothole")]
    [InlineData("/help/contact")]
    [InlineData("/api/v1/services")]
    [InlineData("/health/ready")]
    [InlineData("/nothing-here")]
    public async Task Head_is_answered_as_get_without_a_body(string path)
    {
        using var client = await (await councils.Sqlite).Client();
        using var get = await client.GetAsync(path);
        using var head = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));
        head.StatusCode.ShouldBe(get.StatusCode);
        head.Content.Headers.ContentType.ShouldBe(get.Content.Headers.ContentType);
        (await head.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
        (await client.GetAsync(path)).StatusCode.ShouldBe(get.StatusCode);
    }

    [Fact]
    public async Task Head_of_an_address_that_only_takes_post_is_refused_in_words()
    {
        using var client = await (await councils.Sqlite).Client();
        using var head = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/api/v1/files"));
        head.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }
}
