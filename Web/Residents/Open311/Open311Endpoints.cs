using System.Globalization;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Packs;
using Microsoft.AspNetCore.Cors.Infrastructure;

namespace Dispatch.Residents.Open311;

/// <summary>
/// Open311 GeoReport v2 (https://wiki.open311.org/GeoReport_v2/): services are the concern categories of the model pack, requests are concerns. Each address is there
/// without a suffix, and with <c>.xml</c> or <c>.json</c>.
/// </summary>
public static class Open311Endpoints
{
    /// <summary>Where it is.</summary>
    public const string Root = "/open311";

    /// <summary>Name of the CORS policy of what may be read from any page.</summary>
    public const string AnyOrigin = "open311";

    private const string Suffix = ".{format:regex(^(json|xml)$)}";

    /// <summary>Whether an address is one of Open311.</summary>
    public static bool Has(PathString path) => path.StartsWithSegments(Root, StringComparison.OrdinalIgnoreCase);

    /// <summary>Lets any page read what is public.</summary>
    public static void AllowReading(CorsPolicyBuilder policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        policy.AllowAnyOrigin().WithMethods(HttpMethods.Get).WithHeaders("Accept");
    }

    /// <summary>Maps it.</summary>
    public static void MapOpen311(this IEndpointRouteBuilder app)
    {
        var root = app.MapGroup(Root).WithTags("Open311").AddEndpointFilter(InTheirShapeAsync);
        Get(root, "/discovery", (HttpContext http, ResidentOptions options) => Discovery(http, options));
        var v2 = root.MapGroup("/v2").AddEndpointFilter(JurisdictionAsync);
        Get(v2, "/services", (OrganisationCache organisation, ModelPacks packs) =>
            Open311Answer.List("services", "service", PackOf(organisation, packs).ConcernCategories.Select(Service)));
        Get(v2, "/services/{code}", (HttpContext http, string code, OrganisationCache organisation, ModelPacks packs) =>
            PackOf(organisation, packs).HasConcernCategory(code) ? Definition(code) : Open311Answer.Fault(http, 404, "service_code was not found."));
        Get(v2, "/requests", Open311Requests.ListAsync);
        Get(v2, "/requests/{id}", Open311Requests.GetAsync);
        Get(v2, "/tokens/{token}", Open311Requests.TokenAsync);
        v2.MapPost("/requests", Open311Requests.PostAsync).ForResidents(ResidentTrafficKind.Post);
        v2.MapPost("/requests" + Suffix, Open311Requests.PostAsync).ForResidents(ResidentTrafficKind.Post);
    }

    /// <summary>The model pack of the bureau.</summary>
    public static ModelPack PackOf(OrganisationCache organisation, ModelPacks packs)
    {
        ArgumentNullException.ThrowIfNull(organisation);
        ArgumentNullException.ThrowIfNull(packs);
        return packs.Of(organisation.Current.Organisation);
    }

    private static void Get(IEndpointRouteBuilder group, string path, Delegate handler)
    {
        group.MapGet(path, handler).ForResidents(ResidentTrafficKind.Read).RequireCors(AnyOrigin);
        group.MapGet(path + Suffix, handler).ForResidents(ResidentTrafficKind.Read).RequireCors(AnyOrigin);
    }

    private static Open311Fields Service(CodedName category) => new()
    {
        ["service_code"] = category.Code,
        ["service_name"] = category.Name,
        ["description"] = $"社区关切：{category.Name}。非紧急事项；紧急情况请拨打110。Community concern: {category.NameEn ?? category.Name}. Not for emergencies: call 110.",
        ["metadata"] = false,
        ["type"] = "realtime",
        ["keywords"] = category.NameEn is { } english ? $"{category.Name},{english},{category.Code}" : $"{category.Name},{category.Code}",
        ["group"] = "社区关切",
    };

    /// <summary>No service asks for more, so the definition has no attributes.</summary>
    private static Open311Answer Definition(string code) => Open311Answer.One("service_definition", new Open311Fields
    {
        ["service_code"] = code, ["attributes"] = new Open311List("attribute", []),
    });

    private static Open311Answer Discovery(HttpContext http, ResidentOptions options)
    {
        var url = $"{http.Request.Scheme}://{http.Request.Host}{http.Request.PathBase}{Root}/v2";
        return Open311Answer.One("discovery", new Open311Fields
        {
            ["changeset"] = "2026-01-01T00:00:00Z",
            ["contact"] = string.Empty,
            ["key_service"] = options.ApiKeys.Length == 0 ? "No API key is needed." : "Ask the bureau for an API key.",
            ["endpoints"] = new Open311List("endpoint",
            [
                new Open311Fields
                {
                    ["specification"] = "http://wiki.open311.org/GeoReport_v2",
                    ["url"] = url,
                    ["changeset"] = "2026-01-01T00:00:00Z",
                    ["type"] = "production",
                    ["formats"] = new Open311Texts("format", ["text/xml", "application/json"]),
                },
            ]),
        });
    }

    private static async ValueTask<object?> JurisdictionAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var asked = http.Request.Query["jurisdiction_id"] is [{ Length: > 0 } query, ..] ? query
            : http.Request.HasFormContentType ? (await Open311Form.ReadAsync(http.Request, http.RequestAborted))["jurisdiction_id"]
            : null;
        var bureau = http.RequestServices.GetRequiredService<OrganisationCache>().Current.Organisation.Bureau.Id;
        return asked is null || asked == bureau || asked == http.RequestServices.GetRequiredService<ResidentOptions>().JurisdictionId
            ? await next(context)
            : Open311Answer.Fault(http, StatusCodes.Status404NotFound, "jurisdiction_id was not found.");
    }

    /// <summary>What fails is told in the specification's shape.</summary>
    private static async ValueTask<object?> InTheirShapeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (BadHttpRequestException exception)
        {
            return Open311Answer.Fault(context.HttpContext, exception.StatusCode, exception.Message);
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            context.HttpContext.Response.Headers.RetryAfter = "1";
            return Open311Answer.Fault(context.HttpContext, StatusCodes.Status503ServiceUnavailable, "It is not known whether this was done; try again.");
        }
    }
}
