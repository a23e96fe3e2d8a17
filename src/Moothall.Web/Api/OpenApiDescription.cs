using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Moothall.Web.Api;

/// <summary>The head of `/openapi/v1.json`: what the API is, and how programs sign in.</summary>
static class OpenApiDescription
{
    public static void Describe(OpenApiOptions options)
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
