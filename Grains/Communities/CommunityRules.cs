using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Commands;

namespace Dispatch.Communities;

/// <summary>Something that happened in a community.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(InteractionRecorded), "interactionRecorded")]
public abstract record CommunityEvent;

/// <summary>A contact with residents.</summary>
public sealed record InteractionRecorded(InteractionView Interaction) : CommunityEvent;

/// <summary>A community's state: a window on its newest interactions; all of them are in the journal.</summary>
public sealed record CommunityState
{
    /// <summary>How many interactions the window holds.</summary>
    public const int Window = 50;

    public ImmutableArray<InteractionView> Interactions { get; init; } = [];

    /// <summary>The state after one more event.</summary>
    public static CommunityState Apply(CommunityState? state, Recorded<CommunityEvent> recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        var s = state ?? new CommunityState();
        return recorded.Event switch
        {
            InteractionRecorded e => s with { Interactions = [.. s.Interactions.TakeLast(Window - 1), e.Interaction] },
            _ => throw new InvalidOperationException($"A community does not know the event {recorded.Event.GetType().Name}."),
        };
    }
}

/// <summary>The rules of a community. Pure.</summary>
public static class CommunityRules
{
    private const int MaxText = 2000;
    private const int MaxParticipants = 100_000;

    /// <summary>Decides a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="newId">A fresh UUIDv7 for what comes into being.</param>
    /// <param name="now">Now.</param>
    public static Decision<CommunityEvent> Decide(CommunityCommand command, string newId, DateTimeOffset now) => command switch
    {
        RecordInteraction { Participants: < 0 or > MaxParticipants } =>
            Refusal.Invalid(RefusalCodes.ValueOutOfRange, "participants", $"participants is 0 to {MaxParticipants}."),
        RecordInteraction { Text.Length: > MaxText } => Refusal.Invalid(RefusalCodes.ValueTooLong, "text", $"text is at most {MaxText} characters."),
        RecordInteraction c => new InteractionRecorded(new InteractionView(newId, c.Kind, c.PairId, c.Text, c.Participants, now)),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Unknown command."),
    };
}
