using Dispatch.Bureau;
using Dispatch.Commands;

namespace Dispatch.Places;

/// <summary>A public place as it is kept: a name, an address, a location. Never who lives or works there.</summary>
/// <param name="Id">Follows from name and address, so that the same place imported again is the same.</param>
/// <param name="Name">1 to 100 characters.</param>
/// <param name="NameEn">English name, at most 100 characters.</param>
/// <param name="Address">At most 200 characters.</param>
/// <param name="Kind">One of <see cref="PlaceKinds.All"/>.</param>
/// <param name="Location">Where it is.</param>
/// <param name="Illustrative">Whether it was invented for demonstration.</param>
public sealed record Place(string Id, string Name, string? NameEn, string? Address, string Kind, GeoPoint Location, bool Illustrative = false)
{
    /// <summary>A place under the id that follows from its name and address.</summary>
    public static Place Of(string name, string? nameEn, string? address, string kind, GeoPoint location, bool illustrative = false) => new(
        DerivedIds.For("place", PlaceNames.Fold(name), PlaceNames.Fold(address)), name, nameEn, address, kind, location, illustrative);
}

/// <summary>What places are.</summary>
public static class PlaceKinds
{
    /// <summary>What it is where nothing is said.</summary>
    public const string Other = "other";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All =
        ["school", "hospital", "market", "square", "park", "building", "street", "crossing", "transport", "office", Other];
}

/// <summary>What was found.</summary>
/// <param name="Kind"><c>community</c>, <c>place</c> or <c>partner</c>.</param>
/// <param name="Id">Its id among those.</param>
/// <param name="Name">Name.</param>
/// <param name="NameEn">English name.</param>
/// <param name="Address">Address.</param>
/// <param name="PlaceKind">What a place is, one of <see cref="PlaceKinds.All"/>; null for what is none.</param>
/// <param name="CommunityId">The community that it lies in.</param>
/// <param name="StationId">Its station.</param>
/// <param name="Location">Where it is; of a community a point inside.</param>
/// <param name="Illustrative">Whether it was invented for demonstration.</param>
public sealed record FoundPlace(
    string Kind, string Id, string Name, string? NameEn, string? Address, string? PlaceKind, string CommunityId, string StationId, GeoPoint Location,
    bool Illustrative);

/// <summary>Places, best first.</summary>
public sealed record FoundPlaces(IReadOnlyList<FoundPlace> Items);
