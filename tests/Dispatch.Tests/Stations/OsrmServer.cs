using System.Collections.Concurrent;
using System.Globalization;
using Dispatch.Bureau;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Dispatch.Tests.Stations;

/// <summary>A real HTTP server on loopback that speaks OSRM's table service, and misbehaves on request.</summary>
public sealed class OsrmServer : IAsyncDisposable
{
    private const int MostPlaces = 100;
    private readonly WebApplication app;
    private readonly Func<GeoPoint, (double? Seconds, double? Metres)> road;

    private OsrmServer(Func<GeoPoint, (double? Seconds, double? Metres)> road)
    {
        this.road = road;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.MapGet("/osrm/table/v1/{profile}/{places}", AnswerAsync);
    }

    /// <summary>Its root, under a path, as behind a proxy.</summary>
    public Uri Url => new($"{app.Urls.First()}/osrm/");

    /// <summary>What it was asked, in order.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>Answers instead of a table; null for the table.</summary>
    public Func<HttpContext, Task>? Misbehave { get; set; }

    /// <summary>Starts one.</summary>
    /// <param name="road">Time and length of the road from a place, null where there is none.</param>
    public static async Task<OsrmServer> StartAsync(Func<GeoPoint, (double? Seconds, double? Metres)> road)
    {
        var server = new OsrmServer(road);
        await server.app.StartAsync();
        return server;
    }

    /// <summary>Never answers, until the caller gives up.</summary>
    public static Task Hang(HttpContext context) => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);

    /// <summary>Answers with a status and a body.</summary>
    public static Func<HttpContext, Task> Answer(int status, string body) => context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body);
    };

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context, string profile, string places)
    {
        Asked.Enqueue($"{profile}/{places}{context.Request.QueryString}");
        if (Misbehave is { } misbehave)
        {
            await misbehave(context);
            return;
        }

        var points = places.Split(';').Select(Read).ToArray();
        var sources = context.Request.Query["sources"].ToString().Split(';').Select(x => int.Parse(x, CultureInfo.InvariantCulture)).ToArray();
        var destinations = context.Request.Query["destinations"].ToString().Split(';').Select(x => int.Parse(x, CultureInfo.InvariantCulture)).ToArray();
        if (points.Length > MostPlaces || context.Request.Query["annotations"] != "duration,distance" || destinations is not [var to] || to != points.Length - 1)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsJsonAsync(new { code = points.Length > MostPlaces ? "TooBig" : "InvalidOptions" });
            return;
        }

        await context.Response.WriteAsJsonAsync(new
        {
            code = "Ok",
            durations = sources.Select(x => new[] { road(points[x]).Seconds }),
            distances = sources.Select(x => new[] { road(points[x]).Metres }),
            sources = sources.Select(x => new { location = new[] { points[x].Lon, points[x].Lat }, name = string.Empty }),
            destinations = new[] { new { location = new[] { points[to].Lon, points[to].Lat }, name = string.Empty } },
        });
    }

    private static GeoPoint Read(string place) => place.Split(',') is [var lon, var lat]
        ? new GeoPoint(double.Parse(lat, CultureInfo.InvariantCulture), double.Parse(lon, CultureInfo.InvariantCulture))
        : throw new FormatException($"'{place}' is no place.");
}
