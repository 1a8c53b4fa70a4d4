using Dispatch.Hosting;

namespace Dispatch.Maps;

/// <summary>The ground of the maps over HTTP.</summary>
public static class MapEndpoints
{
    private const string TilesPath = "/map/tiles.pmtiles";

    /// <summary>Adds the tiles, from section <c>Dispatch:Map</c>.</summary>
    /// <exception cref="StartupException">A value cannot be, or the file of tiles cannot be used.</exception>
    public static void AddMaps(this IServiceCollection services, IConfiguration configuration)
    {
        const string Invalid = "mapInvalid";
        var options = configuration.Read<MapOptions>("Dispatch:Map", Invalid);
        if (options.FindFault() is { } fault)
        {
            throw new StartupException(Invalid, $"Dispatch:Map: {fault}");
        }

        services.AddSingleton(MapTiles.Of(options, "/api/v1" + TilesPath));
    }

    /// <summary>Maps them.</summary>
    public static void MapMaps(this IEndpointRouteBuilder api)
    {
        api.MapGet("/map", (MapTiles tiles) => TypedResults.Ok(tiles.View)).WithTags("Map");
        api.MapGet(TilesPath, Tiles).WithTags("Map");
    }

    /// <summary>The file, of which maps ask for small ranges.</summary>
    private static IResult Tiles(MapTiles tiles) => tiles.File is { Exists: true } file
        ? TypedResults.PhysicalFile(
            file.FullName, "application/octet-stream", lastModified: file.LastWriteTimeUtc, entityTag: tiles.Tag, enableRangeProcessing: true)
        : TypedResults.NotFound();
}
