using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

// The plain machine: what a page of 14 kB costs that Kestrel sends and that is built for each request from text, with no store and no service behind it.
//   dotnet run -c Release --project benchmarks/Moothall.Plain.Benchmarks -- http://127.0.0.1:5000
var address = args.FirstOrDefault() ?? "http://127.0.0.1:5000";
var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls(address);
var app = builder.Build();
app.MapGet("/", (HttpContext context) =>
{
    var page = new StringBuilder("<!doctype html><html lang=\"en\"><title>Plain</title><ul>", 16_384);
    for (var i = 0; i < 200; i++) page.Append("<li class=\"plain\">This is one line of about seventy bytes, number ").Append(i).Append("</li>");
    var bytes = Encoding.UTF8.GetBytes(page.Append("</ul></html>").ToString());
    context.Response.ContentType = "text/html; charset=utf-8";
    context.Response.ContentLength = bytes.Length;
    return context.Response.Body.WriteAsync(bytes).AsTask();
});
await app.RunAsync();
