using System.Net;
using Moothall.Store;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests;

public sealed class RunningCouncilTests(Councils councils)
{
    [Theory, BothDatabases]
    public async Task A_node_is_ready_and_knows_its_programs_by_their_tokens(Dialect dialect)
    {
        var council = await councils.On(dialect);
        using var anyone = await council.Client();
        using var worker = await council.Client("amara-okafor");
        (await anyone.GetAsync("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await anyone.GetAsync("/api/v1/desk/cases")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await worker.GetAsync("/api/v1/desk/cases")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await council.WaitForFigures();
    }
}
