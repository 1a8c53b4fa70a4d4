using System.Collections.Immutable;
using System.Security.Claims;
using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Communities;
using Dispatch.Incidents;
using Dispatch.Live;
using Dispatch.Packs;
using Dispatch.Protection;

namespace Dispatch.Disputes;

/// <summary>An incident becomes a dispute: what was said of it is taken over.</summary>
/// <param name="Kind">Code of a kind of the pack.</param>
/// <param name="Title">What it is about; the beginning of the incident's summary where absent.</param>
/// <param name="Grade">Code of a grade; the lowest where absent.</param>
/// <param name="Tier">Code of the tier where it begins; the lowest where absent.</param>
/// <param name="Parties">Who has to do with it; two parties of whom nothing is known yet where absent.</param>
/// <param name="RepeatOf">The dispute that has come back.</param>
/// <param name="CarryCaller">Whether who called is taken over, opened and sealed again by the server; the read is on record.</param>
/// <param name="CallerRole">As what; who told the police where the kind may not be mediated, a party otherwise.</param>
/// <param name="Reason">Why the caller is read; needed with <paramref name="CarryCaller"/>.</param>
/// <param name="TextConfirmed">That the texts are meant as they are.</param>
public sealed record DisputeOfIncident(
    string Kind, string? Title = null, string? Grade = null, string? Tier = null, ImmutableArray<NewParty>? Parties = null, string? RepeatOf = null,
    bool CarryCaller = false, PartyRole? CallerRole = null, string? Reason = null, bool TextConfirmed = false);

/// <summary>A dispute becomes an incident.</summary>
/// <param name="Category">Code of a category of the bureau.</param>
/// <param name="Priority">1 (highest) to 4.</param>
/// <param name="Location">Where; that of the dispute, or else the middle of its community, where absent.</param>
public sealed record IncidentOfDispute(string Category, int Priority, GeoPoint? Location = null);

/// <summary>A dispute and the incident that came of it.</summary>
public sealed record HandedOver(DisputeView Dispute, IncidentView Incident);

/// <summary>From an incident to a dispute and back, without retyping. Every step has an id worked out from the request's key, so a retry goes on where it ended.</summary>
public static class DisputeConversions
{
    private const int MaxTitle = 120;
    private const int MaxSummary = 2000;
    private const int MaxReason = 500;

    /// <summary>Opens a dispute of an incident, and notes its number there.</summary>
    public static async Task<IResult> FromIncidentAsync(
        string id, DisputeOfIncident body, CommandKey key, ClaimsPrincipal principal, IncidentDesk incidents, MatterDesk desk, OrganisationCache organisation,
        ModelPacks packs)
    {
        var user = SignedIn.Of(principal, organisation);
        var (incident, refusal) = await incidents.FindAsync(user, id);
        refusal ??= user.SightOf(incident!) != FeedSight.Full ? Problems.Forbidden("The incident")
            : body.CarryCaller && (string.IsNullOrWhiteSpace(body.Reason) || body.Reason.Length > MaxReason)
                ? Refusal.Invalid(RefusalCodes.ValueMissing, "reason", $"Say why the caller is read, in at most {MaxReason} characters.")
            : null;
        if (refusal is not null)
        {
            return refusal.ToResult();
        }

        var (parties, unread) = await PartiesAsync(user, incident!, body, incidents, packs.Of(organisation.Current.Organisation));
        if (unread is not null)
        {
            return unread.ToResult();
        }

        var (disputeId, answer) = await desk.OpenAsync<IDisputeGrain, DisputeCommand, DisputeView>(
            user, key.Value, MatterKind.Dispute, incident!.CommunityId, CommandOf(incident, body, parties));
        if (answer.IsRefused)
        {
            return answer.Refusal.ToResult();
        }

        var note = await incidents.ExecuteAsync(
            user, DerivedIds.For("disputeNote", user.Id, key.Value), id, new AddNote($"转为纠纷 / became dispute {answer.Value.Number}"));
        return note.IsRefused ? note.Refusal.ToResult() : TypedResults.Created($"/api/v1/disputes/{disputeId}", answer.Value);
    }

    /// <summary>Opens an incident of a dispute, and links it there.</summary>
    public static async Task<IResult> ToIncidentAsync(
        string id, IncidentOfDispute body, CommandKey key, ClaimsPrincipal principal, IncidentDesk incidents, MatterDesk desk, OrganisationCache organisation)
    {
        var user = SignedIn.Of(principal, organisation);
        var (dispute, refusal) = await desk.FindAsync<IDisputeGrain, DisputeCommand, DisputeView>(user, id);
        refusal ??= desk.SightOf(user, dispute!.CommunityId) != FeedSight.Full ? Problems.Forbidden("The dispute")
            : dispute.Closing is not null && dispute.CaseIncidentId != IncidentIds.ForOpening(user.Id, key.Value)
                ? Refusal.Rule(RefusalCodes.DisputeNotOpen, "This dispute has ended.")
            : null;
        if (refusal is not null)
        {
            return refusal.ToResult();
        }

        var place = body.Location ?? dispute!.Location ?? organisation.Current.Community(dispute.CommunityId)!.Centre ?? default;
        var opened = await incidents.OpenAsync(
            user, key.Value, new OpenIncident(body.Category, body.Priority, place, SummaryOf(dispute!), CommunityId: dispute!.CommunityId));
        if (opened.IsRefused)
        {
            return opened.Refusal.ToResult();
        }

        var linked = await desk.ExecuteAsync<IDisputeGrain, DisputeCommand, DisputeView>(
            user, DerivedIds.For("disputeCase", user.Id, key.Value), id, new HandToCase(opened.Value.Id));
        return linked.IsRefused
            ? linked.Refusal.ToResult()
            : TypedResults.Created($"/api/v1/incidents/{opened.Value.Id}", new HandedOver(linked.Value, opened.Value));
    }

    private static OpenDispute CommandOf(IncidentView incident, DisputeOfIncident body, ImmutableArray<NewParty> parties) =>
        new(body.Kind, body.Title ?? Beginning(incident.Summary), parties)
        {
            CommunityId = incident.CommunityId,
            Summary = incident.Summary,
            Grade = body.Grade,
            Tier = body.Tier,
            Location = incident.Location.Rounded(),
            Refs = [$"incident/{incident.Id}"],
            RepeatOf = body.RepeatOf,
            TextConfirmed = body.TextConfirmed,
        };

    /// <summary>Those who were named, and who called where that is asked for.</summary>
    private static async Task<(ImmutableArray<NewParty> Parties, Refusal? Refusal)> PartiesAsync(
        SignedIn user, IncidentView incident, DisputeOfIncident body, IncidentDesk incidents, ModelPack pack)
    {
        var caller = default(NewParty);
        var kind = pack.FindDisputeKind(body.Kind);

        // What will be refused reads nobody.
        if (body.CarryCaller && kind is { Excluded: null })
        {
            var answer = await incidents.Grain(incident.Id).ReadCallerAsync(new CommandContext(null, user.Actor), body.Reason!);
            if (answer.IsRefused)
            {
                return ([], answer.Refusal);
            }

            var role = body.CallerRole ?? (kind.NoMediationClosing ? PartyRole.Reporter : PartyRole.Party);
            caller = new NewParty(role, Person: new ProtectedPerson(
                Said(answer.Value.Name), Said(answer.Value.Phone), Note: Said(answer.Value.Note)));
        }

        ImmutableArray<NewParty> named = body.Parties
            ?? [.. Enumerable.Repeat(new NewParty(PartyRole.Party), caller is { Role: PartyRole.Party } ? 1 : 2)];
        return (caller is null ? named : [.. named, caller], null);
    }

    private static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static string SummaryOf(DisputeView dispute)
    {
        var all = $"{dispute.Title} ({dispute.Number})\n{dispute.Summary}".TrimEnd();
        return all.Length <= MaxSummary ? all : all[..MaxSummary];
    }

    /// <summary>The first line, or as much of it as a title holds.</summary>
    private static string Beginning(string summary)
    {
        var line = summary.Trim().Split('\n')[0].Trim();
        return line.Length <= MaxTitle ? line : $"{line[..(MaxTitle - 1)]}…";
    }
}
