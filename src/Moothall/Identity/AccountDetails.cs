using System.Text.Json;
using Moothall.Definitions;
using Moothall.Store;
using NodaTime;

namespace Moothall.Identity;

/// <summary>Something that somebody told us of themselves once.</summary>
/// <param name="Kind">The type of the question: one of <see cref="PrefillSource.AccountTypes"/>.</param>
/// <param name="Json">The answer as it is stored.</param>
/// <param name="Reference">The case that it was told in.</param>
public sealed record AccountDetail(string Kind, string Json, string Reference, Instant At);

/// <summary>
/// What an account remembers of its person, to be filled in the next time: only what a form asked for with `prefill: [account]`, the newest of each kind, with where it is from.
/// </summary>
public static class AccountDetails
{
    /// <summary>Remembers the answers of a case that was sent, in its unit.</summary>
    public static async Task Remember(Unit unit, string account, ServiceDefinition definition, Answers answers, string reference, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(answers);
        foreach (var question in definition.Ask.Where(q => q.Prefill.Contains(PrefillSource.Account)))
        {
            if (answers[question.Name] is not { } answer || answer is SkippedAnswer) continue;
            var json = JsonSerializer.Serialize(question.Type.ToJson(question, answer));
            await unit.Execute($"""
                insert into account_detail (account, kind, answer, reference, at) values ({account}, {question.Type.Name}, {json}, {reference}, {now})
                on conflict (account, kind) do update set answer = excluded.answer, reference = excluded.reference, at = excluded.at
                """);
        }
    }

    /// <summary>What an account remembers.</summary>
    public static Task<List<AccountDetail>> Of(Session session, string account)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Query($"select kind, answer, reference, at from account_detail where account = {account} order by kind", row => new AccountDetail(row.Text(0), row.Text(1), row.Text(2), row.Instant(3)));
    }

    /// <summary>Forgets one thing; false where there is none such.</summary>
    public static async Task<bool> Forget(Unit unit, string account, string kind)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return await unit.Execute($"delete from account_detail where account = {account} and kind = {kind}") == 1;
    }
}
