using System.Collections.Immutable;
using Dispatch.Commands;
using Dispatch.Communities;

namespace Dispatch.Concerns;

/// <summary>The interactions that a concern comes from: looked up in the community's window and in the table of all.</summary>
public sealed class InteractionOrigins(IGrainFactory grains, InteractionSearch search)
{
    /// <summary>Most that are looked up; the rules refuse more.</summary>
    private const int Most = 50;

    /// <summary>Why a concern of a community cannot come from these; null where it can. What is no list of ids is left to the rules.</summary>
    public async Task<Refusal?> WhyNotAsync(string communityId, ImmutableArray<string> ids, CancellationToken cancellationToken)
    {
        if (ids.IsDefaultOrEmpty || ids.Length > Most)
        {
            return null;
        }

        var window = await grains.GetGrain<ICommunityGrain>(communityId).GetAsync();
        foreach (var id in ids.Distinct())
        {
            var known = window?.Interactions.FirstOrDefault(x => x.Id == id);
            if (known is null && await search.FindAsync(id, cancellationToken) is { Found: { } found } && found.CommunityId == communityId)
            {
                known = found.Interaction;
            }

            if (known is not { WithdrawnBecause: null })
            {
                return Refusal.Invalid(RefusalCodes.InteractionNotFound, "interactionIds", "One of them is no interaction of this community, or was taken back.");
            }
        }

        return null;
    }

    /// <summary>The interactions by id, in that order; those that are no more are left out.</summary>
    public async Task<IReadOnlyList<FoundInteraction>> FindAsync(ImmutableArray<string> ids, CancellationToken cancellationToken)
    {
        var found = new List<FoundInteraction>();
        foreach (var id in ids)
        {
            if (await search.FindAsync(id, cancellationToken) is { Found: { } one })
            {
                found.Add(one);
            }
        }

        return found;
    }
}
