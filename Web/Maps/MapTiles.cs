using System.Globalization;
using System.Text.Json.Serialization;
using Dispatch.Commands;
using Dispatch.Hosting;
using Microsoft.Net.Http.Headers;

namespace Dispatch.Maps;

/// <summary>What the screens are told of the tiles, and the file of tiles where there is one.</summary>
public sealed class MapTiles
{
    private const int MagicLength = 8;

    private MapTiles(MapView view, FileInfo? file)
    {
        View = view;
        File = file;
    }

    /// <summary>What the screens are told.</summary>
    public MapView View { get; }

    /// <summary>The PMTiles file; null where there is none on this machine.</summary>
    public FileInfo? File { get; }

    /// <summary>Names the present content of the file, so that a browser does not mix parts of two.</summary>
    public EntityTagHeaderValue? Tag => File is null
        ? null
        : new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{File.Length:x}-{File.LastWriteTimeUtc.Ticks:x}\""));

    /// <summary>The tiles of these options.</summary>
    /// <param name="options">The options, in which no fault was found.</param>
    /// <param name="fileAddress">Where the server serves the file.</param>
    /// <exception cref="StartupException">The file is not there, cannot be read, or is no PMTiles file.</exception>
    public static MapTiles Of(MapOptions options, string fileAddress)
    {
        ArgumentNullException.ThrowIfNull(options);
        var file = options.HasTileFile ? Checked(options.PmTiles!) : null;
        var (kind, url) = options switch
        {
            { StyleUrl: { } style } => (MapKind.Style, style),
            { PmTiles: { } tiles } => (MapKind.PmTiles, file is null ? tiles : fileAddress),
            { RasterUrl: { } raster } => (MapKind.Raster, raster),
            _ => (MapKind.None, (string?)null),
        };
        return new MapTiles(new MapView(kind, url, options.Attribution, options.Coordinates.ToString()), file);
    }

    private static FileInfo Checked(string path)
    {
        try
        {
            var file = new FileInfo(Path.GetFullPath(path));
            Span<byte> begin = stackalloc byte[MagicLength];
            using var stream = file.OpenRead();
            stream.ReadExactly(begin);
            return begin.SequenceEqual("PMTiles\u0003"u8)
                ? file
                : throw new StartupException("mapTilesInvalid", $"Dispatch:Map: '{path}' is not a PMTiles file of version 3.");
        }
        catch (EndOfStreamException)
        {
            throw new StartupException("mapTilesInvalid", $"Dispatch:Map: '{path}' is not a PMTiles file of version 3.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new StartupException("mapTilesUnreadable", $"Dispatch:Map: '{path}' cannot be read: {exception.Message}", exception);
        }
    }
}

/// <summary>What is under the boundaries.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<MapKind>))]
public enum MapKind
{
    /// <summary>Nothing: the boundaries alone.</summary>
    None,

    /// <summary>A vector style.</summary>
    Style,

    /// <summary>A PMTiles archive.</summary>
    PmTiles,

    /// <summary>Raster tiles.</summary>
    Raster,
}

/// <summary>What screens need to draw the ground.</summary>
/// <param name="Kind">What there is.</param>
/// <param name="Url">Where it is; null where there is nothing.</param>
/// <param name="Attribution">To be shown; null where the tiles bring it themselves.</param>
/// <param name="Coordinates">The system in which it is drawn, <c>WGS84</c> or <c>GCJ02</c>.</param>
public sealed record MapView(MapKind Kind, string? Url, string? Attribution, string Coordinates);
