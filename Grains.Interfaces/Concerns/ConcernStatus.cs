using System.Text.Json.Serialization;
using Dispatch.Commands;

namespace Dispatch.Concerns;

/// <summary>Where a concern stands; worked out from its facts, never stored beside them.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ConcernStatus>))]
public enum ConcernStatus
{
    /// <summary>Nobody has taken it yet.</summary>
    Raised,

    /// <summary>A pair has it; the residents have no answer yet.</summary>
    Taken,

    /// <summary>The residents have a first answer.</summary>
    Answered,

    /// <summary>Something is being done about it.</summary>
    InWork,

    /// <summary>It is worked on as part of a problem.</summary>
    InProblem,

    /// <summary>办结: closed by the police, which says nothing of what the resident thinks.</summary>
    Closed,

    /// <summary>居民确认: closed, and confirmed by the resident.</summary>
    Confirmed,

    /// <summary>Opened again, and nobody has done anything since.</summary>
    Reopened,

    /// <summary>Taken back.</summary>
    Withdrawn,

    /// <summary>Closed because it is the same as another.</summary>
    Merged,
}

/// <summary>From where a concern came.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ConcernSource>))]
public enum ConcernSource
{
    /// <summary>From contacts with residents.</summary>
    Interaction,

    /// <summary>From an incident.</summary>
    Incident,

    /// <summary>From a meeting with residents.</summary>
    Meeting,

    /// <summary>A resident said so, at the counter or on the residents' page.</summary>
    Resident,

    /// <summary>A request of an Open311 client.</summary>
    Open311,

    /// <summary>An anonymous tip.</summary>
    Tip,
}

/// <summary>What came of a concern that the police closed.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ConcernOutcome>))]
public enum ConcernOutcome
{
    /// <summary>Solved.</summary>
    Solved,

    /// <summary>Partly solved.</summary>
    Partly,

    /// <summary>Not possible; the reason is given.</summary>
    NotPossible,

    /// <summary>Given to somebody else, who is named in the reason.</summary>
    Referred,

    /// <summary>What was done had no effect: a valid result.</summary>
    NoEffect,

    /// <summary>The same as another concern.</summary>
    Duplicate,
}

/// <summary>What the resident says of a closed concern.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ResidentVerdict>))]
public enum ResidentVerdict
{
    /// <summary>It is as the police say.</summary>
    Confirmed,

    /// <summary>It is not; reopening is offered.</summary>
    NotConfirmed,
}

/// <summary>Who gave the resident's verdict into the system.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<VerdictGiver>))]
public enum VerdictGiver
{
    /// <summary>An officer, on the resident's behalf.</summary>
    Officer,

    /// <summary>The resident, through a channel of their own.</summary>
    Resident,
}

/// <summary>Who can own a concern or a measure.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<OwnerKind>))]
public enum OwnerKind
{
    /// <summary>One officer.</summary>
    Officer,

    /// <summary>A pair.</summary>
    Pair,

    /// <summary>A partner (协作单位).</summary>
    Partner,
}
