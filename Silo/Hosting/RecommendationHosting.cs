using Dispatch.Bureau;
using Dispatch.Stations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dispatch.Hosting;

/// <summary>Adds what recommendations need, from <c>Dispatch:Recommendation</c> and <c>Dispatch:Router</c>.</summary>
public static class RecommendationHosting
{
    /// <summary>More than any table of a hundred places takes.</summary>
    private const long LargestAnswerBytes = 1 << 20;

    /// <summary>Adds it.</summary>
    /// <exception cref="StartupException">A number cannot be read or cannot be, or the router's address is none.</exception>
    public static void AddRecommendation(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var options = configuration.Read<RecommendationOptions>("Dispatch:Recommendation", "recommendationInvalid");
        if (options.FindFault() is { } fault)
        {
            throw new StartupException("recommendationInvalid", $"Dispatch:Recommendation: {fault}");
        }

        var router = configuration.Read<RouterOptions>("Dispatch:Router", "routerInvalid");
        if (router.Url is { } url && !(url.IsAbsoluteUri && url.Scheme is "http" or "https"))
        {
            throw new StartupException("routerInvalid", $"Dispatch:Router:Url is an http or https address, not '{url}'.");
        }

        if (!(router.TimeoutSeconds is > 0 and <= 4 && router.QuietSeconds is >= 0 and <= 3600))
        {
            throw new StartupException("routerInvalid", "Dispatch:Router: TimeoutSeconds is above 0 and at most 4, QuietSeconds 0 to 3600.");
        }

        services.AddSingleton(x => new RecommendationServices(
            options, new NeighbourStations(x.GetRequiredService<OrganisationCache>(), options), x.GetService<OsrmRouter>()));
        if (router.Url is not null)
        {
            services.AddSingleton(x => new OsrmRouter(
                CreateClient(), router, x.GetRequiredService<TimeProvider>(), x.GetRequiredService<ILogger<OsrmRouter>>()));
        }
    }

    /// <summary>One client for the life of the process; connections are renewed so that a changed address is found.</summary>
    private static HttpClient CreateClient() =>
        new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(2), AllowAutoRedirect = false })
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = LargestAnswerBytes,
        };
}
