using Dispatch.Bureau;
using Dispatch.Packs;

namespace Dispatch.Residents;

/// <summary>What the residents' page must know: where they are and what a request can be about.</summary>
/// <param name="Bureau">The bureau.</param>
/// <param name="Communities">Its communities.</param>
/// <param name="Categories">What a request can be about.</param>
/// <param name="BoundariesIllustrative">Whether the boundaries are drawn for demonstration.</param>
public sealed record ResidentGround(
    BureauInfo Bureau, IReadOnlyList<ResidentCommunity> Communities, IReadOnlyList<CodedName> Categories, bool BoundariesIllustrative);

/// <summary>A community as residents choose it.</summary>
public sealed record ResidentCommunity(string Id, string Name, string? NameEn, string StationId, GeoPoint Centre);

/// <summary>What everybody may know of the bureau.</summary>
public static class PublicPlaceEndpoints
{
    /// <summary>Maps it.</summary>
    public static void MapPublicPlaces(this IEndpointRouteBuilder residents)
    {
        residents.MapGet("/ground", GroundAsync).ForResidents(ResidentTrafficKind.Read);
        residents.MapGet("/communities.geojson", BoundariesAsync).ForResidents(ResidentTrafficKind.Read);
    }

    private static async Task<IResult> GroundAsync(OrganisationCache organisation, ModelPacks packs)
    {
        var o = (await organisation.GetAsync()).Organisation;
        return TypedResults.Ok(new ResidentGround(
            o.Bureau, [.. o.Communities.Select(x => new ResidentCommunity(x.Id, x.Name, x.NameEn, x.StationId, x.Centre ?? default))],
            packs.Of(o).ConcernCategories, o.BoundariesIllustrative));
    }

    private static async Task<IResult> BoundariesAsync(OrganisationCache organisation) =>
        TypedResults.Text(OrganisationEndpoints.GeoJson(await organisation.GetAsync()), "application/geo+json");
}
