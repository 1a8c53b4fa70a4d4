using Dispatch.Commands;

namespace Dispatch.Concerns;

/// <summary>Who sees to it that something gets done.</summary>
/// <param name="Kind">What the owner is.</param>
/// <param name="Id">The owner's id, 1 to 64 characters: of an officer or a pair of the station, or of a partner.</param>
[GenerateSerializer, Immutable, Alias("dispatch.work-owner")]
public sealed record WorkOwner(OwnerKind Kind, string Id)
{
    /// <summary>Longest id.</summary>
    public const int MaxId = 64;
}

/// <summary>An answer that residents can read.</summary>
/// <param name="Text">At most 1,000 characters.</param>
/// <param name="At">When it was given.</param>
/// <param name="Channel">Code of the channel by which it was also told, from the model pack.</param>
/// <param name="By">Who gave it; residents are told of "your pair" only.</param>
[GenerateSerializer, Immutable, Alias("dispatch.concern-answer")]
public sealed record ConcernAnswer(string Text, DateTimeOffset At, string? Channel, string By);

/// <summary>A note on what was done, for those who work there.</summary>
/// <param name="Text">At most 500 characters.</param>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
[GenerateSerializer, Immutable, Alias("dispatch.progress-note")]
public sealed record ProgressNote(string Text, DateTimeOffset At, string By);

/// <summary>What the resident says of a closed concern: a fact of its own beside the closing by the police.</summary>
/// <param name="Verdict">Whether it is confirmed.</param>
/// <param name="Words">What the resident said, at most 500 characters.</param>
/// <param name="GivenBy">Through whom.</param>
/// <param name="Channel">Code of the channel it came by, from the model pack.</param>
/// <param name="At">When it was recorded.</param>
[GenerateSerializer, Immutable, Alias("dispatch.resident-word")]
public sealed record ResidentWord(ResidentVerdict Verdict, string? Words, VerdictGiver GivenBy, string? Channel, DateTimeOffset At);
