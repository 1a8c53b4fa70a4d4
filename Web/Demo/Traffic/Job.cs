using Dispatch.Incidents;
using Dispatch.Pairs;

namespace Dispatch.Demo;

/// <summary>An assignment as the pair's feed tells it.</summary>
/// <param name="Offer">What the pair was told.</param>
/// <param name="Status">How far it is.</param>
public sealed record AssignmentOnPhone(PairOffer Offer, AssignmentStatus Status);

/// <summary>What a pair intends with its assignment.</summary>
/// <param name="offerId">The offer it accepted.</param>
/// <param name="status">How far it is.</param>
/// <param name="nextAt">When it goes a step further.</param>
public sealed class Job(string offerId, AssignmentStatus status, DateTimeOffset nextAt)
{
    /// <summary>The offer it accepted.</summary>
    public string OfferId { get; } = offerId;

    /// <summary>How far it is, as far as the phone knows.</summary>
    public AssignmentStatus Status { get; set; } = status;

    /// <summary>When it goes a step further.</summary>
    public DateTimeOffset NextAt { get; set; } = nextAt;

    /// <summary>When it adds a note from the scene; null for never.</summary>
    public DateTimeOffset? NoteAt { get; set; }

    /// <summary>Whether it asks for another pair, with its note.</summary>
    public bool NeedsBackup { get; set; }
}
