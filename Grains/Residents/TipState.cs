using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Bureau;
using Dispatch.Commands;

namespace Dispatch.Residents;

/// <summary>Something that happened to a tip.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(TipLeft), "tipLeft")]
[JsonDerivedType(typeof(TipWordsAdded), "tipWordsAdded")]
[JsonDerivedType(typeof(TipTaken), "tipTaken")]
[JsonDerivedType(typeof(TipReplied), "tipReplied")]
[JsonDerivedType(typeof(TipBecameConcern), "tipBecameConcern")]
[JsonDerivedType(typeof(TipBecameIncident), "tipBecameIncident")]
[JsonDerivedType(typeof(TipClosed), "tipClosed")]
public abstract record TipEvent;

/// <summary>Somebody left it.</summary>
public sealed record TipLeft(
    string CommunityId, string StationId, string? Category, string Text, GeoPoint? Location, string ClaimDigest) : TipEvent;

/// <summary>Whoever left it said more.</summary>
public sealed record TipWordsAdded(string Text) : TipEvent;

/// <summary>Somebody of the police looks into it.</summary>
public sealed record TipTaken : TipEvent;

/// <summary>The police answered.</summary>
public sealed record TipReplied(string Text) : TipEvent;

/// <summary>A concern came of it.</summary>
public sealed record TipBecameConcern(string ConcernId) : TipEvent;

/// <summary>An incident came of it.</summary>
public sealed record TipBecameIncident(string IncidentId) : TipEvent;

/// <summary>Nothing more is done.</summary>
public sealed record TipClosed(TipOutcome Outcome, string? Note) : TipEvent;

/// <summary>A tip as it is stored.</summary>
public sealed record TipState
{
    /// <summary>Its community.</summary>
    public required string CommunityId { get; init; }

    /// <summary>Station of that community when it was left.</summary>
    public required string StationId { get; init; }

    /// <summary>Code of its category.</summary>
    public string? Category { get; init; }

    /// <summary>What it says.</summary>
    public required string Text { get; init; }

    /// <summary>Where, rounded.</summary>
    public GeoPoint? Location { get; init; }

    /// <summary>Keyed digest of the claim code.</summary>
    public required string ClaimDigest { get; init; }

    /// <summary>When it was left.</summary>
    public DateTimeOffset LeftAt { get; init; }

    /// <summary>What was written since.</summary>
    public ImmutableArray<ResidentLetter> Letters { get; init; } = [];

    /// <summary>Who took it.</summary>
    public string? TakenBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? TakenAt { get; init; }

    /// <summary>The concern that came of it.</summary>
    public string? ConcernId { get; init; }

    /// <summary>The incident that came of it.</summary>
    public string? IncidentId { get; init; }

    /// <summary>When it was closed.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>What came of it.</summary>
    public TipOutcome? Outcome { get; init; }

    /// <summary>What is noted of that.</summary>
    public string? Note { get; init; }

    /// <summary>Where it stands.</summary>
    [JsonIgnore]
    public TipStatus Status => ClosedAt is not null ? TipStatus.Closed : TakenAt is not null ? TipStatus.Taken : TipStatus.Left;

    /// <summary>The state after one more event.</summary>
    public static TipState Apply(TipState? state, Recorded<TipEvent> recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        return recorded.Event is TipLeft left ? Begin(left, recorded.At) : Apply(state!, recorded.Event, recorded.At, recorded.By.Name);
    }

    private static TipState Begin(TipLeft e, DateTimeOffset at) => new()
    {
        CommunityId = e.CommunityId,
        StationId = e.StationId,
        Category = e.Category,
        Text = e.Text,
        Location = e.Location,
        ClaimDigest = e.ClaimDigest,
        LeftAt = at,
    };

    private static TipState Apply(TipState s, TipEvent happened, DateTimeOffset at, string by) => happened switch
    {
        TipWordsAdded e => s with { Letters = s.Letters.Add(new ResidentLetter(LetterFrom.Resident, e.Text, at)) },
        TipTaken => s with { TakenBy = by, TakenAt = at },
        TipReplied e => s with
        {
            Letters = s.Letters.Add(new ResidentLetter(LetterFrom.Police, e.Text, at)), TakenBy = s.TakenBy ?? by, TakenAt = s.TakenAt ?? at,
        },
        TipBecameConcern e => s with { ConcernId = e.ConcernId },
        TipBecameIncident e => s with { IncidentId = e.IncidentId },
        TipClosed e => s with { ClosedAt = at, Outcome = e.Outcome, Note = e.Note },
        _ => throw new InvalidOperationException($"A tip does not know the event {happened.GetType().Name}."),
    };
}
