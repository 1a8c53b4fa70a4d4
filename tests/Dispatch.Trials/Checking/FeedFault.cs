using System.Globalization;

namespace Dispatch.Trials.Checking;

/// <summary>What a screen may never see.</summary>
public enum FeedRule
{
    /// <summary>Within an epoch the cursor went down.</summary>
    CursorWentBack,

    /// <summary>A message that does not follow on the cursor, though the screen did nothing that explains it.</summary>
    Unchained,

    /// <summary>The feed came back to an epoch that it had left.</summary>
    EpochCameBack,

    /// <summary>The version of a key went down, whatever lay in between.</summary>
    VersionWentDown,

    /// <summary>A feed was ended though nobody took the right to it away.</summary>
    Ended,

    /// <summary>A screen goes on to show what its account may not watch any more.</summary>
    NoRight,

    /// <summary>At the end it is not what a fresh subscriber is shown.</summary>
    NotAsFresh,

    /// <summary>At the end it is not what the grains hold.</summary>
    NotAsGrains,
}

/// <summary>Where and when a screen saw something.</summary>
/// <param name="At">When.</param>
/// <param name="Node">Index of the web node it was connected to.</param>
public readonly record struct Sighting(DateTimeOffset At, int Node);

/// <summary>Something that a screen saw and may never be, with its evidence.</summary>
/// <param name="Rule">What was broken.</param>
/// <param name="Screen">Who saw it.</param>
/// <param name="Seen">When and where.</param>
/// <param name="Feed">In which feed.</param>
/// <param name="Key">At which key; null where it is about the whole feed.</param>
/// <param name="Before">What was there before, or should be.</param>
/// <param name="After">What came.</param>
public sealed record FeedFault(FeedRule Rule, string Screen, Sighting Seen, string Feed, string? Key, string Before, string After)
{
    /// <summary>The same for a report.</summary>
    public Violation ToViolation() => new("I5", string.Create(
        CultureInfo.InvariantCulture,
        $"{Rule} at {Seen.At:HH:mm:ss.fff}, {Screen} at web node {Seen.Node}, {Feed}{(Key is null ? string.Empty : $" {Key}")}: {Before} -> {After}"));
}
