using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Live;

namespace Dispatch.Bureau;

/// <summary>
/// A change of stations and communities. It says on which version of the organisation it was decided and is refused on any other, so that of two
/// administrators at once the second sees what the first did before he decides.
/// </summary>
/// <param name="ExpectedVersion">The organisation's version that was looked at.</param>
[JsonPolymorphic]
[JsonDerivedType(typeof(KeepStation), "stationKept")]
[JsonDerivedType(typeof(RemoveStation), "stationRemoved")]
[JsonDerivedType(typeof(KeepCommunity), "communityKept")]
[JsonDerivedType(typeof(RemoveCommunity), "communityRemoved")]
[JsonDerivedType(typeof(ImportCommunities), "communitiesImported")]
[GenerateSerializer, Immutable, Alias("dispatch.organisation-change")]
public abstract record OrganisationChange(long ExpectedVersion);

/// <summary>Adds a station, or gives one other names.</summary>
/// <param name="ExpectedVersion">The organisation's version that was looked at.</param>
/// <param name="Id">Unique in the bureau, 1 to 64 letters, digits, '.', '_' or '-'.</param>
/// <param name="Name">1 to 100 characters.</param>
/// <param name="NameEn">English name, at most 100 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.keep-station")]
public sealed record KeepStation(long ExpectedVersion, string Id, string Name, string? NameEn) : OrganisationChange(ExpectedVersion);

/// <summary>Takes a station out. Refused while communities or pairs belong to it.</summary>
/// <param name="ExpectedVersion">The organisation's version that was looked at.</param>
/// <param name="Id">The station.</param>
/// <param name="Reason">Why, 1 to 500 characters; in the journal.</param>
[GenerateSerializer, Immutable, Alias("dispatch.remove-station")]
public sealed record RemoveStation(long ExpectedVersion, string Id, string Reason) : OrganisationChange(ExpectedVersion);

/// <summary>Gives a community other names, another kind of area, station or boundary, or adds one. Another station is refused while it has pairs or open work.</summary>
/// <param name="ExpectedVersion">The organisation's version that was looked at.</param>
/// <param name="Community">The community; without a boundary it keeps the one that it has.</param>
[GenerateSerializer, Immutable, Alias("dispatch.keep-community")]
public sealed record KeepCommunity(long ExpectedVersion, CommunityDraft Community) : OrganisationChange(ExpectedVersion);

/// <summary>Takes a community out. Refused while pairs belong to it or incidents or matters are open in it.</summary>
/// <param name="ExpectedVersion">The organisation's version that was looked at.</param>
/// <param name="Id">The community.</param>
/// <param name="Reason">Why, 1 to 500 characters; in the journal.</param>
[GenerateSerializer, Immutable, Alias("dispatch.remove-community")]
public sealed record RemoveCommunity(long ExpectedVersion, string Id, string Reason) : OrganisationChange(ExpectedVersion);

/// <summary>Takes many communities from a file: adds those that are new and changes those that are there.</summary>
/// <param name="ExpectedVersion">The organisation's version that was looked at.</param>
/// <param name="Communities">The communities, at most 5,000.</param>
/// <param name="Stations">Stations that are added first; those that are there are given these names.</param>
/// <param name="RemoveOthers">Whether communities that are not in the list go.</param>
/// <param name="Illustrative">Whether the boundaries are drawn for demonstration; as it is where absent.</param>
[GenerateSerializer, Immutable, Alias("dispatch.import-communities")]
public sealed record ImportCommunities(
    long ExpectedVersion,
    ImmutableArray<CommunityDraft> Communities,
    ImmutableArray<StationInfo>? Stations = null,
    bool RemoveOthers = false,
    bool? Illustrative = null) : OrganisationChange(ExpectedVersion);

/// <summary>A community as somebody wants it.</summary>
/// <param name="Id">Unique in the bureau, 1 to 64 letters, digits, '.', '_' or '-'.</param>
/// <param name="Name">1 to 100 characters.</param>
/// <param name="StationId">The station that it belongs to.</param>
/// <param name="Boundary">GeoJSON Polygon or MultiPolygon, WGS-84; the one that it has where absent.</param>
/// <param name="NameEn">English name, at most 100 characters; the one that it has where absent in an import.</param>
/// <param name="AreaClass">How fast one gets along there; as it is where absent.</param>
[GenerateSerializer, Immutable, Alias("dispatch.community-draft")]
public sealed record CommunityDraft(
    string Id, string Name, string StationId, JsonText? Boundary = null, string? NameEn = null, AreaClass? AreaClass = null);

/// <summary>What a change of the organisation brought.</summary>
/// <param name="OrganisationVersion">The organisation's version after it.</param>
[GenerateSerializer, Immutable, Alias("dispatch.organisation-changed")]
public sealed record OrganisationChanged(long OrganisationVersion);

/// <summary>The clocks that incidents go by now, which are configuration of the silos.</summary>
/// <param name="OfferSeconds">By priority, how many seconds an offer waits for an answer.</param>
/// <param name="DispatchSeconds">By priority, seconds from opened to first dispatched.</param>
/// <param name="RefusalsBeforeSupervisor">How many pairs may say no, or nothing, before the supervisor is called.</param>
[GenerateSerializer, Immutable, Alias("dispatch.timers-in-force")]
public sealed record TimersInForce(ImmutableDictionary<int, int> OfferSeconds, ImmutableDictionary<int, int> DispatchSeconds, int RefusalsBeforeSupervisor);
