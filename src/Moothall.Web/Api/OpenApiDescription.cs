using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using Moothall.Web.Door;

namespace Moothall.Web.Api;

/// <summary>
/// `/openapi/v1.json`: what the API is, and how programs sign in. It is written when somebody first asks for it, by services of its own: a start does not wait for what only that needs, and a node
/// that is never asked does not hold it.
/// </summary>
static class OpenApiDescription
{
    const string Document = "v1";

    public static void Map(IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        byte[]? written = null;
        app.MapGet($"/openapi/{Document}.json", async (CancellationToken cancel) => Results.Bytes(written ??= await Write(app.ServiceProvider, cancel), "application/json; charset=utf-8")).ExcludeFromDescription().Open();
    }

    static async Task<byte[]> Write(IServiceProvider house, CancellationToken cancel)
    {
        var services = new ServiceCollection();
        // Only that they are services counts: what a handler takes of them is no part of a request. None is made here.
        foreach (var type in house.GetRequiredService<IServiceCollection>().Where(s => !s.IsKeyedService && !s.ServiceType.IsGenericType).Select(s => s.ServiceType))
            services.AddSingleton(type, _ => throw new InvalidOperationException($"{type} is not for describing the API."));
        services.AddLogging().AddOpenApi(Document, Describe);
        services.AddSingleton(house.GetRequiredService<EndpointDataSource>()).AddSingleton(house.GetRequiredService<IHostEnvironment>()).AddSingleton(house.GetRequiredService<ParameterPolicyFactory>())
            .AddSingleton(house.GetRequiredService<IServer>()).AddSingleton(house.GetRequiredService<ILoggerFactory>()).AddSingleton(house.GetRequiredService<IOptions<JsonOptions>>());
        await using var own = services.BuildServiceProvider();
        var document = await own.GetRequiredKeyedService<IOpenApiDocumentProvider>(Document).GetOpenApiDocumentAsync(cancel);
        using var text = new MemoryStream();
        await document.SerializeAsJsonAsync(text, OpenApiSpecVersion.OpenApi3_1, cancel);
        return text.ToArray();
    }

    static void Describe(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Moothall", Version = "1",
                Description = "A council's services for programs. Errors are application/problem+json (RFC 9457). Times are ISO 8601 with zone, money is decimal pounds.",
            };
            document.Servers = [];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                ["token"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A token made by an administrator with `moothall token create`." },
            };
            return Task.CompletedTask;
        });
    }
}
