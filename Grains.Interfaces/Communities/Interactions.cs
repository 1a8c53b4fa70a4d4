using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Commands;
using Dispatch.Live;
using Orleans.Concurrency;

namespace Dispatch.Communities;

/// <summary>One contact with residents. Needs no person and carries no name.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="Kind">What kind of contact.</param>
/// <param name="PairId">The pair that had it; null where it had none.</param>
/// <param name="Text">What was said or done, at most 2,000 characters; protected, so not on the wallboard.</param>
/// <param name="Participants">How many people took part, 0 to 100,000; counted by activity, never by person.</param>
/// <param name="At">When.</param>
[GenerateSerializer, Immutable, Alias("dispatch.interaction-view")]
public sealed record InteractionView(string Id, InteractionKind Kind, string? PairId, string? Text, int Participants, DateTimeOffset At)
{
    /// <summary>Without protected fields: free text may hold any.</summary>
    public InteractionView ForMasked() => this with { Text = null };
}

/// <summary>A community as it is shown: its newest interactions and how many there were today.</summary>
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
[GenerateSerializer, Immutable, Alias("dispatch.community-command")]
public abstract record CommunityCommand;

/// <summary>Records a contact with residents.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.record-interaction")]
public sealed record RecordInteraction(InteractionKind Kind, string? PairId = null, string? Text = null, int Participants = 0) : CommunityCommand;

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
}
