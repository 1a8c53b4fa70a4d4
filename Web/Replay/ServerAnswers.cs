using System.Collections.Immutable;
using Dispatch.Bureau;

namespace Dispatch.Replay;

// What the replay reads of the public API's answers. It is a client from outside: names it does not need are left unread.

/// <summary>Answer of <c>GET /organisation</c>.</summary>
public sealed record OrganisationAnswer(
    ImmutableArray<CommunityAnswer> Communities,
    ImmutableArray<PairAnswer> Pairs,
    ImmutableArray<CodeAnswer> Categories,
    ImmutableArray<CodeAnswer> Dispositions,
    ImmutableArray<StationAnswer> Stations = default);

/// <summary>A station.</summary>
public sealed record StationAnswer(string Id);

/// <summary>A community.</summary>
public sealed record CommunityAnswer(string Id, string Name, GeoPoint Centre);

/// <summary>A pair.</summary>
public sealed record PairAnswer(string Id, ImmutableArray<OfficerAnswer> Officers);

/// <summary>An officer.</summary>
public sealed record OfficerAnswer(string Id);

/// <summary>A category or a disposition.</summary>
public sealed record CodeAnswer(string Code);

/// <summary>An incident.</summary>
public sealed record IncidentAnswer(
    string Id, string Status, DateTimeOffset OpenedAt, ImmutableArray<OfferAnswer> Offers, ImmutableArray<AssignmentAnswer> Assignments, long Version = 0)
{
    /// <summary>Whether the server counts it as closed.</summary>
    public bool IsClosed => Status == "closed";
}

/// <summary>Answer of <c>POST /incidents/{id}/offers</c>.</summary>
public sealed record OffersAnswer(ImmutableArray<OfferAnswer> Offers);

/// <summary>An offer.</summary>
public sealed record OfferAnswer(string Id, string PairId, string Status, DateTimeOffset OfferedAt);

/// <summary>Answer of <c>GET /incidents</c>.</summary>
public sealed record IncidentPageAnswer(ImmutableArray<ListedIncidentAnswer> Items, string? NextCursor = null);

/// <summary>An incident on a list.</summary>
public sealed record ListedIncidentAnswer(string Id, string Status)
{
    /// <summary>Whether it has not ended.</summary>
    public bool IsOpen => Status is not ("closed" or "cancelled" or "merged" or "diverted");
}

/// <summary>An incident or a pair, as a screen or a list shows it.</summary>
public sealed record ShownAnswer(string Id, long Version);

/// <summary>A pair's part in an incident.</summary>
public sealed record AssignmentAnswer(
    string PairId, string Status, DateTimeOffset OfferedAt, DateTimeOffset AcceptedAt, DateTimeOffset? OnSceneAt = null, DateTimeOffset? ClearedAt = null)
{
    /// <summary>Whether it still holds the pair.</summary>
    public bool Holds => Status is "committed" or "enRoute" or "onScene" or "reported";
}

/// <summary>Answer of <c>POST /auth/login</c> and <c>/auth/refresh</c>.</summary>
/// <param name="AccessToken">Token of the next requests.</param>
/// <param name="ExpiresIn">Seconds it is good for.</param>
/// <param name="RefreshToken">Token for the next one.</param>
public sealed record SessionAnswer(string AccessToken, long ExpiresIn, string? RefreshToken = null);

/// <summary>Problem details of an error.</summary>
public sealed record ProblemAnswer(string? Code = null, string? Detail = null, string? Title = null);
