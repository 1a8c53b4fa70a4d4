using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Commands;
using Dispatch.Packs;

namespace Dispatch.Disputes;

/// <summary>Whether a dispute counts as closed locally (就地化解).</summary>
/// <param name="Answer">Yes, no, or not yet.</param>
/// <param name="Facts">The facts it rests on by the pack, each with how it stands.</param>
/// <param name="DecidedFrom">When the window of a repeat is over; null where nothing was settled.</param>
[GenerateSerializer, Immutable, Alias("dispatch.closed-locally")]
public sealed record ClosedLocally(ClosedLocallyAnswer Answer, ImmutableArray<FactFound> Facts, DateTimeOffset? DecidedFrom)
{
    /// <summary>Works it out from the facts; it is never set.</summary>
    /// <param name="dispute">The dispute.</param>
    /// <param name="pack">The model whose rule counts.</param>
    /// <param name="now">Now.</param>
    /// <param name="repeats">When the disputes were opened that are repeats of it.</param>
    public static ClosedLocally Of(DisputeView dispute, ModelPack pack, DateTimeOffset now, IEnumerable<DateTimeOffset> repeats)
    {
        ArgumentNullException.ThrowIfNull(dispute);
        ArgumentNullException.ThrowIfNull(pack);
        var over = dispute.SettledAt is { } settled ? pack.Due(pack.Clocks.RepeatWindow, settled) : (DateTimeOffset?)null;
        var facts = pack.ClosedLocally.Facts
            .Select(fact => new FactFound(fact, EndedOtherwise(dispute) ? FactStanding.Fails : StandingOf(fact, dispute, pack, now, over, repeats)))
            .ToImmutableArray();
        var answer = facts.Any(x => x.Standing == FactStanding.Fails) ? ClosedLocallyAnswer.No
            : facts.All(x => x.Standing == FactStanding.Holds) ? ClosedLocallyAnswer.Yes
            : ClosedLocallyAnswer.NotYet;
        return new ClosedLocally(answer, facts, over);
    }

    private static FactStanding StandingOf(
        ClosedLocallyFact fact, DisputeView dispute, ModelPack pack, DateTimeOffset now, DateTimeOffset? over, IEnumerable<DateTimeOffset> repeats) => fact switch
    {
        ClosedLocallyFact.SettledWhereItBegan => !IsClosed(dispute) ? FactStanding.Missing : HoldsOrFails(dispute.Tier == dispute.StartTier),
        ClosedLocallyFact.AgreementOrWithdrawal => HoldsOrMissing(dispute.Agreement is not null || IsWithdrawn(dispute)),
        ClosedLocallyFact.PerformanceChecked => HoldsOrMissing(
            dispute.Agreement is { } agreement ? agreement.Obligations.All(x => x.Result is PerformanceResult.Performed or PerformanceResult.Waived) : IsWithdrawn(dispute)),
        ClosedLocallyFact.FollowUpDone => HoldsOrMissing(
            dispute.SettledAt is not null && dispute.FollowUps.Count(x => x.Result != FollowUpResult.NotReached) >= pack.FollowUp.Visits),
        ClosedLocallyFact.NoRepeat => over is null ? FactStanding.Missing
            : repeats.Any(x => x <= over) ? FactStanding.Fails
            : HoldsOrMissing(now > over),
        _ => throw new ArgumentOutOfRangeException(nameof(fact), fact, "Unknown fact."),
    };

    private static bool IsClosed(DisputeView dispute) => dispute.Closing is not null;

    private static bool IsWithdrawn(DisputeView dispute) => dispute.Closing?.Outcome == DisputeOutcome.Withdrawn;

    private static bool EndedOtherwise(DisputeView dispute) => dispute.Closing is { Outcome: not (DisputeOutcome.Settled or DisputeOutcome.Withdrawn) };

    private static FactStanding HoldsOrMissing(bool holds) => holds ? FactStanding.Holds : FactStanding.Missing;

    private static FactStanding HoldsOrFails(bool holds) => holds ? FactStanding.Holds : FactStanding.Fails;
}

/// <summary>A fact of the rule, and how it stands.</summary>
/// <param name="Fact">Which.</param>
/// <param name="Standing">How it stands.</param>
[GenerateSerializer, Immutable, Alias("dispatch.fact-found")]
public sealed record FactFound(ClosedLocallyFact Fact, FactStanding Standing);

/// <summary>How a fact stands.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<FactStanding>))]
public enum FactStanding
{
    /// <summary>It holds.</summary>
    Holds,

    /// <summary>It may still come to hold.</summary>
    Missing,

    /// <summary>It does not hold, and will not.</summary>
    Fails,
}

/// <summary>Whether a dispute counts as closed locally.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ClosedLocallyAnswer>))]
public enum ClosedLocallyAnswer
{
    /// <summary>All facts hold.</summary>
    Yes,

    /// <summary>One will not hold any more.</summary>
    No,

    /// <summary>None fails, and one is missing.</summary>
    NotYet,
}
