namespace Dispatch.Packs;

/// <summary>How long things may take in a model.</summary>
/// <param name="ConcernAnswer">From a concern to the first answer to the residents; usually 72 hours.</param>
/// <param name="MediationSession">From a dispute's acceptance by the police to the session (治安调解); usually 3 working days.</param>
/// <param name="SecondSession">From the first session of the police to the second, where there is one; usually 7 working days.</param>
/// <param name="PeoplesMediation">From acceptance by people's mediators to the settlement (人民调解); usually 1 month.</param>
/// <param name="JudicialConfirmation">From an agreement to the application for its confirmation (司法确认); usually 30 days.</param>
/// <param name="PairContact">After how long without an interaction in its community a pair stands on the roll-out board; usually 7 days.</param>
/// <param name="FollowUpVisit">From a settlement to the first follow-up visit, and from each to the next.</param>
/// <param name="RepeatWindow">Within how long after its settlement a dispute that comes back counts as a repeat.</param>
/// <param name="PartnerAnswer">From work given to a partner to its acceptance or refusal.</param>
/// <param name="PartnerReturn">From a partner's acceptance to the result.</param>
/// <param name="WhistleArrival">From a whistle to the arrival of those it called.</param>
/// <param name="SuccessionNotice">How long before a green leaf retires its successor should be named.</param>
[GenerateSerializer, Immutable, Alias("dispatch.pack-clocks")]
public sealed record PackClocks(
    ClockLength ConcernAnswer,
    ClockLength MediationSession,
    ClockLength SecondSession,
    ClockLength PeoplesMediation,
    ClockLength JudicialConfirmation,
    ClockLength PairContact,
    ClockLength FollowUpVisit,
    ClockLength RepeatWindow,
    ClockLength PartnerAnswer,
    ClockLength PartnerReturn,
    ClockLength WhistleArrival,
    ClockLength SuccessionNotice);
