using System.Collections.Immutable;
using System.Security.Claims;
using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Commands;
using Dispatch.Live;
using Dispatch.Pairs;
using Dispatch.Stations;

namespace Dispatch.Bureau;

/// <summary>The organisation as everyone signed in sees it: without boundaries, which have an address of their own.</summary>
public sealed record OrganisationView(
    long Version,
    BureauInfo Bureau,
    IReadOnlyList<StationInfo> Stations,
    IReadOnlyList<CommunitySummary> Communities,
    IReadOnlyList<PairView> Pairs,
    IReadOnlyList<CodedName> Categories,
    IReadOnlyList<CodedName> Dispositions,
    IReadOnlyList<CodedName> DeclineReasons,
    IReadOnlyList<OfficerInfo> UnpairedOfficers,
    string ModelPack,
    bool BoundariesIllustrative);

/// <summary>A community without its boundary.</summary>
public sealed record CommunitySummary(string Id, string Name, string StationId, GeoPoint Centre, string? NameEn, AreaClass AreaClass);

/// <summary>What an import brought.</summary>
public sealed record OrganisationImported(long Version, int Stations, int Communities, int Pairs);

/// <summary>The organisation over HTTP.</summary>
public static class OrganisationEndpoints
{
    /// <summary>Largest organisation file: a bureau of 3,000 communities with detailed boundaries has about 30 MB.</summary>
    private const long MaxOrganisationBytes = 64 * 1024 * 1024;

    /// <summary>Maps them.</summary>
    public static void MapOrganisation(this IEndpointRouteBuilder api)
    {
        api.MapGet("/organisation", GetAsync).WithTags("Organisation");
        api.MapPut("/organisation", ImportAsync).WithTags("Organisation")
            .RequireAuthorization(x => x.RequireRole(Role.Administrator))
            .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(MaxOrganisationBytes));
        api.MapGet("/communities.geojson", (OrganisationCache organisation) => TypedResults.Text(
            GeoJson(organisation.Current), "application/geo+json")).WithTags("Organisation");
    }

    /// <param name="pairs">Whether the pairs are wanted: a large bureau has thousands of them, and who watches the feeds has them from there.</param>
    private static async Task<IResult> GetAsync(ClaimsPrincipal principal, OrganisationCache organisation, IGrainFactory grains, bool pairs = true)
    {
        var snapshot = await organisation.GetAsync();
        var user = SignedIn.Of(principal, organisation);
        var o = snapshot.Organisation;
        var lists = await Task.WhenAll(o.Stations.Where(x => pairs && user.SeesStation(x.Id)).Select(x => grains.GetGrain<IStationGrain>(x.Id).ListPairsAsync()));
        return TypedResults.Ok(new OrganisationView(
            snapshot.Version, o.Bureau, o.Stations, [.. o.Communities.Select(x => new CommunitySummary(x.Id, x.Name, x.StationId, x.Centre ?? default, x.NameEn, x.AreaClass))],
            [.. lists.SelectMany(x => x)], o.Categories, o.Dispositions, o.DeclineReasons ?? DeclineReasons.Usual,
            OfficerInfo.ForScreens(o.UnpairedOfficers ?? []), o.ModelPack, o.BoundariesIllustrative));
    }

    private static async Task<IResult> ImportAsync(
        Organisation body, CommandKey key, ClaimsPrincipal user, OrganisationCache organisation, IGrainFactory grains)
    {
        var answer = await grains.GetGrain<IBureauGrain>(IBureauGrain.Key)
            .ImportAsync(new CommandContext(key.Value, SignedIn.Of(user, organisation).Actor), body);
        if (answer.IsRefused)
        {
            return answer.Refusal.ToResult();
        }

        await organisation.RefreshAsync();
        var imported = answer.Value.Organisation;
        return TypedResults.Ok(new OrganisationImported(
            answer.Value.Version, imported.Stations.Length, imported.Communities.Length, imported.Pairs.Length));
    }

    /// <summary>The boundaries of all communities, as GeoJSON.</summary>
    public static string GeoJson(OrganisationSnapshot snapshot) => JsonText.Of(new
    {
        type = "FeatureCollection",
        illustrative = snapshot.Organisation.BoundariesIllustrative,
        features = snapshot.Organisation.Communities.Select(x => new
        {
            type = "Feature",
            id = x.Id,
            properties = new { id = x.Id, name = x.Name, nameEn = x.NameEn, stationId = x.StationId },
            geometry = x.Boundary,
        }).ToImmutableArray(),
    }).ToString();
}
