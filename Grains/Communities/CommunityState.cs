using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Dispatch.Commands;
using Dispatch.Protection;

namespace Dispatch.Communities;

/// <summary>Something that happened in a community.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(InteractionRecorded), "interactionRecorded")]
[JsonDerivedType(typeof(InteractionWithdrawn), "interactionWithdrawn")]
public abstract record CommunityEvent;

/// <summary>A contact with residents.</summary>
/// <param name="Interaction">As it is shown.</param>
/// <param name="Person">What is protected of the person it was with; null where none was noted.</param>
public sealed record InteractionRecorded(InteractionView Interaction, SealedFields? Person = null) : CommunityEvent;

/// <summary>An interaction was taken back.</summary>
public sealed record InteractionWithdrawn(string InteractionId, string Reason) : CommunityEvent;

/// <summary>A community's state: a window on its newest interactions, and today's figures; all interactions are in the tables.</summary>
public sealed record CommunityState
{
    /// <summary>How many interactions the window holds.</summary>
    public const int Window = 50;

    /// <summary>The newest interactions, oldest first.</summary>
    public ImmutableArray<InteractionView> Interactions { get; init; } = [];

    /// <summary>The day that is counted, at UTC+8.</summary>
    public DateOnly Day { get; init; }

    /// <summary>Interactions recorded that day by kind.</summary>
    public ImmutableSortedDictionary<string, int> OfDay { get; init; } = ImmutableSortedDictionary<string, int>.Empty;

    /// <summary>People who took part in them.</summary>
    public int ParticipantsOfDay { get; init; }

    /// <summary>When the newest interaction of a pair was.</summary>
    public DateTimeOffset? LastOfPairAt { get; init; }

    /// <summary>The day of a moment, at UTC+8.</summary>
    public static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.ToOffset(TimeSpan.FromHours(8)).DateTime);

    /// <summary>The state after one more event.</summary>
    public static CommunityState Apply(CommunityState? state, Recorded<CommunityEvent> recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        var s = state ?? new CommunityState();
        return recorded.Event switch
        {
            InteractionRecorded e => s.Count(e.Interaction, 1) with { Interactions = [.. s.Interactions.TakeLast(Window - 1), e.Interaction] },
            InteractionWithdrawn e when s.Interactions.FirstOrDefault(x => x.Id == e.InteractionId) is { } taken => s.Count(taken, -1) with
            {
                Interactions = s.Interactions.Replace(taken, taken with { WithdrawnBecause = e.Reason }),
            },
            InteractionWithdrawn => s,
            _ => throw new InvalidOperationException($"A community does not know the event {recorded.Event.GetType().Name}."),
        };
    }

    private CommunityState Count(InteractionView interaction, int by)
    {
        var day = DayOf(interaction.RecordedAt);
        var s = day > Day ? this with { Day = day, OfDay = OfDay.Clear(), ParticipantsOfDay = 0 } : this;
        if (by > 0 && interaction.PairId is not null && !(interaction.At <= LastOfPairAt))
        {
            s = s with { LastOfPairAt = interaction.At };
        }

        var kind = JsonNamingPolicy.CamelCase.ConvertName(interaction.Kind.ToString());
        return day != s.Day ? s : s with
        {
            OfDay = s.OfDay.SetItem(kind, s.OfDay.GetValueOrDefault(kind) + by), ParticipantsOfDay = s.ParticipantsOfDay + (by * interaction.Participants),
        };
    }
}
