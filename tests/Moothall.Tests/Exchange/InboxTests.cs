using System.Text;
using Moothall.Contact;
using Moothall.Exchange;
using Moothall.Records;
using Moothall.Store;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Exchange;

/// <summary>A partner's event and what comes of it are one unit: a contact that the telephone system tells twice counts once.</summary>
public sealed class InboxTests
{
    static Arrival Contact(string id, string? user, string data = """{"channel":"phone","reason":"chasing","handlingSeconds":95}""") => new(
        Encoding.UTF8.GetBytes($$"""{"specversion":"1.0","id":"{{id}}","source":"urn:partner:phones","type":"contact.made.v1","data":{{data}}}"""), "application/cloudevents+json; charset=utf-8", user);

    [Theory, BothDatabases]
    public async Task A_contact_that_is_told_twice_counts_once(Dialect dialect)
    {
        await using var open = await OpenHouse.Open(dialect);
        var inbox = new Inbox(open.House);
        (await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => inbox.Take(Contact("1", "grace-adeyemi-clarke"))))).ShouldAllBe(why => why == null);
        (await open.Count("contact")).ShouldBe(1);
        (await open.Database.Read(s => s.Query($"select state, body from inbox", row => (row.Text(0), row.TextOrNull(1))))).ShouldBe([("taken", null)]);
        (await open.Database.Read(s => Inbox.Parked(s))).ShouldBeEmpty();
    }

    [Theory, BothDatabases]
    public async Task Who_may_not_record_contacts_is_told_and_can_be_tried_again(Dialect dialect)
    {
        await using var open = await OpenHouse.Open(dialect);
        var inbox = new Inbox(open.House);
        (await inbox.Take(Contact("1", "amara-okafor"))).ShouldBeNull();
        (await inbox.Take(Contact("2", "grace-adeyemi-clarke", """{"channel":"pigeon","reason":"new"}"""))).ShouldBeNull();
        (await inbox.Take(Contact("3", "grace-adeyemi-clarke", """{"channel":"phone","reason":"new","colour":"blue"}"""))).ShouldBeNull();
        (await open.Count("contact")).ShouldBe(0);
        (await open.Database.Read(s => Inbox.Parked(s))).Select(p => p.Why.ToString()).ShouldBe([
            "You may not record contacts. Ask an administrator for the role of advisor.",
            "Choose how the person reached us: web, assisted, phone, chat, email, in-person, post, social, api",
            "Its data must be an object with channel and reason, and may have about, handlingSeconds, digitalOffered and digitalTaken."], ignoreOrder: true);
        await open.Database.Commit(unit => unit.Execute($"update inbox set by_user = 'grace-adeyemi-clarke' where id = '1'"));
        (await inbox.Retry("urn:partner:phones", "1")).ShouldBeNull();
        (await open.Count("contact")).ShouldBe(1);
        (await inbox.Retry("urn:partner:phones", "1")).ShouldNotBeNull().ToString().ShouldBe("There is no parked event of that name.");
        (await open.Database.Commit(unit => Inbox.EraseOld(unit, OpenHouse.Monday + Duration.FromDays(31)))).ShouldBe(3);
    }
}
