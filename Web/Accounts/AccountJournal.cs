using Dispatch.Commands;
using Dispatch.Live;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Dispatch.Accounts;

/// <summary>Changes accounts and puts the change into the journal in the same transaction: a right that somebody got or lost is never without a trace.</summary>
public sealed class AccountJournal(AccountsDb db, TimeProvider time)
{
    /// <summary>Does a change and journals it; neither where the other fails.</summary>
    /// <param name="account">The account.</param>
    /// <param name="by">Who changes it.</param>
    /// <param name="kind">What kind of change it is.</param>
    /// <param name="change">What, as it goes into the journal; never a password.</param>
    /// <param name="apply">Writes the account through <see cref="AccountsDb"/>.</param>
    public async Task<IdentityResult> ChangeAsync(Account account, Actor by, string kind, AccountChange change, Func<Task<IdentityResult>> apply)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(apply);
        await using var transaction = await db.Database.BeginTransactionAsync();
        var result = await apply();
        if (!result.Succeeded)
        {
            return result;
        }

        var stream = $"account/{account.Id}";
        var at = time.GetUtcNow();
        var data = JsonText.Of(change).ToString();
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO journal (stream, version, at, actor_id, actor_name, kind, data)
            SELECT {stream}, COALESCE(MAX(version), 0) + 1, {at}, {by.Id}, {by.Name}, {kind}, {data} FROM journal WHERE stream = {stream}
            """);
        await transaction.CommitAsync();
        return result;
    }
}
