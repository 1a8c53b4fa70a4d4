using System.Collections.Immutable;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Packs;
using Dispatch.Protection;

namespace Dispatch.Partners;

/// <summary>What the rules of volunteers look at beside the team.</summary>
/// <param name="Now">Now.</param>
/// <param name="NewId">Id of the volunteer who would apply by the command.</param>
/// <param name="Partner">The partner that the team is; null where there is none.</param>
/// <param name="Pack">The model that the bureau works by.</param>
/// <param name="Organisation">The organisation.</param>
/// <param name="Sealed">What the vault made of who applies; null where nobody did or nothing was said.</param>
public sealed record VolunteerGround(
    DateTimeOffset Now, string NewId, PartnerView? Partner, ModelPack Pack, OrganisationSnapshot Organisation, SealedPerson? Sealed);

/// <summary>The way of a volunteer: applied, checked, trained, on duty and off, left. No step can be left out. Pure.</summary>
public static class VolunteerRules
{
    private const int MaxCodeName = 40;
    private const int MaxReason = 200;
    private const int MostTogether = 50;

    /// <summary>Longest patrol that counts: who forgot to sign out was not out for days.</summary>
    private static readonly TimeSpan LongestPatrol = TimeSpan.FromHours(24);

    /// <summary>Decides a command.</summary>
    public static Decision<VolunteerEvent> Decide(VolunteerTeamState? state, VolunteerCommand command, VolunteerGround ground)
    {
        ArgumentNullException.ThrowIfNull(ground);
        if (WhyNoTeam(ground) is { } none)
        {
            return none;
        }

        return command switch
        {
            ApplyAsVolunteer c => WhyNot(state, c) is { } refusal ? refusal
                : new VolunteerApplied(ground.NewId, Wording.Clean(c.CodeName), ground.Sealed),
            CheckVolunteer c => Step(state, c.VolunteerId, [VolunteerStatus.Applied], new VolunteerChecked(c.VolunteerId)),
            TrainVolunteer c => Step(state, c.VolunteerId, [VolunteerStatus.Checked], new VolunteerTrained(c.VolunteerId)),
            RefuseVolunteer c => Wording.WhyNotNeeded("reason", c.Reason, MaxReason, c.TextConfirmed) is { } refusal ? refusal
                : Step(
                    state, c.VolunteerId, [VolunteerStatus.Applied, VolunteerStatus.Checked],
                    new VolunteerRefused(c.VolunteerId, Wording.Of(c.Reason))),
            VolunteerLeaves c => Step(
                state, c.VolunteerId, [VolunteerStatus.Applied, VolunteerStatus.Checked, VolunteerStatus.Trained, VolunteerStatus.OffDuty],
                new VolunteerLeft(c.VolunteerId)),
            SignInToPatrol c => SignIn(state, c, ground),
            SignOutOfPatrol c => SignOut(state, c, ground.Now),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Unknown command."),
        };
    }

    /// <summary>Why somebody cannot apply; null where it can be. Asked before anything is sealed, too.</summary>
    public static Refusal? WhyNot(VolunteerTeamState? state, ApplyAsVolunteer c)
    {
        ArgumentNullException.ThrowIfNull(c);
        return Wording.WhyNot("codeName", c.CodeName, MaxCodeName, confirmed: false)
            ?? c.Person?.WhyNot("person")
            ?? (Wording.Clean(c.CodeName) is null && c.Person is null or { IsEmpty: true }
                    ? Refusal.Invalid(RefusalCodes.ValueMissing, "codeName", "Give a code name, or a person.")
                : state?.Volunteers.Count(x => x.IsOfTeam) >= VolunteerTeamState.Most
                    ? Refusal.Rule(RefusalCodes.VolunteerTeamFull, $"A team has at most {VolunteerTeamState.Most} volunteers.")
                : null);
    }

    private static Refusal? WhyNoTeam(VolunteerGround ground) =>
        ground.Partner is not { } partner ? Refusal.NotFound(RefusalCodes.PartnerNotFound, "There is no such partner.")
        : ground.Pack.FindPartnerKind(partner.Kind) is not { Volunteers: true } || partner.Details.Place is not null
            ? Refusal.Rule(RefusalCodes.PartnerWithoutVolunteers, $"{partner.Details.Name} is no team of volunteers.")
        : null;

    private static Decision<VolunteerEvent> Step(VolunteerTeamState? state, string id, VolunteerStatus[] from, VolunteerEvent step) =>
        state?.Find(id) is not { } volunteer ? NotFound(id)
        : from.Contains(volunteer.View.Status) ? step
        : volunteer.View.Status == VolunteerStatus.OnDuty ? Refusal.Rule(RefusalCodes.VolunteerOnDuty, "The volunteer is on patrol; sign out first.")
        : Refusal.Rule(RefusalCodes.VolunteerOutOfOrder, $"The volunteer is {volunteer.View.Status}; this step does not follow on it.");

    private static Decision<VolunteerEvent> SignIn(VolunteerTeamState? state, SignInToPatrol c, VolunteerGround ground)
    {
        var ids = Distinct(c.VolunteerIds);
        if ((WhyNotTogether(state, ids) ?? ids.Select(x => WhyNotSignedIn(state!.Find(x)!)).FirstOrDefault(x => x is not null)) is { } refusal)
        {
            return refusal;
        }

        if (!ground.Partner!.Active)
        {
            return Refusal.Rule(RefusalCodes.PartnerNotActive, "The team is not active.");
        }

        var together = state!.Volunteers.Count(x => x.View.Status == VolunteerStatus.OnDuty) + ids.Length;
        return WhyNotPatrol(ground, together) is { } incomplete ? incomplete : new PatrolSignedIn(ids);
    }

    private static Refusal? WhyNotSignedIn(Volunteer volunteer) => volunteer.View.Status switch
    {
        VolunteerStatus.Trained or VolunteerStatus.OffDuty => null,
        VolunteerStatus.OnDuty => Refusal.Rule(RefusalCodes.VolunteerOnDuty, $"Volunteer {volunteer.View.Id} is on patrol already."),
        VolunteerStatus.Applied or VolunteerStatus.Checked =>
            Refusal.Rule(RefusalCodes.VolunteerNotTrained, $"Volunteer {volunteer.View.Id} is not trained; nobody goes on patrol untrained."),
        _ => Refusal.Rule(RefusalCodes.VolunteerOutOfOrder, $"Volunteer {volunteer.View.Id} is not of the team any more."),
    };

    /// <summary>A patrol team goes out as the pack has it: 1+1+N, with an N between two bounds. Other teams go as they are.</summary>
    private static Refusal? WhyNotPatrol(VolunteerGround ground, int together) =>
        ground.Pack.PatrolTeam is not { } rule || rule.PartnerKind != ground.Partner!.Kind || ground.Partner.Details.Patrol is not { } patrol ? null
        : PartnerRules.WhyNotComplete(patrol, rule, ground.Organisation) is not null
            ? Refusal.Rule(RefusalCodes.PatrolTeamIncomplete, "The team's officers or auxiliaries are not as they were; change the team first.")
        : together < rule.MinVolunteers ? Refusal.Rule(RefusalCodes.PatrolTeamIncomplete, $"A patrol goes out with at least {rule.MinVolunteers} volunteers.")
        : together > rule.MaxVolunteers ? Refusal.Rule(RefusalCodes.PatrolTeamTooLarge, $"A patrol goes out with at most {rule.MaxVolunteers} volunteers.")
        : null;

    private static Decision<VolunteerEvent> SignOut(VolunteerTeamState? state, SignOutOfPatrol c, DateTimeOffset now)
    {
        var ids = Distinct(c.VolunteerIds);
        if (WhyNotTogether(state, ids) is { } refusal)
        {
            return refusal;
        }

        var volunteers = ids.Select(x => state!.Find(x)!).ToArray();
        return volunteers.FirstOrDefault(x => x.View.Status != VolunteerStatus.OnDuty) is { } other
            ? Refusal.Rule(RefusalCodes.VolunteerNotOnDuty, $"Volunteer {other.View.Id} is not on patrol.")
            : new PatrolSignedOut(ids, volunteers.Sum(x => MinutesBetween(x.Since, now)));
    }

    private static Refusal? WhyNotTogether(VolunteerTeamState? state, ImmutableArray<string> ids) =>
        ids.Length is 0 or > MostTogether ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, "volunteerIds", $"Name 1 to {MostTogether} volunteers.")
        : ids.FirstOrDefault(x => state?.Find(x) is null) is { } unknown ? NotFound(unknown)
        : null;

    private static int MinutesBetween(DateTimeOffset since, DateTimeOffset now) =>
        (int)Math.Clamp((now - since).TotalMinutes, 0, LongestPatrol.TotalMinutes);

    private static ImmutableArray<string> Distinct(ImmutableArray<string> ids) => [.. ids.Distinct(StringComparer.Ordinal)];

    private static Refusal NotFound(string id) => Refusal.NotFound(RefusalCodes.VolunteerNotFound, $"The team has no volunteer '{id}'.");
}
