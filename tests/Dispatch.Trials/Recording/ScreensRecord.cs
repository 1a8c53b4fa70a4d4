using Dispatch.Trials.Checking;

namespace Dispatch.Trials.Recording;

/// <summary>What is kept of a trial of screens.</summary>
/// <param name="Faults">What screens saw and may never be.</param>
/// <param name="Disturbances">When the cluster was not whole.</param>
/// <param name="Attempts">What the trial's own clients did.</param>
/// <param name="Journal">What the journal has.</param>
/// <param name="Replays">What each replay printed.</param>
public sealed record ScreensRecord(
    IReadOnlyList<FeedFault> Faults,
    IReadOnlyList<Disturbance> Disturbances,
    IReadOnlyList<Attempt> Attempts,
    IReadOnlyList<JournalRow> Journal,
    IReadOnlyList<string> Replays);
