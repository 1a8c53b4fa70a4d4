namespace Dispatch.Maps;

/// <summary>
/// The tiles under the boundaries of maps; section <c>Dispatch:Map</c>, checked at start. Without any the maps are drawn from the boundaries alone, and nothing is asked of the
/// internet. At most one of the three sources is set.
/// </summary>
public sealed class MapOptions
{
    private static readonly string[] NumbersOfATile = ["{x}", "{y}", "{z}"];

    /// <summary>Address of a vector style, <c>http(s)://…</c> or a path of this server; null for none. It brings its own attribution.</summary>
    public string? StyleUrl { get; set; }

    /// <summary>A PMTiles file (version 3) on this machine, which the server serves by ranges, or the address of one; null for none.</summary>
    public string? PmTiles { get; set; }

    /// <summary>Address of raster tiles with <c>{x}</c>, <c>{y}</c> and <c>{z}</c>; null for none. Needs an <see cref="Attribution"/>.</summary>
    public string? RasterUrl { get; set; }

    /// <summary>Who the tiles are from, shown on every map; 1 to 200 characters.</summary>
    public string? Attribution { get; set; }

    /// <summary>The coordinate system in which the provider draws; default WGS-84.</summary>
    public MapCoordinates Coordinates { get; set; } = MapCoordinates.WGS84;

    /// <summary>Whether <see cref="PmTiles"/> is a file of this machine.</summary>
    public bool HasTileFile => PmTiles is not null && !IsAddress(PmTiles);

    /// <summary>What cannot be; null where all is well.</summary>
    public string? FindFault()
    {
        if (new[] { StyleUrl, PmTiles, RasterUrl }.Count(x => x is not null) > 1)
        {
            return "only one of StyleUrl, PmTiles and RasterUrl can be set.";
        }

        if (StyleUrl is not null && !IsAddress(StyleUrl) && !IsPath(StyleUrl))
        {
            return "StyleUrl is an address that begins with http://, https:// or /.";
        }

        if (RasterUrl is not null && !IsAddress(RasterUrl) && !IsPath(RasterUrl))
        {
            return "RasterUrl is an address that begins with http://, https:// or /.";
        }

        if (RasterUrl is not null && !NumbersOfATile.All(x => RasterUrl.Contains(x, StringComparison.Ordinal)))
        {
            return "RasterUrl has {x}, {y} and {z} where a tile's numbers go.";
        }

        if (RasterUrl is not null && Attribution is null)
        {
            return "RasterUrl needs an Attribution, which is shown on the maps.";
        }

        return Attribution is null or { Length: > 0 and <= 200 } ? null : "Attribution is 1 to 200 characters.";
    }

    private static bool IsAddress(string text) =>
        text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    private static bool IsPath(string text) => text.StartsWith('/') && !text.StartsWith("//", StringComparison.Ordinal);
}

/// <summary>Coordinate systems of tiles. Everything else of ours is WGS-84.</summary>
public enum MapCoordinates
{
    /// <summary>As GPS has it.</summary>
    WGS84,

    /// <summary>As Chinese providers must draw, some hundred metres away.</summary>
    GCJ02,
}
