using Dispatch.Commands;
using Dispatch.Packs;
using Dispatch.Protection;

namespace Dispatch.Concerns;

/// <summary>What the rules of a concern need to know and cannot know by themselves; looked up by the grain for the command at hand.</summary>
/// <param name="Id">The concern's id.</param>
/// <param name="By">Who gives the command.</param>
/// <param name="Now">Now.</param>
/// <param name="Pack">The bureau's model.</param>
public sealed record ConcernSurroundings(string Id, Actor By, DateTimeOffset Now, ModelPack Pack)
{
    /// <summary>Station of the community where it is raised; null where there is no such community.</summary>
    public string? StationId { get; init; }

    /// <summary>Whether the incident it is raised from exists.</summary>
    public bool IncidentExists { get; init; }

    /// <summary>Who reports it, sealed.</summary>
    public SealedPerson? Reporter { get; init; }

    /// <summary>Station of the pair that is to take it; null where there is no such pair.</summary>
    public string? PairStationId { get; init; }

    /// <summary>Whether the owner who is named exists in the station; partners are taken at their word.</summary>
    public bool OwnerExists { get; init; }

    /// <summary>The problem it is to be part of; null where there is none.</summary>
    public ProblemView? Problem { get; init; }

    /// <summary>The concern it is said to be the same as; null where there is none.</summary>
    public ConcernView? Other { get; init; }
}
