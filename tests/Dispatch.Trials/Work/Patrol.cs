using Dispatch.Trials.Clients;
using Dispatch.Trials.Cluster;

namespace Dispatch.Trials.Work;

/// <summary>Reports where the trial's pairs are and records what they hear in communities: what screens show beside incidents.</summary>
public sealed class Patrol(ApiClient api, int pairs, IReadOnlyList<CommunityPlace> communities, int seed) : Worker(api, seed)
{
    private static readonly string[] Kinds = ["visit", "meeting", "request", "mediationSession"];

    /// <inheritdoc/>
    protected override async Task TurnAsync()
    {
        await PauseAsync(20, 120);
        var pair = TrialOrganisation.PairId(Random.Next(1, pairs + 1));
        var (lat, lon) = TrialOrganisation.Spot(Random);
        await Api.PostAsync($"pairs/{pair}/position", new { lat, lon, at = DateTimeOffset.UtcNow }, CancellationToken.None);
        if (Draw(0.3))
        {
            var community = communities[Random.Next(communities.Count)];
            await Api.PostAsync(
                $"communities/{community.Id}/interactions",
                new { kind = Kinds[Random.Next(Kinds.Length)], text = "trial", participants = Random.Next(1, 20) },
                CancellationToken.None);
        }
    }

    /// <inheritdoc/>
    protected override Task WindUpAsync() => Task.CompletedTask;
}
