using Dispatch.Commands;

namespace Dispatch.Concerns;

/// <summary>What the rules of a problem need to know and cannot know by themselves; looked up by the grain for the command at hand.</summary>
/// <param name="Id">The problem's id.</param>
/// <param name="By">Who gives the command.</param>
/// <param name="Now">Now.</param>
public sealed record ProblemSurroundings(string Id, Actor By, DateTimeOffset Now)
{
    /// <summary>Station of the community where it is opened; null where there is no such community.</summary>
    public string? StationId { get; init; }

    /// <summary>Whether each further community is one of that station.</summary>
    public bool OthersOfStation { get; init; }

    /// <summary>Whether the pair that leads it, or the owner of a measure, exists in the station; partners are taken at their word.</summary>
    public bool OwnerExists { get; init; }
}
