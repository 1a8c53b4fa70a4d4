using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Commands;
using Dispatch.Protection;

namespace Dispatch.Residents;

/// <summary>Something that happened to a complaint.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ComplaintMade), "complaintMade")]
[JsonDerivedType(typeof(ComplaintWordsAdded), "complaintWordsAdded")]
[JsonDerivedType(typeof(ComplaintAcknowledged), "complaintAcknowledged")]
[JsonDerivedType(typeof(ComplainantAsked), "complainantAsked")]
[JsonDerivedType(typeof(ComplaintDecided), "complaintDecided")]
[JsonDerivedType(typeof(ComplaintClosed), "complaintClosed")]
public abstract record ComplaintEvent;

/// <summary>Somebody made it.</summary>
public sealed record ComplaintMade(
    string CommunityId, string StationId, ComplaintAbout About, string Text, string? ClaimDigest, SealedPerson? Contact, string? RecordedBy,
    DateTimeOffset AcknowledgeBy) : ComplaintEvent;

/// <summary>The complainant said more.</summary>
public sealed record ComplaintWordsAdded(string Text) : ComplaintEvent;

/// <summary>Oversight looks into it.</summary>
public sealed record ComplaintAcknowledged : ComplaintEvent;

/// <summary>Oversight asked something.</summary>
public sealed record ComplainantAsked(string Text) : ComplaintEvent;

/// <summary>It was decided, or taken back.</summary>
public sealed record ComplaintDecided(ComplaintDecision Decision, string? Answer) : ComplaintEvent;

/// <summary>Nothing more is done.</summary>
public sealed record ComplaintClosed(string? Note) : ComplaintEvent;

/// <summary>A complaint as it is stored.</summary>
public sealed record ComplaintState
{
    /// <summary>The community where it was.</summary>
    public required string CommunityId { get; init; }

    /// <summary>Station of that community when it was made.</summary>
    public required string StationId { get; init; }

    /// <summary>What it is about.</summary>
    public required ComplaintAbout About { get; init; }

    /// <summary>What it says.</summary>
    public required string Text { get; init; }

    /// <summary>Keyed digest of the claim code.</summary>
    public string? ClaimDigest { get; init; }

    /// <summary>The complainant, sealed.</summary>
    public SealedPerson? Contact { get; init; }

    /// <summary>Who recorded it on a resident's behalf.</summary>
    public string? RecordedBy { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset MadeAt { get; init; }

    /// <summary>Until when it should be acknowledged.</summary>
    public DateTimeOffset AcknowledgeBy { get; init; }

    /// <summary>What was written since.</summary>
    public ImmutableArray<ResidentLetter> Letters { get; init; } = [];

    /// <summary>When it was acknowledged.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>How it was decided.</summary>
    public ComplaintDecision? Decision { get; init; }

    /// <summary>What was answered.</summary>
    public string? Answer { get; init; }

    /// <summary>When it was decided.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>When it was closed.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>What is noted of that.</summary>
    public string? Note { get; init; }

    /// <summary>Where it stands.</summary>
    [JsonIgnore]
    public ComplaintStatus Status =>
        ClosedAt is not null ? ComplaintStatus.Closed
        : DecidedAt is not null ? ComplaintStatus.Decided
        : AcknowledgedAt is not null ? ComplaintStatus.Acknowledged
        : ComplaintStatus.Made;

    /// <summary>The state after one more event.</summary>
    public static ComplaintState Apply(ComplaintState? state, Recorded<ComplaintEvent> recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        return recorded.Event is ComplaintMade made ? Begin(made, recorded.At) : Apply(state!, recorded.Event, recorded.At);
    }

    private static ComplaintState Begin(ComplaintMade e, DateTimeOffset at) => new()
    {
        CommunityId = e.CommunityId,
        StationId = e.StationId,
        About = e.About,
        Text = e.Text,
        ClaimDigest = e.ClaimDigest,
        Contact = e.Contact,
        RecordedBy = e.RecordedBy,
        MadeAt = at,
        AcknowledgeBy = e.AcknowledgeBy,
    };

    private static ComplaintState Apply(ComplaintState s, ComplaintEvent happened, DateTimeOffset at) => happened switch
    {
        ComplaintWordsAdded e => s with { Letters = s.Letters.Add(new ResidentLetter(LetterFrom.Resident, e.Text, at)) },
        ComplaintAcknowledged => s with { AcknowledgedAt = at },
        ComplainantAsked e => s with { Letters = s.Letters.Add(new ResidentLetter(LetterFrom.Police, e.Text, at)), AcknowledgedAt = s.AcknowledgedAt ?? at },
        ComplaintDecided e => s with { Decision = e.Decision, Answer = e.Answer, DecidedAt = at, AcknowledgedAt = s.AcknowledgedAt ?? at },
        ComplaintClosed e => s with { ClosedAt = at, Note = e.Note },
        _ => throw new InvalidOperationException($"A complaint does not know the event {happened.GetType().Name}."),
    };
}
