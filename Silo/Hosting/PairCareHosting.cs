using Dispatch.Pairs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Hosting;

/// <summary>Adds what pairs in their communities are looked after by: the bureau's days, from <c>Dispatch:Calendar</c>, and the clocks, from <c>Dispatch:PairCare</c>.</summary>
public static class PairCareHosting
{
    /// <summary>Adds them.</summary>
    /// <exception cref="StartupException">A number or the time zone cannot be.</exception>
    public static void AddPairCare(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var calendar = configuration.Read<BureauCalendar>("Dispatch:Calendar", "calendarInvalid");
        if (calendar.FindFault() is { } fault)
        {
            throw new StartupException("calendarInvalid", $"Dispatch:Calendar: {fault}");
        }

        var care = configuration.Read<PairCareOptions>("Dispatch:PairCare", "pairCareInvalid");
        if (care.FindFault() is { } wrong)
        {
            throw new StartupException("pairCareInvalid", $"Dispatch:PairCare: {wrong}");
        }

        services.AddSingleton(calendar);
        services.AddSingleton(care);
        services.AddSingleton<IHandoverSource, IncidentHandoverSource>();
        services.AddSingleton<IHandoverSource, WorkHandoverSource>();
    }
}
