using System.Security.Claims;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Incidents;
using Dispatch.Live;
using Dispatch.Pairs;

namespace Dispatch.Accounts;

/// <summary>
/// Who is signed in, and what is theirs. Need to know: your own community, your assigned incident, your station. An officer's pair follows
/// from the present organisation, so a change of pair counts at once.
/// </summary>
public sealed class SignedIn
{
    /// <summary>Claims of our own.</summary>
    public const string DisplayNameClaim = "dispatch:name", StationsClaim = "dispatch:stations", CommunitiesClaim = "dispatch:communities",
        OfficerClaim = "dispatch:officer", PartnerClaim = "dispatch:partner";

    private const string Everywhere = "*";
    private readonly HashSet<string> roles;
    private readonly HashSet<string> stations;
    private readonly HashSet<string> communities;
    private readonly PairInfo? pair;

    private SignedIn(ClaimsPrincipal principal, OrganisationSnapshot organisation)
    {
        Id = principal.FindFirstValue(ClaimTypes.NameIdentifier) ?? throw new InvalidOperationException("Nobody is signed in.");
        Name = principal.FindFirstValue(DisplayNameClaim) ?? Id;
        roles = principal.FindAll(ClaimTypes.Role).Select(x => x.Value).ToHashSet(StringComparer.Ordinal);
        if (roles.Contains(Role.Partner))
        {
            // Whatever else the account says: a partner has the work given to it and no place.
            (roles, stations, communities, PartnerId) = ([Role.Partner], [], [], principal.FindFirstValue(PartnerClaim));
            return;
        }

        stations = Split(principal.FindFirstValue(StationsClaim));
        communities = Split(principal.FindFirstValue(CommunitiesClaim));
        OfficerId = principal.FindFirstValue(OfficerClaim) is { Length: > 0 } claimed ? claimed : null;
        pair = OfficerId is { } officer && organisation.PairOfOfficer(officer) is { } pairId
            ? organisation.Pair(pairId)
            : null;
    }

    /// <summary>Account id.</summary>
    public string Id { get; }

    /// <summary>Name for people.</summary>
    public string Name { get; }

    /// <summary>Roles.</summary>
    public IEnumerable<string> Roles => roles.Order(StringComparer.Ordinal);

    /// <summary>Stations in scope; <c>*</c> for all.</summary>
    public IEnumerable<string> StationIds => stations.Concat(pair is null ? [] : [pair.StationId]).Distinct().Order(StringComparer.Ordinal);

    /// <summary>Communities in scope beside those of the stations.</summary>
    public IEnumerable<string> CommunityIds => communities.Concat(pair is null ? [] : [pair.CommunityId]).Distinct().Order(StringComparer.Ordinal);

    /// <summary>The officer's pair.</summary>
    public string? PairId => pair?.Id;

    /// <summary>The officer that this is; null for everyone else.</summary>
    public string? OfficerId { get; }

    /// <summary>The partner for which the account answers.</summary>
    public string? PartnerId { get; }

    /// <summary>As who commands are given.</summary>
    public Actor Actor => new(Id, Name, PairId);

    /// <summary>Whether the account sends pairs.</summary>
    public bool Dispatches => roles.Contains(Role.Dispatcher) || roles.Contains(Role.Supervisor);

    /// <summary>Whether the account looks after accounts and the organisation.</summary>
    public bool Administers => roles.Contains(Role.Administrator);

    /// <summary>Whether the account decides who is in which pair, somewhere.</summary>
    public bool FormsPairs => Administers || roles.Contains(Role.Supervisor);

    /// <summary>Whether the account decides who is in which pair of a station.</summary>
    public bool FormsPairsOf(string stationId) => Administers || (roles.Contains(Role.Supervisor) && SeesStation(stationId));

    /// <summary>Whether the account keeps the partners of a station; of the bureau where it is null.</summary>
    public bool KeepsPartnersOf(string? stationId) =>
        Administers || (Supervises && (stationId is null ? SeesEverything : SeesStation(stationId)));

    /// <summary>Whether the account may override what the rules warn of, and free a pair, with a reason.</summary>
    public bool Supervises => roles.Contains(Role.Supervisor);

    /// <summary>Whether the account reads who read protected fields, and what was erased.</summary>
    public bool Audits => roles.Contains(Role.Auditor);

    /// <summary>Whether complaints about the police go to the account.</summary>
    public bool Oversees => roles.Contains(Role.Oversight);

    /// <summary>
    /// Whether complaints about a station's police go to the account: never to one that works there itself, whatever roles it has besides.
    /// </summary>
    public bool OverseesStation(string stationId) => Oversees && (stations.Contains(Everywhere) || stations.Contains(stationId)) && !WorksAt(stationId);

    /// <summary>Whether every station is in scope.</summary>
    public bool SeesEverything => stations.Contains(Everywhere) && (Dispatches || Administers);

    /// <summary>Reads the claims.</summary>
    public static SignedIn Of(ClaimsPrincipal principal, OrganisationCache organisation)
    {
        ArgumentNullException.ThrowIfNull(principal);
        ArgumentNullException.ThrowIfNull(organisation);
        return new SignedIn(principal, organisation.Current);
    }

    /// <summary>Whether a station is in scope.</summary>
    public bool SeesStation(string stationId) => SeesEverything || stations.Contains(stationId) || pair?.StationId == stationId;

    /// <summary>Whether a community is in scope.</summary>
    public bool SeesCommunity(CommunityInfo community)
    {
        ArgumentNullException.ThrowIfNull(community);
        return SeesStation(community.StationId) || communities.Contains(community.Id) || pair?.CommunityId == community.Id;
    }

    /// <summary>Whether an incident is in scope: its station, its community, or the pair was asked.</summary>
    public bool SeesIncident(IncidentView incident)
    {
        ArgumentNullException.ThrowIfNull(incident);
        return SeesStation(incident.StationId) || (incident.TransferredFrom is { } from && SeesStation(from)) || communities.Contains(incident.CommunityId)
            || (pair is not null && incident.Offers.Any(x => x.PairId == pair.Id));
    }

    /// <summary>
    /// How much of an incident in scope the account may see: its protected fields are for those who work there (its station, its community, a pair that
    /// is asked or has a part), not for who looks after the system, had it before, or said no.
    /// </summary>
    public FeedSight SightOf(IncidentView incident)
    {
        ArgumentNullException.ThrowIfNull(incident);
        return WorksAt(incident.StationId) || communities.Contains(incident.CommunityId) || pair?.CommunityId == incident.CommunityId
            || (pair is not null && IsAskedOrHasPart(pair.Id, incident)) ? FeedSight.Full : FeedSight.Masked;
    }

    /// <summary>An incident in scope, as much of it as the account may see.</summary>
    public IncidentView Shown(IncidentView incident) => SightOf(incident) == FeedSight.Full ? incident : incident.ForStationFeed();

    /// <summary>How much of a community in scope the account may see.</summary>
    public FeedSight SightOf(CommunityInfo community)
    {
        ArgumentNullException.ThrowIfNull(community);
        return WorksAt(community.StationId) || communities.Contains(community.Id) || pair?.CommunityId == community.Id ? FeedSight.Full : FeedSight.Masked;
    }

    /// <summary>Whether the account may send pairs to an incident.</summary>
    public bool DispatchesTo(IncidentView incident)
    {
        ArgumentNullException.ThrowIfNull(incident);
        return Dispatches && SeesStation(incident.StationId);
    }

    /// <summary>Whether the account may speak for a pair: its own, or by radio as a dispatcher of its station.</summary>
    public bool SpeaksFor(PairInfo other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return pair?.Id == other.Id || (Dispatches && SeesStation(other.StationId));
    }

    /// <summary>Whether the account may see a pair.</summary>
    public bool SeesPair(PairInfo other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return pair?.Id == other.Id || SeesStation(other.StationId);
    }

    /// <summary>Whether the account sees how a pair is doing: its own, or one that it dispatches or looks after.</summary>
    public bool LooksAfter(PairInfo other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return SpeaksFor(other) || FormsPairsOf(other.StationId);
    }

    /// <summary>Whether the account sees how a community is doing: its own, one of its list, or one of a station that it dispatches or looks after.</summary>
    public bool LooksAfter(CommunityInfo community)
    {
        ArgumentNullException.ThrowIfNull(community);
        return Dispatches || Administers ? SeesCommunity(community) : communities.Contains(community.Id) || pair?.CommunityId == community.Id;
    }

    private bool WorksAt(string stationId) => SeesStation(stationId) && (Dispatches || roles.Contains(Role.Officer));

    private static bool IsAskedOrHasPart(string pairId, IncidentView incident) =>
        incident.Offers.Any(x => x.PairId == pairId && x.Status == OfferStatus.Pending) || incident.Assignments.Any(x => x.PairId == pairId && x.Status.IsLive());

    private static HashSet<string> Split(string? value) =>
        [.. (value ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}
