using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Commands;

namespace Dispatch.Packs;

/// <summary>Kinds of dispute that every pack has, because the law says how they are treated.</summary>
public static class DisputeKindCodes
{
    /// <summary>家庭暴力: recorded and visited, never closed by mediation.</summary>
    public const string DomesticViolence = "domesticViolence";

    /// <summary>雇凶伤害: excluded from mediation.</summary>
    public const string HiredAssault = "hiredAssault";

    /// <summary>结伙斗殴: excluded from mediation.</summary>
    public const string GangFight = "gangFight";

    /// <summary>多次违法: excluded from mediation.</summary>
    public const string RepeatOffending = "repeatOffending";

    /// <summary>Those that are excluded in every pack.</summary>
    public static readonly ImmutableArray<string> AlwaysExcluded = [HiredAssault, GangFight, RepeatOffending];
}

/// <summary>What a dispute can be.</summary>
/// <param name="Code">Unique among the kinds of dispute.</param>
/// <param name="Name">Name in Chinese.</param>
/// <param name="NameEn">Name in English.</param>
/// <param name="Excluded">Why it is refused as a dispute under mediation; null where it is not.</param>
/// <param name="NoMediationClosing">Whether it cannot be closed by mediation.</param>
[GenerateSerializer, Immutable, Alias("dispatch.dispute-kind")]
public sealed record DisputeKind(string Code, string Name, string NameEn, DisputeExclusion? Excluded = null, bool NoMediationClosing = false);

/// <summary>Why a kind of dispute is not mediated.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="Reason">The reason, in Chinese.</param>
/// <param name="ReasonEn">The reason, in English.</param>
[GenerateSerializer, Immutable, Alias("dispatch.dispute-exclusion")]
public sealed record DisputeExclusion(string Code, string Reason, string ReasonEn);

/// <summary>How serious a dispute is. A grade of the dispute; people have none.</summary>
/// <param name="Code">Unique among the grades.</param>
/// <param name="Name">Name in Chinese.</param>
/// <param name="NameEn">Name in English.</param>
/// <param name="Colour">As <c>#rrggbb</c>; never the only signal.</param>
/// <param name="Order">Ascends with seriousness, from 1.</param>
[GenerateSerializer, Immutable, Alias("dispatch.dispute-grade")]
public sealed record DisputeGrade(string Code, string Name, string NameEn, string Colour, int Order);

/// <summary>Where a dispute is worked on.</summary>
/// <param name="Code">Unique among the tiers.</param>
/// <param name="Name">Name in Chinese.</param>
/// <param name="NameEn">Name in English.</param>
/// <param name="Order">Ascends with the distance from the people, from 1.</param>
/// <param name="Kind">Whose mediation it is, and so which clock runs there.</param>
/// <param name="Workers">Who works there.</param>
/// <param name="PartnerKinds">Codes of the partners to whom a dispute can be referred there; each of them mediates.</param>
[GenerateSerializer, Immutable, Alias("dispatch.dispute-tier")]
public sealed record DisputeTier(
    string Code,
    string Name,
    string NameEn,
    int Order,
    DisputeTierKind Kind,
    ImmutableArray<TierWorker> Workers,
    ImmutableArray<string> PartnerKinds);

/// <summary>Whose mediation a tier has.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<DisputeTierKind>))]
public enum DisputeTierKind
{
    /// <summary>治安调解: by the police; a session is due within <see cref="PackClocks.MediationSession"/>.</summary>
    Police,

    /// <summary>人民调解: by people's mediators; settled within <see cref="PackClocks.PeoplesMediation"/>.</summary>
    People,

    /// <summary>The courts; no clock of ours.</summary>
    Judicial,
}

/// <summary>Who works at a tier.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<TierWorker>))]
public enum TierWorker
{
    /// <summary>搭档: the pair of the community.</summary>
    Pair,

    /// <summary>网格: grid workers.</summary>
    Grid,

    /// <summary>村(社区): the village or community committee.</summary>
    Village,

    /// <summary>派出所: the station.</summary>
    Station,

    /// <summary>镇(街道): the town or street.</summary>
    Town,

    /// <summary>联合: several offices together.</summary>
    Joint,

    /// <summary>法院: the court.</summary>
    Court,
}

/// <summary>Who tries first, before the pair does; the attempt is recorded, with its result.</summary>
/// <param name="By">Code of the kind of partner who tries.</param>
/// <param name="DisputeKinds">Codes of the disputes for which they do; none that is excluded or cannot be closed by mediation.</param>
/// <param name="ConcernCategories">Codes of the concerns for which they do.</param>
/// <param name="Within">How long they have; after it the pair goes on without them.</param>
[GenerateSerializer, Immutable, Alias("dispatch.first-attempt")]
public sealed record FirstAttempt(string By, ImmutableArray<string> DisputeKinds, ImmutableArray<string> ConcernCategories, ClockLength Within);

/// <summary>The visits (回访) after a dispute was settled; visit n is due n times <see cref="PackClocks.FollowUpVisit"/> after it.</summary>
/// <param name="Visits">How many, 0 to 12.</param>
[GenerateSerializer, Immutable, Alias("dispatch.follow-up-rule")]
public sealed record FollowUpRule(int Visits);

/// <summary>What must be true of a settled dispute for it to count as closed locally (就地化解).</summary>
/// <param name="Facts">All of these; <see cref="ClosedLocallyFact.SettledWhereItBegan"/> is always among them.</param>
[GenerateSerializer, Immutable, Alias("dispatch.closed-locally-rule")]
public sealed record ClosedLocallyRule(ImmutableArray<ClosedLocallyFact> Facts);

/// <summary>A fact on which "closed locally" rests.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ClosedLocallyFact>))]
public enum ClosedLocallyFact
{
    /// <summary>Settled at the tier where it began.</summary>
    SettledWhereItBegan,

    /// <summary>With an agreement, or a withdrawal that is on record.</summary>
    AgreementOrWithdrawal,

    /// <summary>Performance (履行) of the agreement was checked.</summary>
    PerformanceChecked,

    /// <summary>The follow-up visits were done.</summary>
    FollowUpDone,

    /// <summary>No repeat within <see cref="PackClocks.RepeatWindow"/>.</summary>
    NoRepeat,
}
