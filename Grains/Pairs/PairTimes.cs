using System.Collections.Immutable;
using Dispatch.Bureau;
using Dispatch.Commands;

namespace Dispatch.Pairs;

/// <summary>What a pair's time is spent on, worked out from its events. Pure.</summary>
public static class PairTimes
{
    /// <summary>
    /// How many times that are not in the table yet a pair keeps: only a storage that writes records alone leaves any, and only while its journal is away.
    /// </summary>
    public const int MaxEnded = 64;

    /// <summary>What the time is spent on in a state; null off duty.</summary>
    /// <param name="s">The state.</param>
    /// <param name="home">The pair's home community.</param>
    public static Spending? SpentOn(PairState s, string home)
    {
        ArgumentNullException.ThrowIfNull(s);
        return s.Duty == PairDuty.OffDuty ? null
            : s.Commitment?.Offer is { } offer && offer.CommunityId == home ? new Spending(PairTimeKind.Community, null, null, offer.IncidentId)
            : s.Taken is { } taken ? new Spending(PairTimeKind.Borrowed, taken.By, taken.Reason, s.Commitment?.Offer.IncidentId)
            : s.Commitment is { } elsewhere ? new Spending(PairTimeKind.Incident, null, null, elsewhere.Offer.IncidentId)
            : s.Activity == PairActivity.Station ? new Spending(PairTimeKind.Station, null, null, null)
            : TakesAway(s.Activity) ? new Spending(PairTimeKind.Activity, s.ActivityBy, s.ActivityReason ?? NameOf(s.Activity), null)
            : new Spending(PairTimeKind.Community, null, null, null);
    }

    /// <summary>Whether an activity takes a pair from its community.</summary>
    public static bool TakesAway(PairActivity activity) =>
        activity is PairActivity.Meeting or PairActivity.Meal or PairActivity.Training or PairActivity.Court or PairActivity.OutOfService;

    /// <summary>Whether nothing that time is spent on differs between two states.</summary>
    public static bool SpendAlike(PairState one, PairState other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return one.Duty == other.Duty && one.Activity == other.Activity && one.ActivityBy == other.ActivityBy && one.ActivityReason == other.ActivityReason
            && one.Taken == other.Taken && one.Commitment?.Offer.Id == other.Commitment?.Offer.Id && one.PresentOfficerIds == other.PresentOfficerIds;
    }

    /// <summary>The state after one more event, with the time that the event ended.</summary>
    public static PairState Apply(PairState? state, Recorded<PairEvent> recorded, PairInfo pair)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        ArgumentNullException.ThrowIfNull(pair);
        var after = PairState.Apply(state, recorded);
        return Ended(state, after, recorded, pair) is not { } ended ? after
            : after with { Ended = [.. after.Ended.Skip(after.Ended.Length - MaxEnded + 1), ended] };
    }

    /// <summary>The time that an event ended; null where it went on, or lasted for no time.</summary>
    public static PairTime? Ended(PairState? before, PairState after, Recorded<PairEvent> recorded, PairInfo pair)
    {
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(recorded);
        ArgumentNullException.ThrowIfNull(pair);
        return before?.SpentSince is { } from && after.SpentSince is { } to && to > from && SpentOn(before, pair.CommunityId) is { } spent
            ? new PairTime(
                pair.Id, recorded.Version, pair.CommunityId, before.PresentOfficerIds, spent.Kind, spent.ByWhom, spent.Reason, from, to, spent.IncidentId)
            : null;
    }

    private static string NameOf(PairActivity activity) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(activity.ToString());
}

/// <summary>What time is spent on.</summary>
/// <param name="Kind">On what.</param>
/// <param name="ByWhom">Who took it from the community.</param>
/// <param name="Reason">Why.</param>
/// <param name="IncidentId">The incident.</param>
public sealed record Spending(PairTimeKind Kind, string? ByWhom, string? Reason, string? IncidentId);
