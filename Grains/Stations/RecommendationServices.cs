namespace Dispatch.Stations;

/// <summary>What recommendations need from their process.</summary>
/// <param name="Options">What counts how much.</param>
/// <param name="Neighbours">Which other stations are near.</param>
/// <param name="Router">Knows the roads; null where none is configured.</param>
public sealed record RecommendationServices(RecommendationOptions Options, NeighbourStations Neighbours, OsrmRouter? Router);
