using Dispatch.Bureau;
using Dispatch.Communities;
using Dispatch.Incidents;

namespace Dispatch.Pairs;

/// <summary>What a pair did on a day of the bureau. Nothing in it was written or said by anybody, so no protected field can be.</summary>
/// <param name="PairId">The pair.</param>
/// <param name="Day">The day, at UTC+8.</param>
/// <param name="At">Up to when it is told, where the day is not over; the end of the day otherwise.</param>
/// <param name="Entries">What happened, oldest first.</param>
/// <param name="Times">What its time on duty was spent on, oldest first, cut to the day.</param>
/// <param name="IsCut">Whether there is more of the day than is given: entries after <see cref="PairHistory.MaxEvents"/>.</param>
public sealed record PairHistoryView(
    string PairId, DateOnly Day, DateTimeOffset At, IReadOnlyList<PairHistoryEntry> Entries, IReadOnlyList<PairDayTime> Times, bool IsCut);

/// <summary>Something that a pair did, or that was done with it.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">
/// What: <c>signedOn</c>, <c>signOffAsked</c>, <c>signedOff</c>, <c>activity</c>, <c>offered</c>, <c>accepted</c>, <c>assigned</c>, <c>declined</c>,
/// <c>expired</c>, <c>withdrawn</c>, <c>refused</c>, <c>queued</c>, <c>dropped</c>, <c>enRoute</c>, <c>onScene</c>, <c>reported</c>, <c>released</c>,
/// <c>freed</c>, <c>memberLeft</c>, <c>memberReturned</c>, <c>panicRaised</c>, <c>panicEnded</c>, <c>taken</c>, <c>givenBack</c>, <c>interaction</c>.
/// </param>
/// <param name="By">Who gave the command; null where nobody did, and for steps that are told by their times.</param>
public sealed record PairHistoryEntry(DateTimeOffset At, string Kind, string? By = null)
{
    /// <summary>The incident that it has to do with.</summary>
    public PairHistoryIncident? Incident { get; init; }

    /// <summary>A code that says more: the activity, the reason of a decline, the kind of an interaction, the officer who left or came back.</summary>
    public string? Code { get; init; }

    /// <summary>How many officers signed on, or were there.</summary>
    public int? Officers { get; init; }

    /// <summary>The interaction's id and community.</summary>
    public string? InteractionId { get; init; }

    /// <summary>Where the interaction was.</summary>
    public string? CommunityId { get; init; }

    /// <summary>How many residents took part, counted by activity.</summary>
    public int? Participants { get; init; }
}

/// <summary>An incident as a history names it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">Its number; null where it is not known any more.</param>
/// <param name="Category">Its category.</param>
/// <param name="Priority">1 to 4.</param>
/// <param name="CommunityId">Its community.</param>
public sealed record PairHistoryIncident(string Id, string? Number = null, string? Category = null, int? Priority = null, string? CommunityId = null);

/// <summary>A part of a day.</summary>
/// <param name="Kind">What it was spent on.</param>
/// <param name="From">Its beginning.</param>
/// <param name="To">Its end.</param>
/// <param name="By">Who took it from the community, or the activity that did.</param>
/// <param name="IncidentId">The incident it was spent on.</param>
/// <param name="IsRunning">Whether it goes on.</param>
public sealed record PairDayTime(PairTimeKind Kind, DateTimeOffset From, DateTimeOffset To, string? By = null, string? IncidentId = null, bool IsRunning = false);

/// <summary>A row of the pair's journal.</summary>
internal sealed record PairJournalRow(DateTimeOffset At, string? By, PairEvent Event);

/// <summary>An interaction of the pair.</summary>
internal sealed record PairInteraction(string Id, DateTimeOffset At, InteractionKind Kind, string CommunityId, int Participants);
