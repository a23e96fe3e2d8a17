using Moothall.Store;
using NodaTime;

namespace Moothall.Notifications;

/// <summary>What a person chose for the messages about one case; without a choice they are sent in the language the case was asked for in.</summary>
/// <param name="Language">`en`, `cy`; null where nothing was chosen.</param>
public sealed record MessageChoice(string? Language, bool NoMail)
{
    public static readonly MessageChoice None = new(null, false);

    /// <summary>The choice for a case.</summary>
    public static async Task<MessageChoice> Of(Session session, string reference)
    {
        ArgumentNullException.ThrowIfNull(session);
        return await session.First($"select language, no_mail from message_choice where about = {reference}", row => new MessageChoice(row.TextOrNull(0), row.Bool(1))) ?? None;
    }

    /// <summary>The choices for several cases, by their references; without those where nothing was chosen.</summary>
    public static async Task<IReadOnlyDictionary<string, MessageChoice>> Of(Session session, IReadOnlyCollection<string> references)
    {
        ArgumentNullException.ThrowIfNull(session);
        return (await session.Query($"select about, language, no_mail from message_choice where about in ({new SqlKeys(references)})",
            row => (About: row.Text(0), Choice: new MessageChoice(row.TextOrNull(1), row.Bool(2))))).ToDictionary(c => c.About, c => c.Choice, StringComparer.Ordinal);
    }

    /// <summary>Keeps the choice of whoever holds the case's link. Messages that wait are not sent any more where none are wanted.</summary>
    public static async Task Choose(Unit unit, string reference, MessageChoice choice, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(choice);
        await unit.Execute($"""
            insert into message_choice (about, language, no_mail, changed) values ({reference}, {choice.Language}, {choice.NoMail}, {now})
            on conflict (about) do update set language = excluded.language, no_mail = excluded.no_mail, changed = excluded.changed
            """);
        if (choice.NoMail)
            await unit.Execute($"""
                update message set state = 'not-sent', trouble = {Trouble.AskedForNone}, why = null, next_try = null, address = null, subject = '', plain = '', html = '', changed = {now}
                where about = {reference} and kind not in ('follow-news', 'co-sign', 'co-sign-reminder') and state in ('waiting', 'stuck')
                """);
    }
}
