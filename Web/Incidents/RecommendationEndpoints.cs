using System.Collections.Immutable;
using System.Globalization;
using System.Security.Claims;
using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Stations;
using Microsoft.AspNetCore.Mvc;

namespace Dispatch.Incidents;

/// <summary>How a recommendation is asked for.</summary>
/// <param name="Limit">How many pairs, 1 to 100.</param>
/// <param name="AllowPreemption">Whether pairs may be listed that are committed to something of lower priority and not there yet.</param>
/// <param name="AcrossStations">Whether neighbouring stations are asked too.</param>
/// <param name="Shortfalls">How many of the pairs left out are named, nearest first: a number up to 1000, or <c>all</c>.</param>
/// <param name="Pair">One pair: the answer is then why it is recommended, or why not.</param>
public sealed record RecommendationParameters(
    [FromQuery] int Limit = 5,
    [FromQuery] bool AllowPreemption = false,
    [FromQuery] bool AcrossStations = true,
    [FromQuery] string Shortfalls = "50",
    [FromQuery] string? Pair = null);

/// <summary>Who should go, over HTTP.</summary>
public static class RecommendationEndpoints
{
    private const int MostShortfalls = 1000;

    /// <summary>Maps them.</summary>
    public static void MapRecommendations(this IEndpointRouteBuilder api)
    {
        var incidents = api.MapGroup("/incidents").WithTags("Incidents");
        incidents.MapGet("/{id}/recommendations", RecommendAsync);
        incidents.MapGet("/{id}/recommendations/{pairId}", ExplainAsync);
    }

    private static async Task<IResult> RecommendAsync(
        string id,
        [AsParameters] RecommendationParameters parameters,
        ClaimsPrincipal user,
        IncidentDesk desk,
        OrganisationCache organisation,
        IGrainFactory grains)
    {
        if (parameters.Pair is { } pairId)
        {
            return await ExplainAsync(id, pairId, parameters, user, desk, organisation, grains);
        }

        var (incident, request, refusal) = await PrepareAsync(id, parameters, user, desk, organisation);
        return refusal is not null
            ? refusal.ToResult()
            : TypedResults.Ok(await grains.GetGrain<IStationGrain>(incident!.StationId).RecommendAsync(request!));
    }

    private static async Task<IResult> ExplainAsync(
        string id,
        string pairId,
        [AsParameters] RecommendationParameters parameters,
        ClaimsPrincipal user,
        IncidentDesk desk,
        OrganisationCache organisation,
        IGrainFactory grains)
    {
        var (incident, request, refusal) = await PrepareAsync(id, parameters, user, desk, organisation);
        if (refusal is not null)
        {
            return refusal.ToResult();
        }

        return await grains.GetGrain<IStationGrain>(incident!.StationId).ExplainAsync(request!, pairId) is { } explanation
            ? TypedResults.Ok(explanation)
            : Refusal.NotFound(RefusalCodes.PairNotFound, $"There is no pair '{pairId}'.").ToResult();
    }

    private static async Task<(IncidentView? Incident, RecommendationRequest? Request, Refusal? Refusal)> PrepareAsync(
        string id, RecommendationParameters parameters, ClaimsPrincipal user, IncidentDesk desk, OrganisationCache organisation)
    {
        var (incident, refusal) = await desk.FindAsync(SignedIn.Of(user, organisation), id);
        if (refusal is not null)
        {
            return (null, null, refusal);
        }

        if (parameters.Limit is < 1 or > 100)
        {
            return (null, null, Refusal.Invalid(RefusalCodes.ValueOutOfRange, "limit", "limit is 1 to 100."));
        }

        if (ReadShortfalls(parameters.Shortfalls) is not { } shortfalls)
        {
            return (null, null, Refusal.Invalid(RefusalCodes.ValueOutOfRange, "shortfalls", "shortfalls is 0 to 1000, or all."));
        }

        // A dispatcher sees single officers too: to send one is up to a supervisor, with a reason.
        return (incident, new RecommendationRequest(
            id, incident!.Location, incident.CommunityId, incident.Priority, incident.Skills,
            [.. incident.Assignments.Where(x => x.Status.Commits()).Select(x => x.PairId)],
            parameters.Limit,
            parameters.AllowPreemption,
            parameters.AcrossStations,
            incident.Category,
            IncludeSingleOfficer: true,
            shortfalls), null);
    }

    private static int? ReadShortfalls(string text) =>
        text == "all" ? RecommendationRequest.EveryPair
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= MostShortfalls ? number
        : null;
}
