using System.Collections.Concurrent;
using System.Security.Claims;
using Dispatch.Live;
using Dispatch.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Dispatch.Accounts;

/// <summary>
/// What accounts may do now. A token or a cookie says what they could when it was made; here it is looked up again, so that a right that was taken
/// away, or a session that was ended, is gone at every web node within twice <see cref="LiveOptions.RightsInterval"/>.
/// </summary>
public sealed partial class PresentAccounts(
    IServiceScopeFactory scopes, IOptions<LiveOptions> options, TimeProvider time, ILogger<PresentAccounts> logger)
{
    /// <summary>For how long what was last known counts where the database cannot be asked.</summary>
    private static readonly TimeSpan BelievedFor = TimeSpan.FromMinutes(2);

    /// <summary>Accounts asked for in one query.</summary>
    private const int AskedAtOnce = 500;

    private static readonly string StampClaim = new ClaimsIdentityOptions().SecurityStampClaimType;
    private readonly ConcurrentDictionary<string, Known> known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task<ClaimsPrincipal?>> underWay = new(StringComparer.Ordinal);

    /// <summary>An account as it is, at most twice <see cref="LiveOptions.RightsInterval"/> old; null where there is none.</summary>
    /// <exception cref="TimeoutException">The database could not be asked, and nothing is known of the account.</exception>
    public async ValueTask<ClaimsPrincipal?> FindAsync(string accountId)
    {
        ArgumentNullException.ThrowIfNull(accountId);
        var now = time.GetUtcNow();
        if (known.TryGetValue(accountId, out var one) && now < one.At + options.Value.RightsInterval)
        {
            return one.Principal;
        }

        // Requests that come together share one question, and while it is young enough they need not wait for its answer.
        var asked = underWay.GetOrAdd(accountId, AskForAsync);
        if (one is not null && now < one.At + (2 * options.Value.RightsInterval))
        {
            asked.Ignore();
            return one.Principal;
        }

        try
        {
            return await asked;
        }
        catch (TimeoutException exception) when (one is not null && now < one.At + BelievedFor)
        {
            LogNotAsked(exception);
            return one.Principal;
        }
    }

    /// <summary>Accounts as they are now; null for those that are no more.</summary>
    /// <exception cref="TimeoutException">The database could not be asked.</exception>
    public Task<IReadOnlyDictionary<string, ClaimsPrincipal?>> RefreshAsync(IReadOnlyCollection<string> accountIds)
    {
        ArgumentNullException.ThrowIfNull(accountIds);
        return StorageFailure.AsTimeoutAsync(() => AskAsync(accountIds));
    }

    private async Task<ClaimsPrincipal?> AskForAsync(string accountId)
    {
        await Task.Yield();
        try
        {
            return (await RefreshAsync([accountId]))[accountId];
        }
        finally
        {
            underWay.TryRemove(accountId, out _);
        }
    }

    private async Task<IReadOnlyDictionary<string, ClaimsPrincipal?>> AskAsync(IReadOnlyCollection<string> accountIds)
    {
        var now = time.GetUtcNow();
        var found = accountIds.Distinct(StringComparer.Ordinal).ToDictionary(x => x, _ => new Known(null, null, now), StringComparer.Ordinal);
        await using var scope = scopes.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<AccountsDb>();
        foreach (var some in found.Keys.Chunk(AskedAtOnce))
        {
            var stamps = await accounts.Users.Where(x => some.Contains(x.Id)).Select(x => new { x.Id, x.ConcurrencyStamp }).ToListAsync();
            foreach (var account in stamps)
            {
                // An account is read in full only where it changed.
                found[account.Id] = known.TryGetValue(account.Id, out var before) && before.Stamp == account.ConcurrencyStamp
                    ? before with { At = now }
                    : await ReadAsync(scope.ServiceProvider, account.Id, now);
            }
        }

        foreach (var (id, one) in found)
        {
            known[id] = one;
        }

        return found.ToDictionary(x => x.Key, x => x.Value.Principal, StringComparer.Ordinal);
    }

    private static async Task<Known> ReadAsync(IServiceProvider services, string accountId, DateTimeOffset now)
    {
        var account = await services.GetRequiredService<AccountsDb>().Users.AsNoTracking().FirstOrDefaultAsync(x => x.Id == accountId);
        var claims = services.GetRequiredService<IUserClaimsPrincipalFactory<Account>>();
        return account is null ? new Known(null, null, now) : new Known(await claims.CreateAsync(account), account.ConcurrencyStamp, now);
    }

    /// <summary>Forgets what was known of an account, since it was changed here.</summary>
    public void Forget(string accountId) => known.TryRemove(accountId, out _);

    /// <summary>Whether a session still counts: its account is there and has not ended its sessions since.</summary>
    public static bool IsGood(ClaimsPrincipal session, ClaimsPrincipal? present)
    {
        ArgumentNullException.ThrowIfNull(session);
        return present is not null && session.FindFirstValue(StampClaim) == present.FindFirstValue(StampClaim);
    }

    /// <summary>Whether an account may do the same by both.</summary>
    public static bool AreAlike(ClaimsPrincipal one, ClaimsPrincipal other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return ReferenceEquals(one, other) || Rights(one).SequenceEqual(Rights(other));
    }

    private static IEnumerable<string> Rights(ClaimsPrincipal principal) => principal.Claims
        .Where(x => x.Type is ClaimTypes.Role or SignedIn.DisplayNameClaim or SignedIn.StationsClaim or SignedIn.CommunitiesClaim or SignedIn.OfficerClaim
            or SignedIn.PartnerClaim)
        .Select(x => $"{x.Type}={x.Value}").Order(StringComparer.Ordinal);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Accounts could not be looked up; what was last known of them counts a little longer.")]
    private partial void LogNotAsked(Exception exception);

    private sealed record Known(ClaimsPrincipal? Principal, string? Stamp, DateTimeOffset At);
}

/// <summary>Puts the present rights in the place of those that a token or a cookie says.</summary>
public static class PresentAccountsMiddleware
{
    /// <summary>To be used between authentication and authorisation.</summary>
    public static void UsePresentAccounts(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (context.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } accountId)
        {
            var accounts = context.RequestServices.GetRequiredService<PresentAccounts>();
            var present = await accounts.FindAsync(accountId);
            var feature = context.Features.Get<IAuthenticateResultFeature>();
            if (!PresentAccounts.IsGood(context.User, present))
            {
                Replace(feature, context, AuthenticateResult.NoResult());
            }
            else if (!PresentAccounts.AreAlike(context.User, present!) && feature?.AuthenticateResult?.Ticket is { } ticket)
            {
                // The ticket's properties stay: a connection ends when its token does.
                Replace(feature, context, AuthenticateResult.Success(new AuthenticationTicket(present!, ticket.Properties, ticket.AuthenticationScheme)));
            }
        }

        await next(context);
    });

    private static void Replace(IAuthenticateResultFeature? feature, HttpContext context, AuthenticateResult result)
    {
        if (feature is not null)
        {
            feature.AuthenticateResult = result;
        }

        context.User = result.Principal ?? new ClaimsPrincipal(new ClaimsIdentity());
        if (feature is not null && result.Succeeded)
        {
            feature.AuthenticateResult = result;
        }
    }
}
