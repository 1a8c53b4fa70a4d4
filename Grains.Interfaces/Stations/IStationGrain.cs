using System.Collections.Immutable;
using Dispatch.Communities;
using Dispatch.Incidents;
using Dispatch.Live;
using Dispatch.Pairs;
using Orleans.Concurrency;

namespace Dispatch.Stations;

/// <summary>A station: what is open and who is on duty, its feed, its recommendations, and the watch over deadlines. Key: the station's id.</summary>
[Alias("dispatch.station")]
public interface IStationGrain : IFeedGrain
{
    /// <summary>Puts an incident on the durable list of what is open and gives it its number. Idempotent by the incident's id.</summary>
    [Alias("register"), AlwaysInterleave]
    Task<string> RegisterIncidentAsync(string incidentId);

    /// <summary>The same for one that is being opened, and says which incidents may be the same. Idempotent by the incident's id.</summary>
    [Alias("register-opening"), AlwaysInterleave]
    Task<RegisteredOpening> RegisterOpeningAsync(NewIncident incident);

    /// <summary>Incidents of this station and of those near the place that may be the same, likeliest first.</summary>
    [Alias("find-duplicates"), AlwaysInterleave]
    Task<ImmutableArray<DuplicateCandidate>> FindDuplicatesAsync(NewIncident incident);

    /// <summary>The same of this station alone, for another station.</summary>
    [Alias("find-own-duplicates"), AlwaysInterleave]
    Task<ImmutableArray<DuplicateCandidate>> FindOwnDuplicatesAsync(NewIncident incident);

    /// <summary>Takes over an incident that has its number already: from another station, or because it is open again. Idempotent.</summary>
    [Alias("adopt"), AlwaysInterleave]
    Task AdoptIncidentAsync(string incidentId, string number);

    /// <summary>An incident was passed to another station; what is older than this version is not shown any more. Idempotent.</summary>
    [Alias("depart"), AlwaysInterleave]
    Task DepartIncidentAsync(string incidentId, long version);

    /// <summary>Takes an incident off the list once it has ended and nothing of it is outstanding. Idempotent.</summary>
    [Alias("deregister"), AlwaysInterleave]
    Task DeregisterIncidentAsync(string incidentId);

    /// <summary>An incident tells its state. Older versions than the known one are ignored.</summary>
    [Alias("publish-incident"), AlwaysInterleave]
    Task PublishIncidentAsync(IncidentView incident);

    /// <summary>A pair tells its state. Older versions than the known one are ignored.</summary>
    [Alias("publish-pair"), AlwaysInterleave]
    Task PublishPairAsync(PairView pair);

    /// <summary>A pair tells where it is.</summary>
    [Alias("publish-position"), AlwaysInterleave]
    Task PublishPositionAsync(string pairId, PairPosition? position);

    /// <summary>The pairs that could go, best first, with reasons, and why the others are not among them.</summary>
    [Alias("recommend"), AlwaysInterleave]
    Task<Recommendation> RecommendAsync(RecommendationRequest request);

    /// <summary>The same among this station's own pairs, for another station.</summary>
    [Alias("recommend-own"), AlwaysInterleave]
    Task<Recommendation> RecommendOwnAsync(RecommendationRequest request);

    /// <summary>Why a pair is recommended, or why not; null where the organisation has no such pair.</summary>
    [Alias("explain"), AlwaysInterleave]
    Task<PairExplanation?> ExplainAsync(RecommendationRequest request, string pairId);

    /// <summary>The same of one of this station's own pairs, looked at alone, for another station.</summary>
    [Alias("explain-own"), AlwaysInterleave]
    Task<PairExplanation?> ExplainOwnAsync(RecommendationRequest request, string pairId);

    /// <summary>The station in figures; null where it does not know them yet after <paramref name="wait"/>, or the organisation has no such station.</summary>
    [Alias("get-summary"), AlwaysInterleave]
    Task<StationSummary?> GetSummaryAsync(TimeSpan wait);

    /// <summary>Incidents that are open, newest state.</summary>
    [Alias("list-incidents"), AlwaysInterleave]
    Task<ImmutableArray<IncidentView>> ListIncidentsAsync();

    /// <summary>Pairs whose home this is.</summary>
    [Alias("list-pairs"), AlwaysInterleave]
    Task<ImmutableArray<PairView>> ListPairsAsync();

    /// <summary>A community tells its figures; may be lost, the community repeats them when they change.</summary>
    [Alias("publish-community"), AlwaysInterleave]
    Task PublishCommunityAsync(CommunitySummary community);

    /// <summary>The organisation has changed: the station asks for it and adjusts its list of pairs. May be lost; it finds out by itself within seconds.</summary>
    [Alias("notice-organisation"), AlwaysInterleave]
    Task NoticeOrganisationAsync(long version);

    /// <summary>Wakes the station, which looks after its open incidents.</summary>
    [Alias("keep-awake"), AlwaysInterleave]
    Task KeepAwakeAsync();
}

/// <summary>A station in figures.</summary>
/// <param name="StationId">The station.</param>
/// <param name="OpenIncidents">Incidents that have not ended.</param>
/// <param name="Waiting">Those of them that no pair has accepted.</param>
/// <param name="ByStatus">Open incidents by status.</param>
/// <param name="ByPriority">Open incidents by priority.</param>
/// <param name="Pairs">Pairs by availability, with <c>committed</c> and <c>offDuty</c> beside.</param>
/// <param name="OpenedToday">Opened since midnight, local time of the server.</param>
/// <param name="ClosedToday">Ended since midnight.</param>
/// <param name="OldestWaitingAt">When the longest waiting one was opened.</param>
/// <param name="Clocks">How long the pairs took today; null from a process that does not count it.</param>
[GenerateSerializer, Immutable, Alias("dispatch.station-summary")]
public sealed record StationSummary(
    string StationId,
    int OpenIncidents,
    int Waiting,
    ImmutableSortedDictionary<string, int> ByStatus,
    ImmutableSortedDictionary<string, int> ByPriority,
    ImmutableSortedDictionary<string, int> Pairs,
    int OpenedToday,
    int ClosedToday,
    DateTimeOffset? OldestWaitingAt,
    ResponseClocks? Clocks = null);
