using Dispatch.Incidents;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Hosting;

/// <summary>Adds the clocks of incidents, from <c>Dispatch:Timers</c>.</summary>
public static class TimersHosting
{
    /// <summary>Adds them.</summary>
    /// <exception cref="StartupException">A number cannot be read or cannot be.</exception>
    public static void AddResponseTimers(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var timers = configuration.Read<ResponseTimers>("Dispatch:Timers", "timersInvalid");
        if (timers.FindFault() is { } fault)
        {
            throw new StartupException("timersInvalid", $"Dispatch:Timers: {fault}");
        }

        services.AddSingleton(timers);
    }
}
