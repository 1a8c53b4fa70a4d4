using System.Collections.Immutable;
using Dispatch.Commands;
using Dispatch.Packs;
using Dispatch.Protection;

namespace Dispatch.Disputes;

/// <summary>What the rules need to know beside the state: looked up by the shell, read-only.</summary>
/// <param name="Id">The dispute.</param>
/// <param name="By">Who gives the command.</param>
/// <param name="Pack">The model that the bureau works by.</param>
/// <param name="Now">Now.</param>
public sealed record DisputeFacts(string Id, Actor By, ModelPack Pack, DateTimeOffset Now)
{
    /// <summary>Station of the community where one is opened; null where there is no such community.</summary>
    public string? StationId { get; init; }

    /// <summary>The persons of the command, sealed, in its order.</summary>
    public ImmutableArray<SealedFields?> Sealed { get; init; } = [];

    /// <summary>The other dispute that the command names; null where there is none.</summary>
    public DisputeView? Other { get; init; }

    /// <summary>Why the partner cannot be given it.</summary>
    public Refusal? PartnerRefusal { get; init; }

    /// <summary>Whether the pair that the command names is known.</summary>
    public bool KnowsPair { get; init; } = true;

    /// <summary>What is sealed of the person with a number.</summary>
    public SealedFields? SealedOf(int index) => index < Sealed.Length ? Sealed[index] : null;
}
