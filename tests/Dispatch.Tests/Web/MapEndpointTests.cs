using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Dispatch.Hosting;
using Dispatch.Maps;
using Dispatch.Tests.Processes;

namespace Dispatch.Tests.Web;

/// <summary>The ground of the maps: what the screens are told, the file of tiles by ranges, and settings that cannot work.</summary>
public sealed class MapEndpointTests(ServerFixture fixture)
{
    [Fact]
    public async Task Map_WithNothingConfigured_IsTheBoundariesAlone()
    {
        var (status, map) = await fixture.Dispatcher.GetAsync("map");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("none", (string?)map!["kind"]);
        Assert.Null((string?)map["url"]);
        Assert.Equal("WGS84", (string?)map["coordinates"]);
    }

    [Fact]
    public async Task Map_WithAFileOfTiles_ServesRangesOfItToThoseSignedIn()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.pmtiles");
        var content = Encoding.UTF8.GetBytes("PMTiles\u0003" + new string('x', 1000) + "end");
        await File.WriteAllBytesAsync(path, content);
        await using var server = DispatchServer.On(null, ("Dispatch__Map__PmTiles", path), ("Dispatch__Map__Coordinates", "GCJ02"));
        await server.StartAsync();
        using var dispatcher = await ApiClient.SignInAsync(server.Url, "dispatcher");
        var (_, map) = await dispatcher.GetAsync("map");
        Assert.Equal("pmTiles", (string?)map!["kind"]);
        Assert.Equal("GCJ02", (string?)map["coordinates"]);
        var address = new Uri(server.Url, (string)map["url"]!);

        using var http = new HttpClient();
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync(address)).StatusCode);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", dispatcher.AccessToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { Range = new RangeHeaderValue(1008, 1010) } };
        var part = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal("end", await part.Content.ReadAsStringAsync());
        Assert.NotNull(part.Headers.ETag);
        File.Delete(path);
    }

    [Theory]
    [InlineData("https://a.example/style.json", null, "https://a.example/{z}/{x}/{y}.png", "Somebody", "only one")]
    [InlineData("ftp://a.example/style.json", null, null, null, "StyleUrl")]
    [InlineData("//a.example/style.json", null, null, null, "StyleUrl")]
    [InlineData(null, null, "https://a.example/{z}/{x}.png", "Somebody", "{y}")]
    [InlineData(null, null, "https://a.example/{z}/{x}/{y}.png", null, "Attribution")]
    [InlineData(null, "https://a.example/a.pmtiles", null, "", "Attribution")]
    public void Options_ThatCannotBe_AreNamed(string? style, string? pmTiles, string? raster, string? attribution, string named)
    {
        var fault = new MapOptions { StyleUrl = style, PmTiles = pmTiles, RasterUrl = raster, Attribution = attribution }.FindFault();
        Assert.Contains(named, fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/tiles/{z}/{x}/{y}.png")]
    [InlineData("https://webrd0{s}.example/appmaptile?x={x}&y={y}&z={z}")]
    public void Options_WithRasterTiles_TellTheScreensAll(string raster)
    {
        var options = new MapOptions { RasterUrl = raster, Attribution = "© Somebody", Coordinates = MapCoordinates.GCJ02 };
        Assert.Null(options.FindFault());
        Assert.Equal(new MapView(MapKind.Raster, raster, "© Somebody", "GCJ02"), MapTiles.Of(options, "/unused").View);
    }

    [Fact]
    public void TileFile_OfAnotherKind_IsRefusedAtStart()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "SQLite format 3");
        var refusal = Assert.Throws<StartupException>(() => MapTiles.Of(new MapOptions { PmTiles = path }, "/unused"));
        Assert.StartsWith("mapTilesInvalid", refusal.Code, StringComparison.Ordinal);
        File.Delete(path);
    }
}
