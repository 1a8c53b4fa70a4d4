using System.Collections.Immutable;
using System.Security.Claims;
using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Live;
using Dispatch.Stations;

namespace Dispatch.Incidents;

/// <summary>Why an offer is declined.</summary>
public sealed record DeclineBody(string Reason, string? Note = null);

/// <summary>Why an offer is taken back.</summary>
public sealed record WithdrawBody(string? Reason = null);

/// <summary>A pair's next step.</summary>
/// <param name="Status">The step.</param>
/// <param name="Note">In the officer's own words.</param>
/// <param name="At">When it was done, where it is told later.</param>
public sealed record StatusBody(AssignmentStatus Status, string? Note = null, DateTimeOffset? At = null);

/// <summary>Why: a caller is looked up, a pair called off or freed.</summary>
public sealed record ReasonBody(string Reason);

/// <summary>Who takes over, and why.</summary>
public sealed record HandOverBody(string ToPairId, string Reason, string? OverrideReason = null);

/// <summary>The offers a request made.</summary>
public sealed record OffersMade(IReadOnlyList<OfferView> Offers, IncidentView Incident);

/// <summary>Incidents over HTTP.</summary>
public static class IncidentEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapIncidents(this IEndpointRouteBuilder api)
    {
        var incidents = api.MapGroup("/incidents").WithTags("Incidents");
        incidents.MapGet("/", ListAsync);
        incidents.MapPost("/", OpenAsync);
        incidents.MapGet("/{id}", GetAsync);
        incidents.MapGet("/{id}/timeline", TimelineAsync);
        api.MapRecommendations();
        incidents.MapPost("/{id}/caller", ReadCallerAsync);
        incidents.MapPost("/{id}/offers", OfferAsync);
        incidents.MapPost("/{id}/assignments/{pairId}/status",
            (string id, string pairId, StatusBody body, CommandKey key, ClaimsPrincipal user, IncidentDesk desk, OrganisationCache organisation) =>
                ExecuteAsync(desk, organisation, user, key, id, new SetAssignmentStatus(pairId, body.Status, body.Note, body.At)));
        incidents.MapPost("/{id}/assignments/{pairId}/cancel",
            (string id, string pairId, ReasonBody body, CommandKey key, ClaimsPrincipal user, IncidentDesk desk, OrganisationCache organisation) =>
                ExecuteAsync(desk, organisation, user, key, id, new CancelAssignment(pairId, body.Reason)));
        incidents.MapPost("/{id}/assignments/{pairId}/handover",
            (string id, string pairId, HandOverBody body, CommandKey key, ClaimsPrincipal user, IncidentDesk desk, OrganisationCache organisation) =>
                ExecuteAsync(desk, organisation, user, key, id, new HandOverAssignment(pairId, body.ToPairId, body.Reason, body.OverrideReason)));
        Map<AddNote>(incidents, "notes");
        Map<RequestBackup>(incidents, "backup");
        Map<ReclassifyIncident>(incidents, "reclassify");
        Map<HoldIncident>(incidents, "hold");
        Map<ResumeIncident>(incidents, "resume");
        Map<CancelIncident>(incidents, "cancel");
        Map<CloseIncident>(incidents, "close");
        Map<ReopenIncident>(incidents, "reopen");
        Map<TransferIncident>(incidents, "transfer");
        Map<DivertIncident>(incidents, "divert");
        Map<MergeIncident>(incidents, "merge");
        Map<UndoMerge>(incidents, "merge/undo");
        Map<LinkIncident>(incidents, "links");
        Map<UnlinkIncident>(incidents, "links/remove");

        var offers = api.MapGroup("/offers").WithTags("Incidents");
        offers.MapPost("/{offerId}/accept",
            async (string offerId, CommandKey key, ClaimsPrincipal user, IncidentDesk desk, OrganisationCache organisation) =>
                ToResult(await desk.AnswerOfferAsync(SignedIn.Of(user, organisation), key.Value, offerId, new AcceptOffer(offerId))));
        offers.MapPost("/{offerId}/decline",
            async (string offerId, DeclineBody body, CommandKey key, ClaimsPrincipal user, IncidentDesk desk, OrganisationCache organisation) =>
                ToResult(await desk.AnswerOfferAsync(SignedIn.Of(user, organisation), key.Value, offerId, new DeclineOffer(offerId, body.Reason, body.Note))));
        offers.MapPost("/{offerId}/withdraw",
            async (string offerId, WithdrawBody body, CommandKey key, ClaimsPrincipal user, IncidentDesk desk, OrganisationCache organisation) =>
                ToResult(await desk.AnswerOfferAsync(SignedIn.Of(user, organisation), key.Value, offerId, new WithdrawOffer(offerId, body.Reason))));
    }

    private static void Map<TCommand>(RouteGroupBuilder incidents, string name)
        where TCommand : IncidentCommand =>
        incidents.MapPost($"/{{id}}/{name}",
            (string id, TCommand body, CommandKey key, ClaimsPrincipal user, IncidentDesk desk, OrganisationCache organisation) =>
                ExecuteAsync(desk, organisation, user, key, id, body));

    private static async Task<IResult> ExecuteAsync(
        IncidentDesk desk, OrganisationCache organisation, ClaimsPrincipal user, CommandKey key, string id, IncidentCommand command) =>
        ToResult(await desk.ExecuteAsync(SignedIn.Of(user, organisation), key.Value, id, command));

    private static async Task<IResult> OpenAsync(
        OpenIncident body, CommandKey key, ClaimsPrincipal user, IncidentDesk desk, OrganisationCache organisation)
    {
        var answer = await desk.OpenAsync(SignedIn.Of(user, organisation), key.Value, body);
        return answer.IsRefused ? answer.Refusal.ToResult() : TypedResults.Created($"/api/v1/incidents/{answer.Value.Id}", answer.Value);
    }

    private static async Task<IResult> OfferAsync(
        string id, OfferPairs body, CommandKey key, ClaimsPrincipal user, IncidentDesk desk, OrganisationCache organisation)
    {
        var answer = await desk.ExecuteAsync(SignedIn.Of(user, organisation), key.Value, id, body);
        if (answer.IsRefused)
        {
            return answer.Refusal.ToResult();
        }

        // Offers made by this command, and those the system made on its way down the recommendations because of it.
        var incident = answer.Value;
        var made = incident.Offers.Where(x => x.CommandId == key.Value || (body.Auto && x.CommandId is null)).ToList();
        return TypedResults.Ok(new OffersMade(made, incident));
    }

    private static async Task<IResult> GetAsync(string id, ClaimsPrincipal principal, IncidentDesk desk, OrganisationCache organisation)
    {
        var user = SignedIn.Of(principal, organisation);
        var (incident, refusal) = await desk.FindAsync(user, id);
        if (refusal is not null)
        {
            return refusal.ToResult();
        }

        if (user.SightOf(incident!) == FeedSight.Masked)
        {
            return TypedResults.Ok(incident!.ForStationFeed());
        }

        if (incident!.Address is not null)
        {
            await desk.Grain(id).RecordReadAsync(new CommandContext(null, user.Actor), "address", "incident");
        }

        return TypedResults.Ok(incident);
    }

    private static async Task<IResult> TimelineAsync(string id, ClaimsPrincipal user, IncidentDesk desk, OrganisationCache organisation)
    {
        var signedIn = SignedIn.Of(user, organisation);
        var (incident, refusal) = await desk.FindAsync(signedIn, id);
        if (refusal is not null)
        {
            return refusal.ToResult();
        }

        var timeline = await desk.Grain(id).GetTimelineAsync();
        return TypedResults.Ok(signedIn.SightOf(incident!) == FeedSight.Full ? timeline : timeline.Select(x => x.ForMasked()));
    }

    private static async Task<IResult> ReadCallerAsync(
        string id, ReasonBody body, ClaimsPrincipal principal, IncidentDesk desk, OrganisationCache organisation)
    {
        var user = SignedIn.Of(principal, organisation);
        var (incident, refusal) = await desk.FindAsync(user, id);
        refusal ??= user.SightOf(incident!) == FeedSight.Full ? null : Problems.Forbidden("The caller");
        if (refusal is not null)
        {
            return refusal.ToResult();
        }

        if (string.IsNullOrWhiteSpace(body.Reason) || body.Reason.Length > 500)
        {
            return Refusal.Invalid(RefusalCodes.ValueMissing, "reason", "Say why, in at most 500 characters.").ToResult();
        }

        var answer = await desk.Grain(id).ReadCallerAsync(new CommandContext(null, user.Actor), body.Reason);
        return answer.IsRefused ? answer.Refusal.ToResult() : TypedResults.Ok(answer.Value);
    }

    private static async Task<IResult> ListAsync(
        string? state,
        string? stationId,
        string? communityId,
        string? cursor,
        ClaimsPrincipal principal,
        OrganisationCache organisation,
        IncidentSearch search,
        IGrainFactory grains,
        CancellationToken cancellationToken,
        int limit = 100)
    {
        var user = SignedIn.Of(principal, organisation);
        if (state is not (null or "open" or "closed" or "all") || limit is < 1 or > 200)
        {
            return Refusal.Invalid(RefusalCodes.ValueOutOfRange, "state", "state is open, closed or all, and limit 1 to 200.").ToResult();
        }

        if (Stations(user, organisation.Current, stationId, communityId) is not { } stations)
        {
            return Problems.Forbidden("The station or community").ToResult();
        }

        if (state != "open")
        {
            return TypedResults.Ok(await search.FindAsync(
                new IncidentQuery(state == "closed" ? false : null, stations, communityId, cursor, limit), cancellationToken));
        }

        // What is open is asked of those who own the list, so that an incident is on it from the moment it was acknowledged.
        var lists = await Task.WhenAll(stations.Select(x => grains.GetGrain<IStationGrain>(x).ListIncidentsAsync()));
        var open = lists.SelectMany(x => x)
            .Where(x => communityId is null || x.CommunityId == communityId)
            .OrderByDescending(x => x.OpenedAt)
            .ToList();
        return TypedResults.Ok(new Page<IncidentView>(open, null));
    }

    /// <summary>Stations that are asked for and in scope; null where something out of scope is asked for.</summary>
    private static List<string>? Stations(SignedIn user, OrganisationSnapshot organisation, string? stationId, string? communityId)
    {
        if (stationId is not null)
        {
            return user.SeesStation(stationId) ? [stationId] : null;
        }

        if (communityId is not null)
        {
            return organisation.Community(communityId) is { } community && user.SeesCommunity(community) ? [community.StationId] : null;
        }

        return [.. organisation.Organisation.Stations.Select(x => x.Id).Where(user.SeesStation)];
    }

    private static IResult ToResult(Answer<IncidentView> answer) =>
        answer.IsRefused ? answer.Refusal.ToResult() : TypedResults.Ok(answer.Value);
}
