using System.Text.Json.Serialization;
using Dispatch.Commands;

namespace Dispatch.Pairs;

/// <summary>How a clock stands.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ClockState>))]
public enum ClockState
{
    /// <summary>Nothing to do.</summary>
    Ok,

    /// <summary>Something is to be done.</summary>
    Due,

    /// <summary>It should have been done.</summary>
    Overdue,
}

/// <summary>What a number is counted in.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<FactUnit>))]
public enum FactUnit
{
    /// <summary>Minutes.</summary>
    Minutes,

    /// <summary>Days.</summary>
    Days,

    /// <summary>Pieces.</summary>
    Count,
}

/// <summary>One fact about a pair in its community: how its clock stands, and the number behind that. Facts are never added up to a score.</summary>
/// <param name="State">How it stands.</param>
/// <param name="Number">The number; null where there is none.</param>
/// <param name="Unit">What it is counted in.</param>
/// <param name="Code">What is the matter, as a code; null where nothing is.</param>
public sealed record PairFact(ClockState State, double? Number, FactUnit Unit, string? Code = null);

/// <summary>How a pair is doing in its community.</summary>
/// <param name="PairId">The pair.</param>
/// <param name="CallSign">What it is called.</param>
/// <param name="CommunityId">Its home community.</param>
/// <param name="StationId">Its station.</param>
/// <param name="Officers">How many officers it has.</param>
/// <param name="Duty">On or off duty.</param>
/// <param name="Members">Minutes with a single officer on duty; 0 where both are there or it is off duty.</param>
/// <param name="Agreement">Days left of the agreement's term, negative after its end; no number without one.</param>
/// <param name="Contact">Days since the pair's last contact in its home community; no number where there was none.</param>
/// <param name="TimeTaken">Minutes of this week that were taken from the community.</param>
/// <param name="Handover">Open handover sheets.</param>
/// <param name="Succession">Days until the green leaf retires; no number where that is not known.</param>
/// <param name="SuccessorId">Who is named to follow the green leaf.</param>
/// <param name="TakenBy">Who has borrowed the pair at present.</param>
/// <param name="PresenceToday">Minutes on duty today inside and outside its community; null before the first count of the day.</param>
public sealed record PairHealth(
    string PairId,
    string CallSign,
    string CommunityId,
    string StationId,
    int Officers,
    PairDuty Duty,
    PairFact Members,
    PairFact Agreement,
    PairFact Contact,
    PairFact TimeTaken,
    PairFact Handover,
    PairFact Succession,
    string? SuccessorId,
    string? TakenBy,
    PresenceMinutes? PresenceToday)
{
    /// <summary>Every fact.</summary>
    [JsonIgnore]
    public IEnumerable<PairFact> Facts => [Members, Agreement, Contact, TimeTaken, Handover, Succession];
}
