using Dispatch.Bureau;

namespace Dispatch.Demo;

/// <summary>A way along streets that run north-south and east-west, as they do in this plain, at an even speed.</summary>
public sealed class Walk
{
    private readonly List<GeoPoint> corners;
    private readonly double metres;
    private readonly DateTimeOffset from;
    private readonly double metresPerSecond;

    private Walk(List<GeoPoint> corners, DateTimeOffset from, Func<double, double> speed)
    {
        this.corners = corners;
        this.from = from;
        metres = corners.Zip(corners.Skip(1), (a, b) => a.DistanceMetresTo(b)).Sum();
        metresPerSecond = speed(metres);
    }

    /// <summary>When it is over.</summary>
    public DateTimeOffset Until => from + TimeSpan.FromSeconds(metres / metresPerSecond);

    /// <summary>Standing at a place.</summary>
    public static Walk Standing(GeoPoint at, DateTimeOffset now) => new([at], now, _ => 1);

    /// <summary>A way from one place to another over one or two corners.</summary>
    /// <param name="start">Where it starts.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="now">When it starts.</param>
    /// <param name="dice">Chooses the corners.</param>
    /// <param name="speed">Metres a second, from the metres of the way.</param>
    public static Walk Along(GeoPoint start, GeoPoint end, DateTimeOffset now, TrafficDice dice, Func<double, double> speed)
    {
        ArgumentNullException.ThrowIfNull(dice);
        var turn = dice.Next();
        var corners = dice.Chance(0.5)
            ? Corners(new(double.Lerp(start.Lat, end.Lat, turn), start.Lon), new(double.Lerp(start.Lat, end.Lat, turn), end.Lon))
            : Corners(new(start.Lat, double.Lerp(start.Lon, end.Lon, turn)), new(end.Lat, double.Lerp(start.Lon, end.Lon, turn)));
        return new Walk([start, .. corners, end], now, speed);

        static GeoPoint[] Corners(GeoPoint first, GeoPoint second) => [first, second];
    }

    /// <summary>Where one is at a time.</summary>
    public GeoPoint At(DateTimeOffset now)
    {
        var left = Math.Max(0, (now - from).TotalSeconds) * metresPerSecond;
        for (var i = 1; i < corners.Count; i++)
        {
            var leg = corners[i - 1].DistanceMetresTo(corners[i]);
            if (left < leg)
            {
                return new GeoPoint(
                    Math.Round(double.Lerp(corners[i - 1].Lat, corners[i].Lat, left / leg), 6),
                    Math.Round(double.Lerp(corners[i - 1].Lon, corners[i].Lon, left / leg), 6));
            }

            left -= leg;
        }

        return corners[^1];
    }
}
