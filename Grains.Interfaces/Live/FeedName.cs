using System.Diagnostics.CodeAnalysis;

namespace Dispatch.Live;

/// <summary>The parsed name of a feed.</summary>
/// <param name="Kind">Which feed.</param>
/// <param name="Id">Id of its station, community, pair or incident; empty for the bureau.</param>
public readonly record struct FeedName(FeedKind Kind, string Id)
{
    /// <summary>Incidents, pairs and figures of a station.</summary>
    public static string Station(string id) => $"station/{id}";

    /// <summary>Positions of a station's pairs.</summary>
    public static string Positions(string stationId) => $"station/{stationId}/positions";

    /// <summary>What happens in a community.</summary>
    public static string Community(string id) => $"community/{id}";

    /// <summary>A pair's offers and assignments, for its phone.</summary>
    public static string Pair(string id) => $"pair/{id}";

    /// <summary>One incident with its timeline.</summary>
    public static string Incident(string id) => $"incident/{id}";

    /// <summary>Figures of every station.</summary>
    public const string Bureau = "bureau";

    /// <summary>Parses a name; false where it is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? name, out FeedName feed)
    {
        feed = default;
        if (name is null || name.Length > 160)
        {
            return false;
        }

        var parts = name.Split('/');
        FeedName? parsed = parts switch
        {
            ["bureau"] => new FeedName(FeedKind.Bureau, string.Empty),
            ["station", { Length: > 0 } id] => new FeedName(FeedKind.Station, id),
            ["station", { Length: > 0 } id, "positions"] => new FeedName(FeedKind.Positions, id),
            ["community", { Length: > 0 } id] => new FeedName(FeedKind.Community, id),
            ["pair", { Length: > 0 } id] => new FeedName(FeedKind.Pair, id),
            ["incident", { Length: > 0 } id] => new FeedName(FeedKind.Incident, id),
            _ => null,
        };
        feed = parsed ?? default;
        return parsed is not null;
    }
}

/// <summary>The feeds there are.</summary>
public enum FeedKind
{
    /// <summary>Figures of every station.</summary>
    Bureau,

    /// <summary>Incidents, pairs and figures of a station.</summary>
    Station,

    /// <summary>Positions of a station's pairs.</summary>
    Positions,

    /// <summary>What happens in a community.</summary>
    Community,

    /// <summary>A pair's offers and assignments.</summary>
    Pair,

    /// <summary>One incident.</summary>
    Incident,
}
