using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Commands;
using Dispatch.Live;

namespace Dispatch.Bureau;

/// <summary>The whole organisation of a bureau: what an organisation file holds and what every process keeps a copy of.</summary>
/// <param name="Bureau">The bureau itself.</param>
/// <param name="Stations">Its stations; ids are unique.</param>
/// <param name="Communities">Its communities with their boundaries; each belongs to one station.</param>
/// <param name="Pairs">Its pairs; each has a home station and community.</param>
/// <param name="Categories">What an incident can be.</param>
/// <param name="Dispositions">How an incident can end.</param>
/// <param name="ModelPack">Id of the model pack, the community-policing model that the bureau works by.</param>
/// <param name="BoundariesIllustrative">True where the boundaries are drawn for demonstration and are not the official ones.</param>
/// <param name="DeclineReasons">Why a pair may decline an offer; <see cref="Bureau.DeclineReasons.Usual"/> where absent.</param>
/// <param name="UnpairedOfficers">Officers the bureau knows who are in no pair at present.</param>
[GenerateSerializer, Immutable, Alias("dispatch.organisation")]
public sealed record Organisation(
    BureauInfo Bureau,
    ImmutableArray<StationInfo> Stations,
    ImmutableArray<CommunityInfo> Communities,
    ImmutableArray<PairInfo> Pairs,
    ImmutableArray<CodedName> Categories,
    ImmutableArray<CodedName> Dispositions,
    string ModelPack,
    bool BoundariesIllustrative = false,
    ImmutableArray<CodedName>? DeclineReasons = null,
    ImmutableArray<OfficerInfo>? UnpairedOfficers = null);

/// <summary>A bureau (公安局).</summary>
[GenerateSerializer, Immutable, Alias("dispatch.bureau-info")]
public sealed record BureauInfo(string Id, string Name, string? NameEn = null);

/// <summary>A station (派出所).</summary>
[GenerateSerializer, Immutable, Alias("dispatch.station-info")]
public sealed record StationInfo(string Id, string Name, string? NameEn = null);

/// <summary>A community (社区).</summary>
/// <param name="Id">Unique in the bureau.</param>
/// <param name="Name">Name in the bureau's first language.</param>
/// <param name="StationId">The station it belongs to.</param>
/// <param name="Boundary">GeoJSON Polygon or MultiPolygon, WGS-84.</param>
/// <param name="Centre">A point inside, for labels; worked out from the boundary on import.</param>
/// <param name="NameEn">English name.</param>
/// <param name="AreaClass">How fast one gets along there.</param>
[GenerateSerializer, Immutable, Alias("dispatch.community-info")]
public sealed record CommunityInfo(
    string Id,
    string Name,
    string StationId,
    JsonText Boundary,
    GeoPoint? Centre = null,
    string? NameEn = null,
    AreaClass AreaClass = AreaClass.Urban);

/// <summary>What kind of area a community is, for the speed of travel.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<AreaClass>))]
public enum AreaClass
{
    /// <summary>Town.</summary>
    Urban,

    /// <summary>Edge of a town.</summary>
    Suburban,

    /// <summary>Country.</summary>
    Rural,
}

/// <summary>A pair (搭档): two officers with a home community.</summary>
/// <param name="Id">Unique in the bureau.</param>
/// <param name="CallSign">What it is called on the radio.</param>
/// <param name="StationId">Home station.</param>
/// <param name="CommunityId">Home community.</param>
/// <param name="Officers">One or two officers.</param>
/// <param name="Home">Where it starts from before its first position report; its community's centre where absent.</param>
/// <param name="Agreement">What its officers agreed on; null where nothing is agreed.</param>
/// <param name="Successor">Who is to follow its green leaf; null where nobody is named.</param>
[GenerateSerializer, Immutable, Alias("dispatch.pair-info")]
public sealed record PairInfo(
    string Id,
    string CallSign,
    string StationId,
    string CommunityId,
    ImmutableArray<OfficerInfo> Officers,
    GeoPoint? Home = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] PairAgreement? Agreement = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] NamedSuccessor? Successor = null);

/// <summary>An officer of a pair.</summary>
/// <param name="Id">Unique in the bureau.</param>
/// <param name="Name">The officer's name.</param>
/// <param name="Role">Which half of the pair.</param>
/// <param name="Skills">What the officer can do.</param>
/// <param name="RetiresOn">The day the officer retires, as far as known; for those who look after pairs, not for screens.</param>
[GenerateSerializer, Immutable, Alias("dispatch.officer-info")]
public sealed record OfficerInfo(
    string Id,
    string Name,
    OfficerRole Role,
    ImmutableArray<string> Skills,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateOnly? RetiresOn = null)
{
    /// <summary>Officers as everybody sees them; the same array where nothing is left out.</summary>
    public static ImmutableArray<OfficerInfo> ForScreens(ImmutableArray<OfficerInfo> officers) =>
        officers.Any(x => x.RetiresOn is not null) ? [.. officers.Select(x => x with { RetiresOn = null })] : officers;
}

/// <summary>Which half of the pair an officer is.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<OfficerRole>))]
public enum OfficerRole
{
    /// <summary>绿叶: the senior officer who knows the streets and the people.</summary>
    GreenLeaf,

    /// <summary>红花: the young officer strong in technology.</summary>
    RedFlower,
}

/// <summary>A code of a list that the bureau configures, with its names.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.coded-name")]
public sealed record CodedName(string Code, string Name, string? NameEn = null);
