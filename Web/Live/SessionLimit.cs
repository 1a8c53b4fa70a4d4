using System.Security.Claims;
using System.Threading.RateLimiting;
using Dispatch.Api;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Dispatch.Live;

/// <summary>Holds each account to its number of new connections, before a connection is made: one phone that went mad must not cost the others theirs.</summary>
public sealed class SessionLimit(IOptions<LiveOptions> options) : IRateLimiterPolicy<string>
{
    /// <summary>Name of the policy.</summary>
    public const string Name = "sessions";

    /// <inheritdoc/>
    public Func<OnRejectedContext, CancellationToken, ValueTask>? OnRejected { get; } = async (context, cancellationToken) =>
    {
        var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        context.HttpContext.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        await Problems.Problem(
            StatusCodes.Status429TooManyRequests, "tooManySessions", "This account opens connections too often; wait and try again.").ExecuteAsync(context.HttpContext);
    };

    /// <inheritdoc/>
    public RateLimitPartition<string> GetPartition(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);

        // What goes on with a session that was negotiated was counted then.
        if (httpContext.Request.Query.ContainsKey("id"))
        {
            return RateLimitPartition.GetNoLimiter(string.Empty);
        }

        var limits = options.Value;
        return RateLimitPartition.GetTokenBucketLimiter(
            httpContext.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? string.Empty,
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = limits.SessionBurst,
                TokensPerPeriod = limits.SessionsPerSecond,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            });
    }
}
