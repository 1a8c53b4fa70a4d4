using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Live;
using Dispatch.Protection;
using Orleans.Concurrency;

namespace Dispatch.Communities;

/// <summary>One contact with residents. Needs no person and carries no name.</summary>
/// <param name="Id">UUID.</param>
/// <param name="Kind">What kind of contact.</param>
/// <param name="PairId">The pair that had it; null where it had none.</param>
/// <param name="Text">What was said or done, at most 2,000 characters; free words may hold anything, so not on the wallboard.</param>
/// <param name="Participants">How many people took part, 0 to 100,000; counted by activity, never by person.</param>
/// <param name="At">When it was.</param>
[GenerateSerializer, Immutable, Alias("dispatch.interaction-view")]
public sealed record InteractionView(string Id, InteractionKind Kind, string? PairId, string? Text, int Participants, DateTimeOffset At)
{
    /// <summary>When it was recorded here: later than <see cref="At"/> where a phone was offline.</summary>
    [Id(6)]
    public DateTimeOffset RecordedAt { get; init; } = At;

    /// <summary>How long it took, minutes, 0 to 1,440; null where nobody noted it.</summary>
    [Id(7)]
    public int? Minutes { get; init; }

    /// <summary>Code of the channel it came by, from the model pack; null for face to face.</summary>
    [Id(8)]
    public string? Channel { get; init; }

    /// <summary>Name of a public place, at most 200 characters: a hall, a market, a gate; an exact address of a resident is a protected field.</summary>
    [Id(9)]
    public string? Place { get; init; }

    /// <summary>Where it was, rounded to some 100 m.</summary>
    [Id(10)]
    public GeoPoint? Location { get; init; }

    /// <summary>The incident it came of.</summary>
    [Id(11)]
    public string? IncidentId { get; init; }

    /// <summary>Who recorded it.</summary>
    [Id(12)]
    public string? RecordedBy { get; init; }

    /// <summary>The person it was with, where one was noted: who may read more asks for it with a reason.</summary>
    [Id(14)]
    public PersonView? Person { get; init; }

    /// <summary>Why it was taken back, where it was: recorded by mistake or twice.</summary>
    [Id(13)]
    public string? WithdrawnBecause { get; init; }

    /// <summary>Without protected fields: free text may hold any.</summary>
    public InteractionView ForMasked() => this with { Text = null, Place = null, WithdrawnBecause = WithdrawnBecause is null ? null : string.Empty };
}

/// <summary>A community as it is answered: its newest interactions, oldest first.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.community-view")]
public sealed record CommunityView(string Id, long Version, ImmutableArray<InteractionView> Interactions);

/// <summary>Kinds of interaction (互动).</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<InteractionKind>))]
public enum InteractionKind
{
    /// <summary>入户走访.</summary>
    Visit,

    /// <summary>A meeting with residents.</summary>
    Meeting,

    /// <summary>举报.</summary>
    Tip,

    /// <summary>求助.</summary>
    Request,

    /// <summary>投诉.</summary>
    Complaint,

    /// <summary>调解.</summary>
    MediationSession,

    /// <summary>告诫.</summary>
    Warning,
}

/// <summary>Something that is asked of a community.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(RecordInteraction), "interaction")]
[JsonDerivedType(typeof(WithdrawInteraction), "withdrawInteraction")]
[GenerateSerializer, Immutable, Alias("dispatch.community-command")]
public abstract record CommunityCommand;

/// <summary>Records a contact with residents. Its id is worked out from the sender and the command, see <see cref="DerivedIds"/>.</summary>
/// <param name="Kind">What kind of contact.</param>
/// <param name="PairId">The pair that had it; the sender's own where absent.</param>
/// <param name="Text">What was said or done, at most 2,000 characters.</param>
/// <param name="Participants">How many people took part, 0 to 100,000.</param>
[GenerateSerializer, Immutable, Alias("dispatch.record-interaction")]
public sealed record RecordInteraction(InteractionKind Kind, string? PairId = null, string? Text = null, int Participants = 0) : CommunityCommand
{
    /// <summary>When it was, at most seven days back, for a phone that was offline; now where absent.</summary>
    [Id(4)]
    public DateTimeOffset? At { get; init; }

    /// <summary>Minutes it took, 0 to 1,440.</summary>
    [Id(5)]
    public int? Minutes { get; init; }

    /// <summary>Code of the channel it came by, at most 40 characters.</summary>
    [Id(6)]
    public string? Channel { get; init; }

    /// <summary>Name of a public place, at most 200 characters.</summary>
    [Id(7)]
    public string? Place { get; init; }

    /// <summary>Where it was; kept rounded to some 100 m.</summary>
    [Id(8)]
    public GeoPoint? Location { get; init; }

    /// <summary>The incident it came of.</summary>
    [Id(9)]
    public string? IncidentId { get; init; }

    /// <summary>The person it was with; an interaction needs none. Sealed before it is stored.</summary>
    [Id(11)]
    public ProtectedPerson? Person { get; init; }

    /// <summary>What the person is in it, a code of at most 40 letters; <c>resident</c> where absent.</summary>
    [Id(12)]
    public string? PersonRole { get; init; }

    /// <summary>Whether the person is under age, as far as is known.</summary>
    [Id(13)]
    public MinorAge? PersonMinor { get; init; }

    /// <summary>That the sender has seen that the text looks as if it held an ID or phone number, and means it as it is.</summary>
    [Id(10)]
    public bool TextConfirmed { get; init; }
}

/// <summary>Takes back what was recorded by mistake or twice; the journal keeps both. Within the window of newest interactions only.</summary>
/// <param name="InteractionId">Which.</param>
/// <param name="Reason">Why, at most 200 characters.</param>
/// <param name="TextConfirmed">That the sender means the reason as it is though it looks as if it held somebody's number.</param>
[GenerateSerializer, Immutable, Alias("dispatch.withdraw-interaction")]
public sealed record WithdrawInteraction(string InteractionId, string Reason, bool TextConfirmed = false) : CommunityCommand;

/// <summary>A community: owns what happens between police and residents there. Key: the community's id.</summary>
[Alias("dispatch.community")]
public interface ICommunityGrain : IFeedGrain
{
    /// <summary>Does a command, or refuses it. Answered only when the result is durable.</summary>
    [Alias("execute")]
    Task<Answer<CommunityView>> ExecuteAsync(CommandContext context, CommunityCommand command);

    /// <summary>The durable state; null where the organisation has no such community.</summary>
    [Alias("get"), AlwaysInterleave]
    Task<CommunityView?> GetAsync();

    /// <summary>The person of an interaction. The read is in the journal, with its reason, before it is answered.</summary>
    [Alias("read-person"), AlwaysInterleave]
    Task<Answer<ProtectedPerson>> ReadPersonAsync(CommandContext context, string interactionId, SealedFields box, string reason);

    /// <summary>A matter of this community tells its newest row; may be lost, the community compares with the tables.</summary>
    [Alias("publish-matter"), AlwaysInterleave]
    Task PublishMatterAsync(MatterRow matter);

    /// <summary>Its figures; null where the organisation has no such community.</summary>
    [Alias("get-summary"), AlwaysInterleave]
    Task<CommunitySummary?> GetSummaryAsync();
}
