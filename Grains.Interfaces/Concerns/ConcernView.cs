using System.Collections.Immutable;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Communities;
using Dispatch.Protection;

namespace Dispatch.Concerns;

/// <summary>A concern (关切) as it is shown to those who work there: its facts, and what follows from them. Carries no protected field.</summary>
/// <param name="Id">UUID.</param>
/// <param name="Number">Number for people, see <see cref="MatterIds.Number"/>.</param>
/// <param name="CommunityId">Its community.</param>
/// <param name="StationId">Station of that community when it was raised.</param>
/// <param name="Source">From where it came.</param>
/// <param name="Category">Code of a concern category of the model pack.</param>
/// <param name="Title">At most 100 characters; free words, so not for who looks on.</param>
/// <param name="RaisedAt">When it was raised.</param>
/// <param name="RaisedBy">Who recorded it.</param>
[GenerateSerializer, Immutable, Alias("dispatch.concern-view")]
public sealed record ConcernView(
    string Id, string Number, string CommunityId, string StationId, ConcernSource Source, string Category, string Title, DateTimeOffset RaisedAt, string RaisedBy)
    : IMatterView
{
    /// <summary>How many answers are shown: the first, and the newest; all are in the timeline.</summary>
    public const int MostAnswers = 20;

    /// <summary>How many notes are shown, the newest; all are in the timeline.</summary>
    public const int MostNotes = 10;

    /// <inheritdoc/>
    [Id(9)]
    public long Version { get; init; }

    /// <summary>What it is about, at most 2,000 characters.</summary>
    [Id(10)]
    public string? Description { get; init; }

    /// <summary>Name of a public place, at most 200 characters.</summary>
    [Id(11)]
    public string? PlaceName { get; init; }

    /// <summary>Where it is, rounded to some 100 m.</summary>
    [Id(12)]
    public GeoPoint? Location { get; init; }

    /// <summary>The interactions it came from, at most 50.</summary>
    [Id(13)]
    public ImmutableArray<string> InteractionIds { get; init; } = [];

    /// <summary>The incident it came from.</summary>
    [Id(14)]
    public string? IncidentId { get; init; }

    /// <summary>The pair that has it.</summary>
    [Id(15)]
    public string? PairId { get; init; }

    /// <summary>When a pair first took it.</summary>
    [Id(16)]
    public DateTimeOffset? TakenAt { get; init; }

    /// <summary>Who sees to it that it gets done.</summary>
    [Id(17)]
    public WorkOwner? Owner { get; init; }

    /// <summary>When the residents should have an answer; null once they have one. Runs anew when it is opened again.</summary>
    [Id(18)]
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When the residents had their first answer.</summary>
    [Id(19)]
    public DateTimeOffset? FirstAnsweredAt { get; init; }

    /// <summary>Answers that residents can read, oldest first.</summary>
    [Id(20)]
    public ImmutableArray<ConcernAnswer> Answers { get; init; } = [];

    /// <summary>The newest notes, oldest first.</summary>
    [Id(21)]
    public ImmutableArray<ProgressNote> Notes { get; init; } = [];

    /// <summary>The problem it is part of.</summary>
    [Id(22)]
    public string? ProblemId { get; init; }

    /// <summary>When it was brought to a supervisor because its clock was over.</summary>
    [Id(23)]
    public DateTimeOffset? EscalatedAt { get; init; }

    /// <summary>Why it was.</summary>
    [Id(24)]
    public string? EscalatedBecause { get; init; }

    /// <summary>办结: when the police closed it. A fact of its own beside what the resident says.</summary>
    [Id(25)]
    public DateTimeOffset? ClosedByPoliceAt { get; init; }

    /// <summary>What came of it, once closed.</summary>
    [Id(26)]
    public ConcernOutcome? Outcome { get; init; }

    /// <summary>Why it is not possible, or to whom it was referred; at most 500 characters.</summary>
    [Id(27)]
    public string? OutcomeReason { get; init; }

    /// <summary>The concern it is the same as.</summary>
    [Id(28)]
    public string? DuplicateOfId { get; init; }

    /// <summary>居民确认: what the resident says of the closing. A fact of its own beside the closing itself.</summary>
    [Id(29)]
    public ResidentWord? Resident { get; init; }

    /// <summary>When it was last opened again.</summary>
    [Id(30)]
    public DateTimeOffset? ReopenedAt { get; init; }

    /// <summary>Why.</summary>
    [Id(31)]
    public string? ReopenedBecause { get; init; }

    /// <summary>How often it was opened again.</summary>
    [Id(32)]
    public int TimesReopened { get; init; }

    /// <summary>Whether nothing was done since it was opened again.</summary>
    [Id(33)]
    public bool IsIdleSinceReopened { get; init; }

    /// <summary>When it was taken back.</summary>
    [Id(34)]
    public DateTimeOffset? WithdrawnAt { get; init; }

    /// <summary>Why.</summary>
    [Id(35)]
    public string? WithdrawnBecause { get; init; }

    /// <summary>Who reported it, as far as anybody said: that there is somebody, not who.</summary>
    [Id(36)]
    public ImmutableArray<PersonView> Persons { get; init; } = [];

    /// <summary>When the first answer was due, whenever it came.</summary>
    [Id(37)]
    public DateTimeOffset? FirstDueAt { get; init; }

    /// <summary>Where it stands.</summary>
    public ConcernStatus Status =>
        WithdrawnAt is not null ? ConcernStatus.Withdrawn
        : ClosedByPoliceAt is not null ? StatusOfClosed
        : IsIdleSinceReopened ? ConcernStatus.Reopened
        : ProblemId is not null ? ConcernStatus.InProblem
        : !Notes.IsEmpty ? ConcernStatus.InWork
        : FirstAnsweredAt is not null ? ConcernStatus.Answered
        : PairId is not null ? ConcernStatus.Taken
        : ConcernStatus.Raised;

    /// <summary>Whether there is still something to do.</summary>
    public bool IsOpen => ClosedByPoliceAt is null && WithdrawnAt is null;

    /// <summary>Whether the residents have an answer since it was raised or last opened again.</summary>
    public bool IsAnswered => DueAt is null;

    /// <summary>居民确认: when the resident confirmed it; null where not.</summary>
    public DateTimeOffset? ResidentConfirmedAt => Resident is { Verdict: Concerns.ResidentVerdict.Confirmed } word ? word.At : null;

    /// <summary>The resident's verdict on the closing; null where there is none.</summary>
    public ResidentVerdict? ResidentVerdict => Resident?.Verdict;

    /// <summary>Whether it is closed and the resident has not said anything yet.</summary>
    public bool AwaitsConfirmation => ClosedByPoliceAt is not null && Outcome != ConcernOutcome.Duplicate && Resident is null;

    /// <summary>Whether opening it again is offered, because the resident does not confirm.</summary>
    public bool ReopeningOffered => ClosedByPoliceAt is not null && ResidentVerdict == Concerns.ResidentVerdict.NotConfirmed;

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt => WithdrawnAt ?? ClosedByPoliceAt;

    private ConcernStatus StatusOfClosed =>
        Outcome == ConcernOutcome.Duplicate ? ConcernStatus.Merged
        : ResidentConfirmedAt is not null ? ConcernStatus.Confirmed
        : ConcernStatus.Closed;

    /// <summary>As who looks on sees it: free words may hold anything, only those that residents read stay.</summary>
    public ConcernView ForMasked() => this with
    {
        Title = string.Empty,
        Description = null,
        PlaceName = null,
        Notes = [.. Notes.Select(x => x with { Text = string.Empty })],
        EscalatedBecause = null,
        OutcomeReason = null,
        Resident = Resident is null ? null : Resident with { Words = null },
        ReopenedBecause = null,
        WithdrawnBecause = null,
        Persons = [],
    };
}
