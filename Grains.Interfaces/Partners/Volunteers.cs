using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Commands;
using Dispatch.Protection;

namespace Dispatch.Partners;

/// <summary>How far a volunteer (义警) has come.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<VolunteerStatus>))]
public enum VolunteerStatus
{
    /// <summary>已报名: wants to.</summary>
    Applied,

    /// <summary>已审核: was looked into; what was found is kept nowhere here.</summary>
    Checked,

    /// <summary>已培训: may go on patrol.</summary>
    Trained,

    /// <summary>在岗: on patrol.</summary>
    OnDuty,

    /// <summary>离岗: was on patrol before.</summary>
    OffDuty,

    /// <summary>已退出.</summary>
    Left,

    /// <summary>未通过: not taken.</summary>
    Refused,
}

/// <summary>When a volunteer came to where he stands.</summary>
/// <param name="Status">What came about.</param>
/// <param name="At">When, the last time.</param>
/// <param name="By">Who recorded it.</param>
[GenerateSerializer, Immutable, Alias("dispatch.volunteer-step")]
public sealed record VolunteerStep(VolunteerStatus Status, DateTimeOffset At, string By);

/// <summary>A volunteer of a team. Has no account and no access to case data.</summary>
/// <param name="Id">UUID.</param>
/// <param name="CodeName">What the volunteer is called on the radio; no name.</param>
/// <param name="Person">That there is a person behind it whose fields are sealed; null where only the code name is known.</param>
/// <param name="Status">How far.</param>
/// <param name="Steps">Each step with who and when; of those that come again the last.</param>
[GenerateSerializer, Immutable, Alias("dispatch.volunteer-view")]
public sealed record VolunteerView(string Id, string? CodeName, PersonView? Person, VolunteerStatus Status, ImmutableArray<VolunteerStep> Steps)
{
    /// <summary>Why the volunteer was not taken, or left.</summary>
    [Id(5)]
    public string? Reason { get; init; }
}

/// <summary>What a team did in a month, counted by team and never by person.</summary>
/// <param name="Month">As <c>2026-07</c>, China Standard Time.</param>
/// <param name="Outings">How many times volunteers went on patrol together.</param>
/// <param name="Minutes">Minutes on patrol of all of them.</param>
[GenerateSerializer, Immutable, Alias("dispatch.team-month")]
public sealed record TeamMonth(string Month, int Outings, int Minutes);

/// <summary>A team of volunteers.</summary>
/// <param name="PartnerId">The partner that it is.</param>
/// <param name="Version">Counts its changes from 1.</param>
/// <param name="Volunteers">Its volunteers, oldest first; of those that left or were not taken the last.</param>
/// <param name="Months">What it did, oldest first, two years at most.</param>
[GenerateSerializer, Immutable, Alias("dispatch.volunteer-team-view")]
public sealed record VolunteerTeamView(string PartnerId, long Version, ImmutableArray<VolunteerView> Volunteers, ImmutableArray<TeamMonth> Months);

/// <summary>Something that is asked of a team of volunteers.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(ApplyAsVolunteer), "apply")]
[JsonDerivedType(typeof(CheckVolunteer), "check")]
[JsonDerivedType(typeof(TrainVolunteer), "train")]
[JsonDerivedType(typeof(RefuseVolunteer), "refuse")]
[JsonDerivedType(typeof(VolunteerLeaves), "leave")]
[JsonDerivedType(typeof(SignInToPatrol), "signIn")]
[JsonDerivedType(typeof(SignOutOfPatrol), "signOut")]
[GenerateSerializer, Immutable, Alias("dispatch.volunteer-command")]
public abstract record VolunteerCommand;

/// <summary>Somebody wants to be a volunteer of the team. The id is worked out from the sender and the command.</summary>
/// <param name="CodeName">What the volunteer is to be called, at most 40 characters.</param>
/// <param name="Person">Who it is; sealed. One of both is needed.</param>
[GenerateSerializer, Immutable, Alias("dispatch.apply-as-volunteer")]
public sealed record ApplyAsVolunteer(string? CodeName = null, ProtectedPerson? Person = null) : VolunteerCommand;

/// <summary>The volunteer was looked into and can be trained. What was found is not recorded.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.check-volunteer")]
public sealed record CheckVolunteer(string VolunteerId) : VolunteerCommand;

/// <summary>The volunteer was trained and may go on patrol.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.train-volunteer")]
public sealed record TrainVolunteer(string VolunteerId) : VolunteerCommand;

/// <summary>The volunteer is not taken.</summary>
/// <param name="VolunteerId">Which.</param>
/// <param name="Reason">Why, 1 to 200 characters; nothing of what a check found.</param>
[GenerateSerializer, Immutable, Alias("dispatch.refuse-volunteer")]
public sealed record RefuseVolunteer(string VolunteerId, string Reason) : VolunteerCommand
{
    /// <summary>That the sender has seen that the reason looks as if it held somebody's number, and means it as it is.</summary>
    [Id(2)]
    public bool TextConfirmed { get; init; }
}

/// <summary>The volunteer leaves the team for good.</summary>
/// <param name="VolunteerId">Which.</param>
[GenerateSerializer, Immutable, Alias("dispatch.volunteer-leaves")]
public sealed record VolunteerLeaves(string VolunteerId) : VolunteerCommand;

/// <summary>Volunteers go on patrol together.</summary>
/// <param name="VolunteerIds">1 to 50 of the team.</param>
[GenerateSerializer, Immutable, Alias("dispatch.sign-in-to-patrol")]
public sealed record SignInToPatrol(ImmutableArray<string> VolunteerIds) : VolunteerCommand;

/// <summary>Volunteers come back from patrol.</summary>
/// <param name="VolunteerIds">1 to 50 of those on duty.</param>
[GenerateSerializer, Immutable, Alias("dispatch.sign-out-of-patrol")]
public sealed record SignOutOfPatrol(ImmutableArray<string> VolunteerIds) : VolunteerCommand;
