using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Communities;

namespace Dispatch.Residents;

/// <summary>An anonymous tip (匿名举报) as those who may see it are shown it. Nothing is known of who left it.</summary>
/// <param name="Id">UUID.</param>
/// <param name="Number">Number for people.</param>
/// <param name="CommunityId">Its community.</param>
/// <param name="StationId">Station of that community when it was left.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Category">Code of its category; null where nobody said.</param>
/// <param name="Text">What it says.</param>
/// <param name="LeftAt">When it was left.</param>
[GenerateSerializer, Immutable, Alias("dispatch.tip-view")]
public sealed record TipView(
    string Id, string Number, string CommunityId, string StationId, TipStatus Status, string? Category, string Text, DateTimeOffset LeftAt) : IMatterView
{
    /// <summary>The category of tips about the police themselves: those who work there do not see them, their supervisors do.</summary>
    public const string AboutPolice = "police";

    /// <inheritdoc/>
    [Id(8)]
    public long Version { get; init; }

    /// <summary>Where, rounded to some 100 m.</summary>
    [Id(9)]
    public GeoPoint? Location { get; init; }

    /// <summary>What was written since, oldest first, at most 50.</summary>
    [Id(10)]
    public ImmutableArray<ResidentLetter> Letters { get; init; } = [];

    /// <summary>Who took it.</summary>
    [Id(11)]
    public string? TakenBy { get; init; }

    /// <summary>When it was taken.</summary>
    [Id(12)]
    public DateTimeOffset? TakenAt { get; init; }

    /// <summary>The concern that came of it.</summary>
    [Id(13)]
    public string? ConcernId { get; init; }

    /// <summary>The incident that came of it.</summary>
    [Id(14)]
    public string? IncidentId { get; init; }

    /// <summary>When it was closed.</summary>
    [Id(15)]
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>What came of it.</summary>
    [Id(16)]
    public TipOutcome? Outcome { get; init; }

    /// <summary>What is noted of that.</summary>
    [Id(17)]
    public string? Note { get; init; }

    /// <summary>Whether it is about the police.</summary>
    [JsonIgnore]
    public bool IsAboutPolice => Category == AboutPolice;
}

/// <summary>What whoever holds the claim code is shown of a tip.</summary>
/// <param name="Number">Number for people.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Text">What was said.</param>
/// <param name="LeftAt">When it was left.</param>
/// <param name="Letters">What was written since, oldest first.</param>
/// <param name="Outcome">What came of it.</param>
[GenerateSerializer, Immutable, Alias("dispatch.claimed-tip")]
public sealed record ClaimedTip(
    string Number, TipStatus Status, string Text, DateTimeOffset LeftAt, ImmutableArray<ResidentLetter> Letters, TipOutcome? Outcome);

/// <summary>Where a tip stands.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<TipStatus>))]
public enum TipStatus
{
    /// <summary>Nobody has looked at it yet.</summary>
    Left,

    /// <summary>Somebody looks into it.</summary>
    Taken,

    /// <summary>Nothing more is done.</summary>
    Closed,
}

/// <summary>A tip. Key: its id, which is worked out from the digest of its claim code.</summary>
[Alias("dispatch.tip")]
public interface ITipGrain : IMatterGrain<TipCommand, TipView>
{
    /// <summary>What whoever holds the claim code may see; null where it is another code, or there is no such tip.</summary>
    [Alias("claim")]
    Task<ClaimedTip?> ClaimAsync(string claimDigest);
}
