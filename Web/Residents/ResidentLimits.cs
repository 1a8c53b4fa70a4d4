using System.Globalization;
using System.Threading.RateLimiting;
using Dispatch.Api;
using Microsoft.AspNetCore.RateLimiting;

namespace Dispatch.Residents;

/// <summary>Marks what residents reach without an account, and as what a request counts.</summary>
/// <param name="Kind">As what.</param>
public sealed record ResidentTraffic(ResidentTrafficKind Kind);

/// <summary>As what a request of a resident counts.</summary>
public enum ResidentTrafficKind
{
    /// <summary>Reads what is public.</summary>
    Read,

    /// <summary>Leaves something.</summary>
    Post,

    /// <summary>Tries a claim code.</summary>
    Claim,
}

/// <summary>The limits of what needs no account: for each address, and for all of them together.</summary>
public static class ResidentLimits
{
    private const int Segments = 5;

    /// <summary>Adds them.</summary>
    public static void AddResidentLimits(this IServiceCollection services, ResidentOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        services.AddSingleton<AddressPartition>();
        services.AddRateLimiter(limiter =>
        {
            // The limit of an address comes first: what is over it must not use up what all share.
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => context.TrafficKind() is { } kind
                ? RateLimitPartition.GetSlidingWindowLimiter(
                    $"{kind}/{context.RequestServices.GetRequiredService<AddressPartition>().Of(context)}", _ => Window(options, kind, ofAll: false))
                : RateLimitPartition.GetNoLimiter(string.Empty));
            limiter.OnRejected = RejectAsync;
            foreach (var kind in Enum.GetValues<ResidentTrafficKind>())
            {
                limiter.AddPolicy(NameOf(kind), _ => RateLimitPartition.GetSlidingWindowLimiter(NameOf(kind), _ => Window(options, kind, ofAll: true)));
            }
        });
    }

    /// <summary>Opens an endpoint to everybody, within the limits.</summary>
    public static TBuilder ForResidents<TBuilder>(this TBuilder endpoint, ResidentTrafficKind kind)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.AllowAnonymous().WithMetadata(new ResidentTraffic(kind)).RequireRateLimiting(NameOf(kind));

    private static ResidentTrafficKind? TrafficKind(this HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<ResidentTraffic>()?.Kind;

    private static string NameOf(ResidentTrafficKind kind) => $"residents-{kind}";

    private static SlidingWindowRateLimiterOptions Window(ResidentOptions options, ResidentTrafficKind kind, bool ofAll) => new()
    {
        PermitLimit = (kind, ofAll) switch
        {
            (ResidentTrafficKind.Read, false) => options.ReadsPerMinute,
            (ResidentTrafficKind.Read, true) => options.ReadsOfAllPerMinute,
            (ResidentTrafficKind.Post, false) => options.PostsPerAddress,
            (ResidentTrafficKind.Post, true) => options.PostsOfAll,
            (_, false) => options.ClaimsPerAddress,
            _ => options.ClaimsOfAll,
        },
        Window = WindowOf(options, kind),
        SegmentsPerWindow = Segments,
    };

    private static TimeSpan WindowOf(ResidentOptions options, ResidentTrafficKind kind) => kind switch
    {
        ResidentTrafficKind.Read => TimeSpan.FromMinutes(1),
        ResidentTrafficKind.Post => options.PostWindow,
        _ => options.ClaimWindow,
    };

    private static async ValueTask RejectAsync(OnRejectedContext context, CancellationToken cancellationToken)
    {
        var http = context.HttpContext;
        var options = http.RequestServices.GetRequiredService<ResidentOptions>();
        var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after)
            ? after
            : WindowOf(options, http.TrafficKind() ?? ResidentTrafficKind.Read) / Segments;
        http.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        const string Say = "Too many requests; wait and try again.";
        await (Open311.Open311Endpoints.Has(http.Request.Path)
            ? Open311.Open311Answer.Fault(http, StatusCodes.Status429TooManyRequests, Say)
            : Problems.Problem(StatusCodes.Status429TooManyRequests, "tooManyRequests", Say)).ExecuteAsync(http);
    }
}
