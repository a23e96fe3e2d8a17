using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using System.Text.Json;
using System.Text;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Journeys;
using Moothall.Records;
using Moothall.Store;
using Moothall.Web.Design;
using Moothall.Web.Questions;
using NodaTime.Text;
using NodaTime;

namespace Moothall.Web.Desk.Records;

/// <summary>
/// A person's copy of what the council holds about them, in one file: a page to read, the same as data, and the files they sent. It says of each thing where
/// it came from, and of each case who of the staff read it. It is in the language that they used last, else in that of the desk.
/// </summary>
static class PersonPackage
{
    static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All) };

    /// <summary>Makes it in a temporary file that goes when it was sent. Its name says nothing of the person.</summary>
    public static async Task<(string Name, Stream Content)> Make(House house, DeskVisit desk, IReadOnlyList<PersonRecord> records, CancellationToken cancel)
    {
        if (records.OrderBy(r => r.File.Case.Received).Select(r => r.Circumstance?.Language).LastOrDefault(l => l is not null) is { } theirs && Phrases.Find(theirs) is { } phrases) desk = desk.Speaking(phrases);
        var accounts = await house.Database.Read(session => AccountCopies.OfCases(session, [.. records.Select(r => r.File.Case.Reference)], desk.Now), cancel);
        var name = "copy-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var content = new FileStream(Path.Combine(Path.GetTempPath(), $"moothall-{Guid.NewGuid():n}"), options);
        try
        {
            await using (var archive = await ZipArchive.CreateAsync(content, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancel))
            {
                await Write(archive, "read-me.html", Page(desk, records, accounts), cancel);
                await Write(archive, "data.json", JsonSerializer.Serialize(Data(desk, records, accounts), Json), cancel);
                foreach (var record in records)
                    foreach (var file in record.File.Files.Values)
                        if (await house.Database.Read(session => FileStore.Find(session, file.Id), cancel) is { } stored && ScanFiles.MayBeOpened(house, stored) && await FileStore.Open(house.Database, file.Id, cancel) is { } bytes)
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

    static IReadOnlyList<(string Question, IReadOnlyList<string> Lines)> Answers(DeskVisit desk, PersonRecord record) =>
        [.. PersonWords.Asked(record).Select(q => (q.Label(desk.Look.Language), Lines(desk, record, q, record.File.Answers[q.Name])))];

    static IReadOnlyList<string> Lines(DeskVisit desk, PersonRecord record, Question question, Answer? answer) => answer switch
    {
        null or SkippedAnswer => [desk.Say("Not provided")],
        FilesAnswer files => [.. files.Files.Select(id => record.File.Files.TryGetValue(id, out var file) ? PathOf(record, file) : desk.Say("A file that is no longer here"))],
        GroupAnswer group => [.. group.Rows.SelectMany((row, index) => question.Inside.Where(q => row.Settled(q.Name))
            .SelectMany(q => Lines(desk, record, q, row[q.Name]).Select(line => $"{RowWords.Name(question, index + 1, desk.Look.Language)}, {q.Label(desk.Look.Language)}: {line}")))],
        _ => question.Type.Show(question, answer, desk.Look.Language),
    };

    static string Source(DeskVisit desk, PersonRecord record)
    {
        var channel = DeskWords.By(desk.Phrases, record.File.Case.Channel);
        return record.File.History is [{ ByMember: { } member }, ..] ? desk.Say("What you told {name} ({channel})", ("name", DeskWords.Member(desk, member)), ("channel", channel))
            : desk.Say("What you sent us ({channel})", ("channel", channel));
    }

    static JsonObject Data(DeskVisit desk, IReadOnlyList<PersonRecord> records, IReadOnlyList<AccountCopy> accounts) => new()
    {
        ["council"] = desk.Look.Council, ["made"] = At(desk.Now),
        ["accounts"] = new JsonArray([.. accounts.Select(AccountInCopy.Data)]),
        ["cases"] = new JsonArray([.. records.Select(r => (JsonNode)new JsonObject
        {
            ["reference"] = r.File.Case.Reference, ["service"] = r.File.Case.Service, ["title"] = desk.In(r.File.AnswersDefinition.Title), ["authority"] = r.File.Case.Authority,
            ["received"] = At(r.File.Case.Received), ["closed"] = r.File.Case.Closed is { } closed ? At(closed) : null, ["channel"] = r.File.Case.Channel, ["outcome"] = r.File.Case.Outcome,
            ["source"] = Source(desk, r), ["why"] = r.File.Definition.Keep.Because,
            ["answers"] = new JsonArray([.. Answers(desk, r).Select(a => (JsonNode)new JsonObject { ["question"] = a.Question, ["answer"] = new JsonArray([.. a.Lines.Select(l => (JsonNode)l!)]) })]),
            ["circumstances"] = r.Circumstance is { } c ? new JsonObject { ["ward"] = c.Ward, ["language"] = c.Language, ["device"] = c.Device, ["assisted"] = c.AssistedWhy } : null,
            ["history"] = new JsonArray([.. r.File.History.Select(h => (JsonNode)new JsonObject { ["at"] = At(h.At), ["what"] = h.Kind, ["stage"] = h.Stage, ["words"] = h.Note })]),
            ["messages"] = new JsonArray([.. r.Messages.Select(m => (JsonNode)new JsonObject { ["at"] = At(m.Queued), ["to"] = m.Address, ["state"] = m.State, ["subject"] = m.Subject, ["text"] = m.Plain })]),
            ["files"] = new JsonArray([.. r.File.Files.Values.Select(f => (JsonNode)PathOf(r, f)!)]),
            ["read"] = new JsonArray([.. r.Readings.Select(x => (JsonNode)new JsonObject { ["at"] = At(x.At), ["by"] = DeskWords.Member(desk, x.Member), ["what"] = x.Kind.Code })]),
        })]),
    };

    static string Page(DeskVisit desk, IReadOnlyList<PersonRecord> records, IReadOnlyList<AccountCopy> accounts)
    {
        var look = desk.Look;
        using var html = new HtmlWriter();
        string At(Instant at) => look.At(at, desk.Zone);
        var title = look.Say("What {council} holds about you", ("council", look.Council));
        html.Raw("<!DOCTYPE html><html"u8).Attribute("lang"u8, look.Language).Attribute("dir"u8, look.Direction).Raw("><head><meta charset=\"utf-8\"><title>"u8).Text(title).Raw("</title></head><body><h1>"u8).Text(title).Raw("</h1><p>"u8)
            .Text(look.Say("Made on {time}. The same stands in data.json, for programs. Files are in the folder files.", ("time", At(desk.Now)))).Raw("</p>"u8);
        foreach (var account in accounts) AccountInCopy.Write(html, desk, account);
        foreach (var record in records)
        {
            var file = record.File;
            var keep = file.Definition.Keep;
            var (time, reason) = (desk.Phrases.Length(keep.For), RecordWords.Because(look, keep.Because));
            html.Raw("<h2>"u8).Text(file.Case.Reference).Raw(": "u8).Raw(desk.Html(file.AnswersDefinition.Title).Value).Raw("</h2><p>"u8)
                .Text(file.Case.Closed is { } closed ? look.Say("We got it on {received} and closed it on {closed}.", ("received", At(file.Case.Received)), ("closed", At(closed))) : look.Say("We got it on {received}; it is still open.", ("received", At(file.Case.Received))))
                .Raw(" "u8).Text(keep.After == "received" ? look.Say("We keep it for this reason in law: {reason}, for {time} after it was received.", ("reason", reason), ("time", time))
                    : look.Say("We keep it for this reason in law: {reason}, for {time} after it was closed.", ("reason", reason), ("time", time)))
                .Raw("</p><h3>"u8).Text(Source(desk, record)).Raw("</h3><dl>"u8);
            foreach (var (question, lines) in Answers(desk, record))
            {
                html.Raw("<dt>"u8).Text(question).Raw("</dt><dd>"u8);
                foreach (var (number, line) in lines.Index()) html.Raw(number == 0 ? ""u8 : "<br>"u8).Text(line);
                html.Raw("</dd>"u8);
            }
            html.Raw("</dl><h3>"u8).Text(look.Say("What happened, and what staff wrote")).Raw("</h3><ul>"u8);
            foreach (var line in HistoryLine.NewestFirst(file, desk)) html.Raw("<li>"u8).Text(At(line.At)).Raw(": "u8).Raw(line.Came.Count > 0 ? line.Alone.Value : line.Sentence.Value).Raw(" "u8).Text(line.Words).Raw("</li>"u8);
            html.Raw("</ul>"u8);
            if (record.Circumstance is { } c)
                html.Raw("<h3>"u8).Text(look.Say("How you asked")).Raw("</h3><p>"u8).Text(look.Say("Language {language}; device {device}; ward {ward}; help {help}.", ("language", c.Language is { } language ? Phrases.Find(language)?.Name ?? language : look.Say("not known")),
                    ("device", c.Device is { } device ? PersonWords.Device(look, device) : look.Say("not known")), ("ward", c.Ward ?? look.Say("not known")), ("help", c.AssistedWhy ?? look.Say("none")))).Raw("</p>"u8);
            if (record.Messages.Count > 0) html.Raw("<h3>"u8).Text(look.Say("What we wrote to you")).Raw("</h3>"u8);
            foreach (var m in record.Messages)
            {
                html.Raw("<h4>"u8).Text(m.Subject).Raw("</h4><p>"u8).Text(m.Address is { } address ? look.Say("{time}, to {address}.", ("time", At(m.Queued)), ("address", address)) : look.Say("{time}, to nobody.", ("time", At(m.Queued)))).Raw(" "u8)
                    .Text(MessageWords.Came(look, m.State)).Raw("</p><p>"u8);
                foreach (var (number, line) in m.Plain.Split('\n').Index()) html.Raw(number == 0 ? ""u8 : "<br>"u8).Text(line);
                html.Raw("</p>"u8);
            }
            html.Raw("<h3>"u8).Text(look.Say("Who of our staff read it")).Raw("</h3><ul>"u8);
            foreach (var reading in record.Readings)
                html.Raw("<li>"u8).Text(look.Say("{time}: {name}, {what}", ("time", At(reading.At)), ("name", DeskWords.Member(desk, reading.Member)), ("what", reading.Kind.Words.In(look.Phrases)))).Raw("</li>"u8);
            html.Raw("</ul>"u8);
        }
        return Encoding.UTF8.GetString(html.Raw("</body></html>"u8).Written.Span);
    }
}
