using Dispatch.Commands;

namespace Dispatch.Bureau;

/// <summary>The organisation as this process knows it, with the look-ups that commands need. Replaced whole with every change.</summary>
/// <param name="Version">Its number.</param>
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
    private readonly ILookup<string, PairInfo> pairsByCommunity = Organisation.Pairs.ToLookup(x => x.CommunityId, StringComparer.Ordinal);
    private readonly ILookup<string, CommunityInfo> communitiesByStation = Organisation.Communities.ToLookup(x => x.StationId, StringComparer.Ordinal);
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

    /// <summary>Pairs whose home is this community.</summary>
    public IEnumerable<PairInfo> PairsOfCommunity(string communityId) => pairsByCommunity[communityId];

    /// <summary>Communities of this station.</summary>
    public IEnumerable<CommunityInfo> CommunitiesOfStation(string stationId) => communitiesByStation[stationId];

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

/// <summary>
/// Keeps the organisation in every process, silo and web node alike. What it does not know it asks the bureau for at once, so what was added
/// is never missed; what was taken away or changed may be seen here until the next of the questions that every process asks each 2 s.
/// </summary>
public sealed class OrganisationCache(IGrainFactory grains)
{
    private readonly Lock gate = new();
    private volatile OrganisationSnapshot current = OrganisationSnapshot.Empty;
    private Task<OrganisationSnapshot>? underWay;
    private Task<OrganisationSnapshot>? next;

    /// <summary>What this process knows.</summary>
    public OrganisationSnapshot Current => current;

    /// <summary>
    /// Asks the bureau whether there is a newer one. At most one question of a process is under way: who comes meanwhile shares the one after it,
    /// for the answer of the first may be older than what he wants to see.
    /// </summary>
    /// <exception cref="TimeoutException">The bureau did not answer.</exception>
    public Task<OrganisationSnapshot> RefreshAsync()
    {
        lock (gate)
        {
            // On the thread pool, for a question that a grain began would end with that grain.
            return underWay is { IsCompleted: false } before
                ? next ??= Task.Run(() => AskAfterAsync(before))
                : underWay = Task.Run(AskAsync);
        }
    }

    /// <summary>What this process knows, asked for first where it knows nothing.</summary>
    public ValueTask<OrganisationSnapshot> GetAsync() => KnowingAsync(static x => x.Version > 0);

    /// <summary>The organisation in which something is to be found; asked for anew where it is not in the one this process knows.</summary>
    /// <param name="knows">Whether it is there.</param>
    /// <exception cref="TimeoutException">The bureau did not answer.</exception>
    public ValueTask<OrganisationSnapshot> KnowingAsync(Func<OrganisationSnapshot, bool> knows)
    {
        ArgumentNullException.ThrowIfNull(knows);
        var known = current;
        return knows(known) ? new ValueTask<OrganisationSnapshot>(known) : new ValueTask<OrganisationSnapshot>(RefreshAsync());
    }

    /// <summary>A pair, also one that was formed a moment ago; null where there is none.</summary>
    /// <exception cref="TimeoutException">The bureau did not answer.</exception>
    public ValueTask<PairInfo?> FindPairAsync(string id)
    {
        return current.Pair(id) is { } known ? new ValueTask<PairInfo?>(known) : new ValueTask<PairInfo?>(AskAsync());

        async Task<PairInfo?> AskAsync() => (await RefreshAsync()).Pair(id);
    }

    private async Task<OrganisationSnapshot> AskAfterAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Task<OrganisationSnapshot> asking;
        lock (gate)
        {
            next = null;
            underWay = asking = AskAsync();
        }

        return await asking;
    }

    private async Task<OrganisationSnapshot> AskAsync()
    {
        var newer = await grains.GetGrain<IBureauGrain>(IBureauGrain.Key).GetAsync(current.Version);
        lock (gate)
        {
            if (newer is not null && newer.Version > current.Version)
            {
                current = new OrganisationSnapshot(newer.Version, newer.Organisation);
            }
        }

        return current;
    }
}
