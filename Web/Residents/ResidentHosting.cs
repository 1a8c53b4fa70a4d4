using Dispatch.Hosting;
using Dispatch.Residents.Open311;

namespace Dispatch.Residents;

/// <summary>Puts together what residents reach without an account.</summary>
public static class ResidentHosting
{
    /// <summary>Where the residents' API is.</summary>
    public const string Api = "/api/v1/public";

    /// <summary>Whether an address is one of residents: nothing that says who sent a request to it goes into traces.</summary>
    public static bool IsForResidents(PathString path) => path.StartsWithSegments(Api, StringComparison.OrdinalIgnoreCase) || Open311Endpoints.Has(path);

    /// <summary>Adds it, from section <c>Dispatch:Residents</c>.</summary>
    /// <exception cref="StartupException">A value cannot be.</exception>
    public static void AddResidents(this IServiceCollection services, IConfiguration configuration)
    {
        const string Invalid = "residentsInvalid";
        var options = configuration.Read<ResidentOptions>("Dispatch:Residents", Invalid);
        if (options.FindFault() is { } fault)
        {
            throw new StartupException(Invalid, $"Dispatch:Residents: {fault}");
        }

        services.AddSingleton(options);
        services.AddResidentLimits(options);
        services.AddCors(x => x.AddPolicy(Open311Endpoints.AnyOrigin, Open311Endpoints.AllowReading));
        services.AddSingleton<ResidentPlaces>();
        services.AddSingleton<IConcernDoor, GrainConcernDoor>();
        services.AddSingleton<TipDesk>();
    }

    /// <summary>Maps it: for everybody where it is switched on, and for the police always.</summary>
    public static void MapResidents(this WebApplication app, IEndpointRouteBuilder api)
    {
        ArgumentNullException.ThrowIfNull(app);
        api.MapTips();
        api.MapComplaints();
        if (!app.Services.GetRequiredService<ResidentOptions>().Enabled)
        {
            return;
        }

        var residents = app.MapGroup(Api).WithTags("Residents");
        residents.MapPublicPlaces();
        residents.MapPublicConcerns();
        residents.MapPublicTips();
        residents.MapPublicComplaints();
        app.MapOpen311();
    }
}
