using System.Collections.Immutable;
using Dispatch.Communities;

namespace Dispatch.Concerns;

/// <summary>A problem: concerns grouped and worked with SARA. Its concerns name it, see <see cref="ConcernView.ProblemId"/>.</summary>
/// <param name="Id">UUID.</param>
/// <param name="Number">Number for people, see <see cref="MatterIds.Number"/>.</param>
/// <param name="CommunityId">The community that works on it.</param>
/// <param name="StationId">Station of that community when it was opened.</param>
/// <param name="Title">At most 100 characters; free words, so not for who looks on.</param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="OpenedBy">Who opened it.</param>
[GenerateSerializer, Immutable, Alias("dispatch.problem-view")]
public sealed record ProblemView(
    string Id, string Number, string CommunityId, string StationId, string Title, DateTimeOffset OpenedAt, string OpenedBy) : IMatterView
{
    /// <summary>How many moves are shown, the newest; all are in the timeline.</summary>
    public const int MostMoves = 20;

    /// <inheritdoc/>
    [Id(7)]
    public long Version { get; init; }

    /// <summary>Further communities of the station that it touches.</summary>
    [Id(8)]
    public ImmutableArray<string> AlsoIn { get; init; } = [];

    /// <summary>The pair that leads it.</summary>
    [Id(9)]
    public string? PairId { get; init; }

    /// <summary>The stage it is in.</summary>
    [Id(10)]
    public SaraStage Stage { get; init; }

    /// <summary>What the problem is.</summary>
    [Id(11)]
    public ScanningPart? Scanning { get; init; }

    /// <summary>What brings it about.</summary>
    [Id(12)]
    public AnalysisPart? Analysis { get; init; }

    /// <summary>What is done about it.</summary>
    [Id(13)]
    public ImmutableArray<ProblemMeasure> Measures { get; init; } = [];

    /// <summary>What came of that; gone where the problem went back to an earlier stage, for then something new is to be assessed.</summary>
    [Id(14)]
    public AssessmentPart? Assessment { get; init; }

    /// <summary>The newest moves between stages, oldest first.</summary>
    [Id(15)]
    public ImmutableArray<StageMove> Moves { get; init; } = [];

    /// <summary>When it was closed.</summary>
    [Id(16)]
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>How often it was opened again.</summary>
    [Id(17)]
    public int TimesReopened { get; init; }

    /// <summary>Whether it is worked on.</summary>
    public bool IsOpen => ClosedAt is null;

    /// <summary>When the next measure is due; null where none is open.</summary>
    public DateTimeOffset? DueAt => IsOpen ? Measures.Where(x => x.IsOpen).Min(x => (DateTimeOffset?)x.DueAt) : null;

    /// <summary>As who looks on sees it: stages, owners, times and figures without free words.</summary>
    public ProblemView ForMasked() => this with
    {
        Title = string.Empty,
        Scanning = null,
        Analysis = null,
        Measures = [.. Measures.Select(x => x with { What = string.Empty, Note = null })],
        Assessment = Assessment is null ? null : new AssessmentPart([], string.Empty, Assessment.Result),
        Moves = [.. Moves.Select(x => x with { Reason = null })],
    };
}
