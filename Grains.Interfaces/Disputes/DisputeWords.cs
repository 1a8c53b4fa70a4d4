using System.Text.Json.Serialization;
using Dispatch.Commands;

namespace Dispatch.Disputes;

/// <summary>Where a dispute stands.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<DisputeStatus>))]
public enum DisputeStatus
{
    /// <summary>Worked on at its tier.</summary>
    Open,

    /// <summary>Given to a mediator or partner, who has not returned it.</summary>
    Referred,

    /// <summary>The parties have agreed; what they promised is to be done and looked at.</summary>
    Agreed,

    /// <summary>Closed with an agreement that was performed; still open while visits are due.</summary>
    Settled,

    /// <summary>The parties withdrew it; still open while visits are due.</summary>
    Withdrawn,

    /// <summary>Mediation failed, and the parties were advised where to go: as respectable an end as any.</summary>
    Failed,

    /// <summary>Gone to an office beyond the tiers of the pack.</summary>
    EscalatedOut,

    /// <summary>Became an incident or case.</summary>
    TransferredToCase,

    /// <summary>Another dispute carries on.</summary>
    Duplicate,
}

/// <summary>How a dispute ends.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<DisputeOutcome>))]
public enum DisputeOutcome
{
    /// <summary>By an agreement that was performed.</summary>
    Settled,

    /// <summary>The parties withdrew it, on record.</summary>
    Withdrawn,

    /// <summary>Mediation failed.</summary>
    Failed,

    /// <summary>It went to an office beyond the tiers.</summary>
    EscalatedOut,

    /// <summary>It became an incident.</summary>
    TransferredToCase,

    /// <summary>Another dispute carries on.</summary>
    Duplicate,
}

/// <summary>As what somebody has to do with a dispute.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<PartyRole>))]
public enum PartyRole
{
    /// <summary>当事人: one of those who have the conflict.</summary>
    Party,

    /// <summary>监护人: the guardian of a party under age.</summary>
    Guardian,

    /// <summary>Speaks for a party.</summary>
    Representative,

    /// <summary>Saw or heard something.</summary>
    Witness,

    /// <summary>Told the police; hidden where the dispute may not be mediated, as domestic violence.</summary>
    Reporter,
}

/// <summary>What a party is.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<PartyNature>))]
public enum PartyNature
{
    /// <summary>One person.</summary>
    Person,

    /// <summary>A group, a firm or an office.</summary>
    Group,
}

/// <summary>What came of a first attempt.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<AttemptResult>))]
public enum AttemptResult
{
    /// <summary>The parties came to terms.</summary>
    Settled,

    /// <summary>They did not.</summary>
    NotSettled,

    /// <summary>Nobody could be reached.</summary>
    NotReached,

    /// <summary>Who should have tried did not.</summary>
    NotTried,
}

/// <summary>Which way a dispute moved among the tiers.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<HopKind>))]
public enum HopKind
{
    /// <summary>To the next tier.</summary>
    Escalated,

    /// <summary>Up, over some.</summary>
    Skipped,

    /// <summary>Nearer to the people again.</summary>
    Back,
}

/// <summary>Where a referral stands.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ReferralStatus>))]
public enum ReferralStatus
{
    /// <summary>Not answered.</summary>
    Pending,

    /// <summary>Taken.</summary>
    Accepted,

    /// <summary>Not taken.</summary>
    Refused,

    /// <summary>Given back with a result.</summary>
    Returned,

    /// <summary>Taken back.</summary>
    Withdrawn,
}

/// <summary>What a partner gives back.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ReferralResult>))]
public enum ReferralResult
{
    /// <summary>The parties agreed; the agreement is then recorded.</summary>
    Agreement,

    /// <summary>They did not.</summary>
    Failed,

    /// <summary>What was asked for was done, other than by mediation: advice, shelter, care.</summary>
    Helped,
}

/// <summary>How consent is given.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ConsentForm>))]
public enum ConsentForm
{
    /// <summary>Signed.</summary>
    Written,

    /// <summary>Said face to face.</summary>
    Oral,

    /// <summary>Said on the telephone.</summary>
    Phone,

    /// <summary>Given by the guardian of a party under age.</summary>
    ByGuardian,
}

/// <summary>Where a session stands.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<SessionStatus>))]
public enum SessionStatus
{
    /// <summary>Planned.</summary>
    Scheduled,

    /// <summary>It took place, or was opened and a party did not come.</summary>
    Held,

    /// <summary>Called off.</summary>
    Cancelled,
}

/// <summary>What came of a session.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<SessionOutcome>))]
public enum SessionOutcome
{
    /// <summary>The parties agreed; the agreement is then recorded.</summary>
    Agreement,

    /// <summary>There is to be another.</summary>
    Adjourned,

    /// <summary>They did not agree.</summary>
    Failed,

    /// <summary>A party did not come.</summary>
    PartyAbsent,
}

/// <summary>The form of an agreement.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<AgreementForm>))]
public enum AgreementForm
{
    /// <summary>调解协议书: signed.</summary>
    Written,

    /// <summary>口头协议: said, and recorded all the same.</summary>
    Oral,
}

/// <summary>Whether an obligation was performed.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<PerformanceResult>))]
public enum PerformanceResult
{
    /// <summary>Done.</summary>
    Performed,

    /// <summary>Not done.</summary>
    NotPerformed,

    /// <summary>The other side does not insist on it.</summary>
    Waived,
}

/// <summary>What a visit after a settlement found.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<FollowUpResult>))]
public enum FollowUpResult
{
    /// <summary>The settlement stands.</summary>
    Stands,

    /// <summary>It is in doubt.</summary>
    InDoubt,

    /// <summary>It does not stand; the dispute may be gone on with.</summary>
    Broken,

    /// <summary>Nobody was there; recorded, but no visit that counts as done.</summary>
    NotReached,
}

/// <summary>Where to go when mediation failed.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<NextAdvice>))]
public enum NextAdvice
{
    /// <summary>诉讼: the court.</summary>
    Court,

    /// <summary>仲裁: arbitration.</summary>
    Arbitration,

    /// <summary>An administrative office.</summary>
    Administration,

    /// <summary>Public order penalties: the police go on by law.</summary>
    PoliceDecision,
}

/// <summary>The clocks that may run for a dispute.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<DisputeClock>))]
public enum DisputeClock
{
    /// <summary>Who tries first has so long.</summary>
    FirstAttempt,

    /// <summary>A partner's yes or no.</summary>
    PartnerAnswer,

    /// <summary>A partner's result.</summary>
    PartnerReturn,

    /// <summary>治安调解: the first session of the police.</summary>
    MediationSession,

    /// <summary>The second session of the police, after the first.</summary>
    SecondSession,

    /// <summary>人民调解: the settlement by people's mediators.</summary>
    PeoplesMediation,

    /// <summary>履行: the next obligation that nobody has looked at.</summary>
    Performance,

    /// <summary>司法确认: the application to the court, where the parties want it.</summary>
    JudicialConfirmation,

    /// <summary>回访: the next visit.</summary>
    FollowUpVisit,
}
