using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Moothall.Definitions;
using Moothall.Records;
using Moothall.Store;
using Moothall.Web.Design;
using NodaTime;
using NodaTime.Text;

namespace Moothall.Web.Desk.Records;

/// <summary>
/// A person's copy of what the council holds about them, in one file: a page to read, the same as data, and the files they sent. It says of each thing where
/// it came from, and of each case who of the staff read it.
/// </summary>
static class PersonPackage
{
    static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All) };

    /// <summary>Makes it in a temporary file that goes when it was sent. Its name says nothing of the person.</summary>
    public static async Task<(string Name, Stream Content)> Make(House house, DeskVisit desk, IReadOnlyList<PersonRecord> records, CancellationToken cancel)
    {
        var name = "copy-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var content = new FileStream(Path.Combine(Path.GetTempPath(), $"moothall-{Guid.NewGuid():n}"), options);
        try
        {
            await using (var archive = await ZipArchive.CreateAsync(content, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancel))
            {
                await Write(archive, "read-me.html", Page(desk, records), cancel);
                await Write(archive, "data.json", JsonSerializer.Serialize(Data(desk, records), Json), cancel);
                foreach (var record in records)
                    foreach (var file in record.File.Files.Values)
                        if (await FileStore.Open(house.Database, file.Id, cancel) is { } bytes)
                            await using (bytes)
                            await using (var entry = await archive.CreateEntry(PathOf(record, file)).OpenAsync(cancel))
                                await bytes.CopyToAsync(entry, cancel);
            }
            content.Position = 0;
            return (name, content);
        }
        catch
        {
            await content.DisposeAsync();
            throw;
        }
    }

    static async Task Write(ZipArchive archive, string path, string text, CancellationToken cancel)
    {
        await using var entry = await archive.CreateEntry(path).OpenAsync(cancel);
        await entry.WriteAsync(Encoding.UTF8.GetBytes(text), cancel);
    }

    // Names come from people: nothing that leads out of the folder, and never the same twice.
    static string PathOf(PersonRecord record, KnownFile file) =>
        $"files/{record.File.Case.Reference}/{file.Id[..6]}-{new string([.. file.Name.Select(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_')]).TrimStart('.')}";

    static string At(Instant at) => InstantPattern.General.Format(at);

    static IReadOnlyList<(string Question, IReadOnlyList<string> Lines)> Answers(PersonRecord record) =>
        [.. PersonWords.Asked(record).Select(q => (q.Label("en"), record.File.Answers[q.Name] switch
        {
            null or SkippedAnswer => (IReadOnlyList<string>)["Not provided"],
            FilesAnswer files => [.. files.Files.Select(id => record.File.Files.TryGetValue(id, out var file) ? PathOf(record, file) : "A file that is no longer here")],
            var answer => q.Type.Show(q, answer, "en"),
        }))];

    static string Source(DeskVisit desk, PersonRecord record) => record.File.History is [{ ByMember: { } member }, ..]
        ? $"What you told {DeskWords.Member(desk.Council, member)} ({DeskWords.Channel(record.File.Case.Channel).ToLowerInvariant()})" : $"What you sent us ({DeskWords.Channel(record.File.Case.Channel).ToLowerInvariant()})";

    static JsonObject Data(DeskVisit desk, IReadOnlyList<PersonRecord> records) => new()
    {
        ["council"] = desk.Look.Council, ["made"] = At(desk.Now),
        ["cases"] = new JsonArray([.. records.Select(r => (JsonNode)new JsonObject
        {
            ["reference"] = r.File.Case.Reference, ["service"] = r.File.Case.Service, ["title"] = r.File.AnswersDefinition.Title.English, ["authority"] = r.File.Case.Authority,
            ["received"] = At(r.File.Case.Received), ["closed"] = r.File.Case.Closed is { } closed ? At(closed) : null, ["channel"] = r.File.Case.Channel, ["outcome"] = r.File.Case.Outcome,
            ["source"] = Source(desk, r), ["why"] = r.File.Definition.Keep.Because,
            ["answers"] = new JsonArray([.. Answers(r).Select(a => (JsonNode)new JsonObject { ["question"] = a.Question, ["answer"] = new JsonArray([.. a.Lines.Select(l => (JsonNode)l!)]) })]),
            ["circumstances"] = r.Circumstance is { } c ? new JsonObject { ["ward"] = c.Ward, ["language"] = c.Language, ["device"] = c.Device, ["assisted"] = c.AssistedWhy } : null,
            ["history"] = new JsonArray([.. r.File.History.Select(h => (JsonNode)new JsonObject { ["at"] = At(h.At), ["what"] = h.Kind, ["stage"] = h.Stage, ["words"] = h.Note })]),
            ["messages"] = new JsonArray([.. r.Messages.Select(m => (JsonNode)new JsonObject { ["at"] = At(m.Queued), ["to"] = m.Address, ["state"] = m.State, ["subject"] = m.Subject, ["text"] = m.Plain })]),
            ["files"] = new JsonArray([.. r.File.Files.Values.Select(f => (JsonNode)PathOf(r, f)!)]),
            ["read"] = new JsonArray([.. r.Readings.Select(x => (JsonNode)new JsonObject { ["at"] = At(x.At), ["by"] = DeskWords.Member(desk.Council, x.Member), ["what"] = x.What })]),
        })]),
    };

    static string Page(DeskVisit desk, IReadOnlyList<PersonRecord> records)
    {
        var html = new StringBuilder();
        string E(string? text) => HtmlEncoder.Default.Encode(text ?? "");
        html.Append(System.Globalization.CultureInfo.InvariantCulture, $"<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>What {E(desk.Look.Council)} holds about you</title></head><body><h1>What {E(desk.Look.Council)} holds about you</h1><p>Made on {E(Words.At(desk.Now, desk.Zone))}. The same stands in data.json, for programs. Files are in the folder files.</p>");
        foreach (var record in records)
        {
            var file = record.File;
            html.Append(System.Globalization.CultureInfo.InvariantCulture, $"<h2>{E(file.Case.Reference)}: {E(file.AnswersDefinition.Title.English)}</h2><p>We got it on {E(Words.At(file.Case.Received, desk.Zone))}{(file.Case.Closed is { } closed ? " and closed it on " + E(Words.At(closed, desk.Zone)) : "; it is still open")}. We keep it for this reason in law: {E(file.Definition.Keep.Because)}, for {E(file.Definition.Keep.For.ToWords())} after it was {E(file.Definition.Keep.After)}.</p><h3>{E(Source(desk, record))}</h3><dl>");
            foreach (var (question, lines) in Answers(record)) html.Append(System.Globalization.CultureInfo.InvariantCulture, $"<dt>{E(question)}</dt><dd>{string.Join("<br>", lines.Select(E))}</dd>");
            html.Append("</dl><h3>What happened, and what staff wrote</h3><ul>");
            foreach (var line in HistoryLine.NewestFirst(file, desk.Council)) html.Append(System.Globalization.CultureInfo.InvariantCulture, $"<li>{E(Words.At(line.At, desk.Zone))}: {E(line.Sentence)} {E(line.Words)}</li>");
            html.Append("</ul>");
            if (record.Circumstance is { } c)
                html.Append(System.Globalization.CultureInfo.InvariantCulture, $"<h3>How you asked</h3><p>Language {E(c.Language)}; device {E(c.Device ?? "not known")}; ward {E(c.Ward ?? "not known")}; help {E(c.AssistedWhy ?? "none")}.</p>");
            if (record.Messages.Count > 0) html.Append("<h3>What we wrote to you</h3>");
            foreach (var m in record.Messages) html.Append(System.Globalization.CultureInfo.InvariantCulture, $"<h4>{E(m.Subject)}</h4><p>{E(Words.At(m.Queued, desk.Zone))}, to {E(m.Address ?? "nobody")} ({E(m.State)})</p><p>{E(m.Plain).Replace("&#xA;", "<br>", StringComparison.Ordinal)}</p>");
            html.Append("<h3>Who of our staff read it</h3><ul>");
            foreach (var reading in record.Readings) html.Append(System.Globalization.CultureInfo.InvariantCulture, $"<li>{E(Words.At(reading.At, desk.Zone))}: {E(DeskWords.Member(desk.Council, reading.Member))}, {E(reading.What)}</li>");
            html.Append("</ul>");
        }
        return html.Append("</body></html>").ToString();
    }
}
