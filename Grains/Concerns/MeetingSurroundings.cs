using Dispatch.Commands;
using Dispatch.Packs;

namespace Dispatch.Concerns;

/// <summary>What the rules of a meeting need to know and cannot know by themselves; looked up by the grain for the command at hand.</summary>
/// <param name="Id">The meeting's id.</param>
/// <param name="By">Who gives the command.</param>
/// <param name="Now">Now.</param>
/// <param name="Pack">The bureau's model.</param>
public sealed record MeetingSurroundings(string Id, Actor By, DateTimeOffset Now, ModelPack Pack)
{
    /// <summary>Station of the community where it is announced; null where there is no such community.</summary>
    public string? StationId { get; init; }

    /// <summary>Whether the pair that holds it exists in the station.</summary>
    public bool PairExists { get; init; }

    /// <summary>Station of the concern or dispute that an issue became; null where there is none of that kind and id.</summary>
    public string? MatterStationId { get; init; }
}
