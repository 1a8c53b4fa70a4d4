using System.Collections.Immutable;

namespace Dispatch.Concerns;

/// <summary>An answer as residents read it.</summary>
/// <param name="Text">What it says.</param>
/// <param name="At">When it was given.</param>
[GenerateSerializer, Immutable, Alias("dispatch.public-answer")]
public sealed record PublicAnswer(string Text, DateTimeOffset At);

/// <summary>
/// A concern as residents read it (您说我们做, "you said, we did"): no free words but the answers and the name of a public place, no officer beyond
/// "your pair", no protected field.
/// </summary>
/// <param name="Id">UUID.</param>
/// <param name="Number">Number for people.</param>
/// <param name="CommunityId">Its community.</param>
/// <param name="Category">Code of its category, from the model pack.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="PlaceName">Name of a public place.</param>
/// <param name="WithYourPair">Whether the pair of the community has it.</param>
/// <param name="RaisedAt">When it was raised.</param>
/// <param name="DueAt">When an answer is due; null once there is one.</param>
/// <param name="FirstAnsweredAt">When the first answer was given.</param>
/// <param name="Answers">The answers, oldest first.</param>
[GenerateSerializer, Immutable, Alias("dispatch.concern-public-view")]
public sealed record ConcernPublicView(
    string Id, string Number, string CommunityId, string Category, ConcernStatus Status, string? PlaceName, bool WithYourPair, DateTimeOffset RaisedAt,
    DateTimeOffset? DueAt, DateTimeOffset? FirstAnsweredAt, ImmutableArray<PublicAnswer> Answers)
{
    /// <summary>办结: when the police closed it.</summary>
    [Id(11)]
    public DateTimeOffset? ClosedByPoliceAt { get; init; }

    /// <summary>What came of it.</summary>
    [Id(12)]
    public ConcernOutcome? Outcome { get; init; }

    /// <summary>居民确认: when the resident confirmed it.</summary>
    [Id(13)]
    public DateTimeOffset? ResidentConfirmedAt { get; init; }

    /// <summary>What the resident said of the closing.</summary>
    [Id(14)]
    public ResidentVerdict? ResidentVerdict { get; init; }

    /// <summary>When it was last opened again.</summary>
    [Id(15)]
    public DateTimeOffset? ReopenedAt { get; init; }

    /// <summary>A concern as residents read it.</summary>
    public static ConcernPublicView Of(ConcernView concern)
    {
        ArgumentNullException.ThrowIfNull(concern);
        return new ConcernPublicView(
            concern.Id, concern.Number, concern.CommunityId, concern.Category, concern.Status, concern.PlaceName, concern.PairId is not null, concern.RaisedAt,
            concern.DueAt, concern.FirstAnsweredAt, [.. concern.Answers.Select(x => new PublicAnswer(x.Text, x.At))])
        {
            ClosedByPoliceAt = concern.ClosedByPoliceAt,
            Outcome = concern.Outcome,
            ResidentConfirmedAt = concern.ResidentConfirmedAt,
            ResidentVerdict = concern.ResidentVerdict,
            ReopenedAt = concern.ReopenedAt,
        };
    }
}
