using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Bureau;

namespace Dispatch.Packs;

/// <summary>
/// A community-policing model (警务模式) as data: what concerns, disputes, partners and the roll-out go by. A bureau chooses one; a pack is a file, and
/// no code knows one pack from another. What a pack may not switch off is in <c>ModelPackRules</c>.
/// </summary>
/// <param name="Id">Unique among the packs; what an organisation names.</param>
/// <param name="Name">Name in Chinese.</param>
/// <param name="NameEn">Name in English.</param>
/// <param name="Established">Whether the model's practices are documented; false where the pack stands in with neutral names, to be edited.</param>
/// <param name="Note">Where it comes from, and what of it is not established.</param>
/// <param name="NoteEn">The same in English.</param>
/// <param name="Practices">What the model does, by name.</param>
/// <param name="TaskKinds">What a pair or a partner can be given to do in a community.</param>
/// <param name="ConcernCategories">What a concern can be about.</param>
/// <param name="ConcernWords">What concerns are called, and whether each has an owner.</param>
/// <param name="DisputeKinds">What a dispute can be; among them those of <see cref="DisputeKindCodes"/>.</param>
/// <param name="DisputeGrades">How serious a dispute is, lowest first; a colour of the dispute, never of a person.</param>
/// <param name="DisputeTiers">Where a dispute is worked on, nearest to the people first; at least one.</param>
/// <param name="Clocks">How long things may take.</param>
/// <param name="FirstAttempt">Who tries before the pair does; null where nobody does.</param>
/// <param name="Channels">How residents are reached.</param>
/// <param name="SmallUnits">Units below the community; may be empty.</param>
/// <param name="PartnerKinds">Who can be given work beside the pairs.</param>
/// <param name="PatrolTeam">What a patrol team is made of; null where the model has none.</param>
/// <param name="ServicePointKinds">Kinds of service points with opening hours; empty where the model has none.</param>
/// <param name="ContactBookRoles">By which roles the contact book of a community is kept; empty where the model has none.</param>
/// <param name="MeetingKinds">Meetings with residents.</param>
/// <param name="TimeAwayReasons">Why a pair's time is taken from its community.</param>
/// <param name="FollowUp">The visits after a dispute was settled.</param>
/// <param name="ClosedLocally">What "closed locally" rests on.</param>
/// <param name="Holidays">Days from Monday to Friday, or at the weekend, that are public holidays (China Standard Time).</param>
/// <param name="WorkingWeekends">Saturdays and Sundays that are working days in exchange (调休).</param>
[GenerateSerializer, Immutable, Alias("dispatch.model-pack")]
public sealed record ModelPack(
    string Id,
    string Name,
    string NameEn,
    bool Established,
    string Note,
    string NoteEn,
    ImmutableArray<Practice> Practices,
    ImmutableArray<TaskKind> TaskKinds,
    ImmutableArray<CodedName> ConcernCategories,
    ConcernWords ConcernWords,
    ImmutableArray<DisputeKind> DisputeKinds,
    ImmutableArray<DisputeGrade> DisputeGrades,
    ImmutableArray<DisputeTier> DisputeTiers,
    PackClocks Clocks,
    FirstAttempt? FirstAttempt,
    ImmutableArray<Channel> Channels,
    ImmutableArray<CodedName> SmallUnits,
    ImmutableArray<PartnerKind> PartnerKinds,
    PatrolTeamRule? PatrolTeam,
    ImmutableArray<CodedName> ServicePointKinds,
    ImmutableArray<CodedName> ContactBookRoles,
    ImmutableArray<CodedName> MeetingKinds,
    ImmutableArray<CodedName> TimeAwayReasons,
    FollowUpRule FollowUp,
    ClosedLocallyRule ClosedLocally,
    ImmutableArray<DateOnly> Holidays,
    ImmutableArray<DateOnly> WorkingWeekends)
{
    /// <summary>Which days are working days.</summary>
    [JsonIgnore]
    public WorkCalendar Calendar => new(Holidays, WorkingWeekends);

    /// <summary>Whether the model has service points with opening hours.</summary>
    [JsonIgnore]
    public bool HasServicePoints => !ServicePointKinds.IsEmpty;

    /// <summary>When a clock that began at a time runs out.</summary>
    public DateTimeOffset Due(ClockLength clock, DateTimeOffset began)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return clock.After(began, Calendar);
    }

    /// <summary>Whether a concern can be about this.</summary>
    public bool HasConcernCategory(string code) => ConcernCategories.Any(x => x.Code == code);

    /// <summary>A kind of dispute; null where the model does not have it.</summary>
    public DisputeKind? FindDisputeKind(string code) => DisputeKinds.FirstOrDefault(x => x.Code == code);

    /// <summary>A grade of dispute; null where the model does not have it.</summary>
    public DisputeGrade? FindDisputeGrade(string code) => DisputeGrades.FirstOrDefault(x => x.Code == code);

    /// <summary>A tier; null where the model does not have it.</summary>
    public DisputeTier? FindDisputeTier(string code) => DisputeTiers.FirstOrDefault(x => x.Code == code);

    /// <summary>A kind of partner; null where the model does not have it.</summary>
    public PartnerKind? FindPartnerKind(string code) => PartnerKinds.FirstOrDefault(x => x.Code == code);

    /// <summary>A kind of task; null where the model does not have it.</summary>
    public TaskKind? FindTaskKind(string code) => TaskKinds.FirstOrDefault(x => x.Code == code);

    /// <summary>A channel; null where the model does not have it.</summary>
    public Channel? FindChannel(string code) => Channels.FirstOrDefault(x => x.Code == code);
}
