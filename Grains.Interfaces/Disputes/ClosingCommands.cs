using System.Collections.Immutable;

namespace Dispatch.Disputes;

/// <summary>A warning letter (告诫书) was given out; what a dispute that may not be mediated needs before it goes on elsewhere.</summary>
/// <param name="PartyId">To whom.</param>
/// <param name="LetterNumber">Its number in the register of the station, 1 to 60 characters.</param>
/// <param name="At">When; now where absent, at most 30 days back.</param>
[GenerateSerializer, Immutable, Alias("dispatch.record-warning-letter")]
public sealed record RecordWarningLetter(string PartyId, string LetterNumber, DateTimeOffset? At = null) : DisputeCommand;

/// <summary>The incident that was opened of it.</summary>
/// <param name="IncidentId">Which incident.</param>
[GenerateSerializer, Immutable, Alias("dispatch.hand-to-case")]
public sealed record HandToCase(string IncidentId) : DisputeCommand;

/// <summary>Ends it.</summary>
/// <param name="Outcome">How.</param>
/// <param name="Reason">In words, 1 to 1,000 characters.</param>
/// <param name="Advice">Where mediation failed: what was advised next.</param>
/// <param name="WithdrawnBy">Where it was withdrawn: ids of the parties who did.</param>
/// <param name="DuplicateOf">Where it is a duplicate: the dispute that carries on.</param>
/// <param name="NoWarningLetterBecause">Why no warning letter was given out where one is needed, 1 to 500 characters.</param>
/// <param name="TextConfirmed">That the texts are meant as they are.</param>
[GenerateSerializer, Immutable, Alias("dispatch.close-dispute")]
public sealed record CloseDispute(
    DisputeOutcome Outcome, string Reason, NextAdvice? Advice = null, ImmutableArray<string>? WithdrawnBy = null, string? DuplicateOf = null,
    string? NoWarningLetterBecause = null, bool TextConfirmed = false) : DisputeCommand;

/// <summary>Goes on with it at the tier where it is: an agreement did not hold, or it was closed too early. Consent and agreement are needed anew.</summary>
/// <param name="Reason">Why, 1 to 500 characters.</param>
/// <param name="TextConfirmed">That the reason is meant as it is.</param>
[GenerateSerializer, Immutable, Alias("dispatch.reopen-dispute")]
public sealed record ReopenDispute(string Reason, bool TextConfirmed = false) : DisputeCommand;
