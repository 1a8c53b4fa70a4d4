using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Commands;

namespace Dispatch.Pairs;

/// <summary>What a pair's time on duty is spent on.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<PairTimeKind>))]
public enum PairTimeKind
{
    /// <summary>In its home community: available, on patrol, on visit, or on an incident there.</summary>
    Community,

    /// <summary>On an incident elsewhere.</summary>
    Incident,

    /// <summary>Taken from the community by an activity: a meeting, training, court, a meal, out of service.</summary>
    Activity,

    /// <summary>Taken from the community by a borrowing.</summary>
    Borrowed,

    /// <summary>At its station: neither in the community nor taken from it by anybody.</summary>
    Station,
}

/// <summary>A time on duty in which nothing changed about what it was spent on.</summary>
/// <param name="PairId">The pair.</param>
/// <param name="Version">The pair's version at its end; with the pair its key.</param>
/// <param name="CommunityId">The pair's home community then.</param>
/// <param name="OfficerIds">Who was there.</param>
/// <param name="Kind">What it was spent on.</param>
/// <param name="ByWhom">Who took it from the community, where somebody is named.</param>
/// <param name="Reason">Why; the name of the activity where nothing else was said. Null where nothing was taken.</param>
/// <param name="From">Its beginning.</param>
/// <param name="To">Its end, after the beginning.</param>
/// <param name="IncidentId">The incident it was spent on.</param>
[GenerateSerializer, Immutable, Alias("dispatch.pair-time")]
public sealed record PairTime(
    string PairId,
    long Version,
    string CommunityId,
    ImmutableArray<string> OfficerIds,
    PairTimeKind Kind,
    string? ByWhom,
    string? Reason,
    DateTimeOffset From,
    DateTimeOffset To,
    string? IncidentId);

/// <summary>What a pair's time is spent on at present. Without the reason, which is free text and not for every screen.</summary>
/// <param name="Kind">On what.</param>
/// <param name="Since">Since when.</param>
/// <param name="ByWhom">Who took it from the community, where somebody is named.</param>
[GenerateSerializer, Immutable, Alias("dispatch.present-time")]
public sealed record PresentTime(PairTimeKind Kind, DateTimeOffset Since, string? ByWhom = null);

/// <summary>How long a pair was seen inside and outside its home community on duty, as last counted: at most a quarter of an hour ago. No track is kept.</summary>
/// <param name="CountedTo">Up to when it is counted.</param>
/// <param name="Today">The day of <paramref name="CountedTo"/>.</param>
/// <param name="Week">The week of that day, from Monday.</param>
[GenerateSerializer, Immutable, Alias("dispatch.presence")]
public sealed record PresenceView(DateTimeOffset CountedTo, PresenceMinutes Today, PresenceMinutes Week);

/// <summary>Whole minutes on duty.</summary>
/// <param name="From">First day that is counted, in the bureau's own time.</param>
/// <param name="Inside">Inside the home community.</param>
/// <param name="Outside">Outside it.</param>
/// <param name="Unknown">Without a position report, or with one that is too vague.</param>
[GenerateSerializer, Immutable, Alias("dispatch.presence-minutes")]
public sealed record PresenceMinutes(DateOnly From, int Inside, int Outside, int Unknown);
