using Dispatch.Commands;

namespace Dispatch.Bureau;

/// <summary>The organisation as this process knows it, with the look-ups that commands need. Replaced whole when a new one is imported.</summary>
/// <param name="Version">Number of the import.</param>
/// <param name="Organisation">The organisation.</param>
public sealed record OrganisationSnapshot(long Version, Organisation Organisation)
{
    /// <summary>Before the first import.</summary>
    public static readonly OrganisationSnapshot Empty = new(0, new Organisation(
        new BureauInfo("bureau", string.Empty), [], [], [], [], [], string.Empty));

    private readonly Dictionary<string, StationInfo> stations = Organisation.Stations.ToDictionary(x => x.Id, StringComparer.Ordinal);
    private readonly Dictionary<string, CommunityInfo> communities = Organisation.Communities.ToDictionary(x => x.Id, StringComparer.Ordinal);
    private readonly Dictionary<string, PairInfo> pairs = Organisation.Pairs.ToDictionary(x => x.Id, StringComparer.Ordinal);
    private readonly HashSet<string> categories = Organisation.Categories.Select(x => x.Code).ToHashSet(StringComparer.Ordinal);
    private readonly HashSet<string> dispositions = Organisation.Dispositions.Select(x => x.Code).ToHashSet(StringComparer.Ordinal);
    private readonly HashSet<string> declineReasons = (Organisation.DeclineReasons ?? DeclineReasons.Usual)
        .Select(x => x.Code).ToHashSet(StringComparer.Ordinal);
    private readonly ILookup<string, PairInfo> pairsByStation = Organisation.Pairs.ToLookup(x => x.StationId, StringComparer.Ordinal);
    private readonly Dictionary<string, string> pairByOfficer = Organisation.Pairs
        .SelectMany(pair => pair.Officers, (pair, officer) => (officer.Id, PairId: pair.Id))
        .DistinctBy(x => x.Id)
        .ToDictionary(x => x.Id, x => x.PairId, StringComparer.Ordinal);

    /// <summary>A station by id.</summary>
    public StationInfo? Station(string id) => stations.GetValueOrDefault(id);

    /// <summary>A community by id.</summary>
    public CommunityInfo? Community(string id) => communities.GetValueOrDefault(id);

    /// <summary>A pair by id.</summary>
    public PairInfo? Pair(string id) => pairs.GetValueOrDefault(id);

    /// <summary>Pairs whose home is this station.</summary>
    public IEnumerable<PairInfo> PairsOfStation(string stationId) => pairsByStation[stationId];

    /// <summary>The pair an officer belongs to.</summary>
    public string? PairOfOfficer(string officerId) => pairByOfficer.GetValueOrDefault(officerId);

    /// <summary>Whether the bureau has this category.</summary>
    public bool HasCategory(string code) => categories.Contains(code);

    /// <summary>Whether the bureau has this disposition.</summary>
    public bool HasDisposition(string code) => dispositions.Contains(code);

    /// <summary>Whether the bureau has this reason to decline an offer.</summary>
    public bool HasDeclineReason(string code) => declineReasons.Contains(code);

    /// <summary>Where a pair starts from before its first position report.</summary>
    public GeoPoint HomeOf(PairInfo pair) => pair.Home ?? Community(pair.CommunityId)?.Centre ?? default;
}

/// <summary>Keeps the organisation in every process, silo and web node alike. Asks the bureau again on a miss and every few seconds.</summary>
public sealed class OrganisationCache(IGrainFactory grains)
{
    private volatile OrganisationSnapshot current = OrganisationSnapshot.Empty;

    /// <summary>What this process knows.</summary>
    public OrganisationSnapshot Current => current;

    /// <summary>Asks the bureau whether there is a newer one.</summary>
    public async Task<OrganisationSnapshot> RefreshAsync()
    {
        var known = current;
        var newer = await grains.GetGrain<IBureauGrain>(IBureauGrain.Key).GetAsync(known.Version);
        if (newer is not null && newer.Version > current.Version)
        {
            current = new OrganisationSnapshot(newer.Version, newer.Organisation);
        }

        return current;
    }

    /// <summary>What this process knows, asked for first where it knows nothing.</summary>
    public ValueTask<OrganisationSnapshot> GetAsync() =>
        current.Version > 0 ? new ValueTask<OrganisationSnapshot>(current) : new ValueTask<OrganisationSnapshot>(RefreshAsync());
}
