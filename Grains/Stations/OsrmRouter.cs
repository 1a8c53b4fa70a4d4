using System.Collections.Immutable;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Dispatch.Bureau;
using Dispatch.Live;
using Microsoft.Extensions.Logging;

namespace Dispatch.Stations;

/// <summary>Where the router is. Configuration section <c>Dispatch:Router</c>.</summary>
public sealed record RouterOptions
{
    /// <summary>Root of an OSRM-compatible server, such as <c>http://127.0.0.1:5000</c>; null for none.</summary>
    public Uri? Url { get; init; }

    /// <summary>Profile in the path of a request; OSRM itself ignores it.</summary>
    public string Profile { get; init; } = "driving";

    /// <summary>How long an answer is waited for, seconds: a dispatcher looks at the list meanwhile.</summary>
    public double TimeoutSeconds { get; init; } = 0.3;

    /// <summary>How long the router is left alone after a failure, seconds, so that a dead one does not delay every recommendation.</summary>
    public double QuietSeconds { get; init; } = 5;
}

/// <summary>A way by road.</summary>
/// <param name="Seconds">How long it takes.</param>
/// <param name="Metres">How long it is; null where the router does not tell.</param>
public readonly record struct RoadWay(double Seconds, double? Metres);

/// <summary>Asks an OSRM-compatible router how long pairs need to a place: <c>GET /table/v1/…</c>. Thread-safe.</summary>
public sealed partial class OsrmRouter(HttpClient http, RouterOptions options, TimeProvider time, ILogger<OsrmRouter> logger) : IDisposable
{
    /// <summary>How many places are asked about at once: with the destination the hundred that osrm-routed takes (<c>--max-table-size</c>).</summary>
    public const int MostAtOnce = 99;

    private long quietUntil = long.MinValue;

    /// <summary>The ways of the first <see cref="MostAtOnce"/> places, in their order.</summary>
    /// <returns>Null for each place that no road leads from; the default array where the router failed, was too slow, or is left alone after that.</returns>
    public async Task<ImmutableArray<RoadWay?>> AskAsync(IReadOnlyList<GeoPoint> from, GeoPoint to)
    {
        ArgumentNullException.ThrowIfNull(from);
        if (from.Count == 0 || time.GetUtcNow().UtcTicks < Interlocked.Read(ref quietUntil))
        {
            return from.Count == 0 ? [] : default;
        }

        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(options.TimeoutSeconds), time);
        try
        {
            var sources = from.Take(MostAtOnce).ToArray();
            using var response = await http.GetAsync(UriOf(sources, to), late.Token);
            response.EnsureSuccessStatusCode();
            return Read(await response.Content.ReadFromJsonAsync<Table>(DispatchJson.Options, late.Token), sources.Length);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or JsonException or NotSupportedException)
        {
            Interlocked.Exchange(ref quietUntil, (time.GetUtcNow() + TimeSpan.FromSeconds(options.QuietSeconds)).UtcTicks);
            LogFailed(exception, options.Url, options.QuietSeconds);
            return default;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private Uri UriOf(GeoPoint[] sources, GeoPoint to)
    {
        var places = string.Join(';', sources.Append(to).Select(x => string.Create(CultureInfo.InvariantCulture, $"{x.Lon:0.######},{x.Lat:0.######}")));
        var numbers = string.Join(';', Enumerable.Range(0, sources.Length));
        var root = options.Url!.AbsoluteUri.TrimEnd('/');
        return new Uri(string.Create(
            CultureInfo.InvariantCulture,
            $"{root}/table/v1/{options.Profile}/{places}?sources={numbers}&destinations={sources.Length}&annotations=duration,distance"));
    }

    private static ImmutableArray<RoadWay?> Read(Table? table, int count)
    {
        if (table is not { Code: "Ok", Durations.Length: var rows } || rows != count || (table.Distances is { } distances && distances.Length != count))
        {
            throw new JsonException($"The router answered '{table?.Code}', not a table of {count} rows.");
        }

        var ways = ImmutableArray.CreateBuilder<RoadWay?>(count);
        for (var i = 0; i < count; i++)
        {
            if (table.Durations[i] is not [var seconds] || seconds is < 0 or double.NaN)
            {
                throw new JsonException("A row of the router's table is not one time.");
            }

            ways.Add(seconds is { } known ? new RoadWay(known, table.Distances?[i] is [{ } metres and >= 0] ? metres : null) : null);
        }

        return ways.MoveToImmutable();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The router at {Url} failed; estimates stand, and it is left alone for {Seconds} s.")]
    private partial void LogFailed(Exception exception, Uri? url, double seconds);

    /// <summary>OSRM's answer: a row for each source, in it one entry, null where there is no way.</summary>
    private sealed record Table(string? Code, double?[]?[]? Durations = null, double?[]?[]? Distances = null);
}
