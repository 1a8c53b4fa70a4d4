using Dispatch.Pairs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Hosting;

/// <summary>Adds what pairs in their communities are looked after by: clocks from <c>Dispatch:PairCare</c>, and what finds what is handed over.</summary>
public static class PairCareHosting
{
    /// <summary>Adds them.</summary>
    /// <exception cref="StartupException">A number cannot be.</exception>
    public static void AddPairCare(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var care = configuration.Read<PairCareOptions>("Dispatch:PairCare", "pairCareInvalid");
        if (care.FindFault() is { } fault)
        {
            throw new StartupException("pairCareInvalid", $"Dispatch:PairCare: {fault}");
        }

        services.AddSingleton(care);
        services.AddSingleton<IHandoverSource, IncidentHandoverSource>();
        services.AddSingleton<IHandoverSource, WorkHandoverSource>();
    }
}
