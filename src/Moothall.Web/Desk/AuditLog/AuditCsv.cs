using System.Text;
using Moothall.Identity;
using NodaTime.Text;

namespace Moothall.Web.Desk.AuditLog;

/// <summary>What was found in the audit log as a CSV file, sent as it is read.</summary>
static class AuditCsv
{
    const int Portion = 500;

    public static async Task Write(Stream stream, House house, DeskVisit desk, IReadOnlySet<string> authorities, AuditFilter filter, CancellationToken cancel)
    {
        await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true) { NewLine = "\r\n" };
        string[] heads = [desk.Say("when"), desk.Say("kind"), desk.Say("what"), desk.Say("council"), desk.Say("who"), desk.Say("name"), desk.Say("as"), desk.Say("about"), desk.Say("why"), desk.Say("more")];
        await writer.WriteLineAsync(string.Join(',', heads.Select(QueueCsv.Field)));
        for (var asked = filter; ;)
        {
            var page = await house.Database.Read(session => AuditSearch.Read(session, desk.Council, authorities, asked, desk.Zone, Portion), cancel);
            foreach (var e in page.Entries)
                await writer.WriteLineAsync(string.Join(',', new[]
                {
                    InstantPattern.ExtendedIso.Format(e.At), e.Kind, AuditWords.Kind(desk.Phrases, e.Kind), e.Authority, e.Content.Who ?? "", AuditWords.Who(desk.Council, desk.Phrases, e.Content.Who), e.Content.Acting ?? "",
                    e.Content.About ?? "", e.Content.Why ?? "", string.Join(" ", AuditWords.Detail(desk.Phrases, e.Content.Detail)),
                }.Select(QueueCsv.Field)));
            await writer.FlushAsync(cancel);
            if (page.Next is not { } next) return;
            asked = asked with { After = next };
        }
    }
}
