using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Web.Design;
using NodaTime;

namespace Moothall.Web.Desk;

/// <summary>One request of a member of staff to a page of the desk: who asks, the look, the token of forms, and the time in the council's zone.</summary>
public sealed class DeskVisit
{
    static readonly object Key = new();
    readonly Visit visit;
    string? token;

    readonly HttpContext context;

    DeskVisit(Visit visit, Caller caller, StaffSession session, Look look, HttpContext context) => (this.visit, Caller, Session, Look, this.context) = (visit, caller, session, look, context);

    public Caller Caller { get; }
    public House House => visit.House;
    public CouncilFiles Council => visit.Council;
    public Look Look { get; }
    /// <summary>The session in this browser, as it is with this page.</summary>
    public StaffSession Session { get; }
    /// <summary>The front door's authority, for how to reach the council.</summary>
    public Authority FrontDoor => visit.Authority;
    /// <summary>The antiforgery token for every form of the page.</summary>
    public string Token => token ??= visit.Token();
    public DateTimeZone Zone => Council.Authorities[0].Calendar.Zone;
    public Instant Now { get; private init; }
    public LocalDate Today => Now.InZone(Zone).Date;
    /// <summary>The call that they have on the line; null when there is none.</summary>
    public Call? Call => Call.Of(context, Now);
    /// <summary>The words of the reader's language.</summary>
    public Phrases Phrases => Look.Phrases;
    /// <summary>Prose of a definition, marked where it stands in another language than the page.</summary>
    public MarkupString Html(Prose prose) => Look.Html(prose);
    /// <summary>Prose where no marks can stand.</summary>
    public string In(Prose prose)
    {
        ArgumentNullException.ThrowIfNull(prose);
        return prose.In(Look.Language);
    }
    /// <summary>The attributes of an element that holds such prose.</summary>
    public IReadOnlyDictionary<string, string?>? Marks(Prose prose) => Told.Attributes(Look.Language, prose);
    /// <summary>A message in the reader's language.</summary>
    public string Say(string english, params ReadOnlySpan<(string Name, object? Value)> values) => Look.Say(english, values);
    /// <summary>The same visit in another language: for what is made for somebody else.</summary>
    public DeskVisit Speaking(Phrases phrases) => new(visit, Caller, Session, Look with { Phrases = phrases }, context) { Now = Now };

    /// <summary>Whether they take down what callers ask for.</summary>
    public bool TakesCalls => Rights.HasRole(Caller, Right.SubmitForOthers);

    /// <summary>Whether they look after records: lists of what is erased, holds, people's requests.</summary>
    public bool LooksAfterRecords => Rights.HasRole(Caller, Right.LookAfterRecords);

    /// <summary>Who is away today or later.</summary>
    public Task<List<Cases.Absence>> Away() => House.Database.Read(session => Cases.Absences.From(session, Today));

    /// <summary>Whether a posted form came from our own page.</summary>
    public Task<bool> IsOurs() => visit.IsOurs();

    /// <summary>
    /// The header with which the desk's script says that it asks by itself: `typed` when somebody typed, `opened` when a page was only opened, which makes no session
    /// longer once more.
    /// </summary>
    public const string ByItself = "Moothall-By-Itself";

    /// <summary>Lets somebody in who is signed in, and makes their session longer. Anybody else is told from the session that is over, where there is one.</summary>
    /// <returns>Whether they are in, and the session.</returns>
    public static async ValueTask<(bool IsIn, StaffSession? Session)> Enter(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var services = context.RequestServices;
        var (caller, session) = await services.GetRequiredService<Callers>().OfDesk(context);
        if (!caller.IsSignedIn || session is null) return (false, session);
        var (house, limits) = (services.GetRequiredService<House>(), services.GetRequiredService<WebSettings>().Sessions.For(caller.Roles));
        var now = house.Now;
        if (context.Request.Headers[ByItself] != "opened") session = await Sessions.Touch(house.Database, session, now);
        var visit = new Visit(context, house);
        var look = visit.Look with
        {
            SignedIn = new SignedIn(visit.SessionUntil(session.EndsAt(limits), now, session.CanGrow(limits), visit.Council.Authorities[0].Calendar.Zone),
                Rights.HasRole(caller, Right.Administer), Rights.HasRole(caller, Right.SeeAudit)),
        };
        context.Items[Key] = new DeskVisit(visit, caller, session, look, context) { Now = now };
        return (true, session);
    }

    /// <summary>The visit of a request that was let in.</summary>
    public static DeskVisit Of(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return (DeskVisit)context.Items[Key]!;
    }

    /// <summary>What is wrong with which field of a form, in the reader's language; the whole refusal at one field where it names none.</summary>
    public IReadOnlyList<Fault> Faults(Refusal refusal, string field)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return refusal.Faults.Count > 0 ? refusal.FaultsIn(Phrases) : [new Fault(field, field, refusal.In(Phrases))];
    }

    /// <summary>A page that says what is not there or not allowed, and what to do instead.</summary>
    public IResult Problem(int status, Message heading, Message words) => Problem(status, heading, words, offersSensitive: false);

    PageResult Problem(int status, Message heading, Message words, bool offersSensitive)
    {
        ArgumentNullException.ThrowIfNull(heading);
        ArgumentNullException.ThrowIfNull(words);
        return new PageResult(new DeskProblemPage { Desk = this, Heading = heading.In(Phrases), Words = words.In(Phrases), MaySensitive = offersSensitive && Rights.HasRole(Caller, Right.ReadCases) }, status);
    }

    /// <summary>The same words whether the thing does not exist or is out of scope.</summary>
    public IResult NotFound() => Problem(404, "There is nothing here that you may see", "Check the reference or the address. If it is right, the case may belong to a council that you do not work for.", offersSensitive: true);

    /// <summary>Their role never has this right.</summary>
    public IResult NotAllowed(Message words) => Problem(403, new Message("Your role does not have this"), words);

    /// <summary>The page for a refusal that no form can mend.</summary>
    public IResult Refused(Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return refusal.Kind switch
        {
            RefusalKind.NotFound => NotFound(),
            RefusalKind.NotAllowed => NotAllowed(refusal.Message),
            RefusalKind.Gone => Problem(410, new Message("This record was deleted"), refusal.Message),
            _ => Problem(422, new Message("This could not be done"), refusal.Message),
        };
    }
}

/// <summary>
/// The seconds of staff time that a form took, from when it was opened. The stamp stands in the form, so it is bounded, not believed: half an hour at
/// most, and nothing for a stamp that makes no sense.
/// </summary>
static class Handling
{
    public const string Field = "_opened";
    const int MostSeconds = 30 * 60;

    public static string Stamp(Instant now) => now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);

    public static int Seconds(IFormCollection form, Instant now) =>
        long.TryParse(form[Field], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var opened)
            ? (int)Math.Clamp(now.ToUnixTimeSeconds() - opened, 0, MostSeconds) : 0;

    /// <summary>The stamp to carry on when a form is shown again; a new one when it carried none.</summary>
    public static string Carried(IFormCollection form, Instant now) => form[Field].ToString() is { Length: > 0 and <= 12 } stamp && stamp.All(char.IsAsciiDigit) ? stamp : Stamp(now);
}
