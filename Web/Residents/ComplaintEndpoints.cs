using System.Security.Claims;
using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Communities;
using Dispatch.Incidents;
using Dispatch.Live;

namespace Dispatch.Residents;

/// <summary>What an officer who recorded a complaint is told; it is out of the officer's sight from then on.</summary>
/// <param name="Number">Number for people, to give to the resident.</param>
/// <param name="MadeAt">When it was recorded.</param>
public sealed record ComplaintRecorded(string Number, DateTimeOffset MadeAt);

/// <summary>Complaints: recorded by whoever works in the community, seen and decided by oversight alone.</summary>
public static class ComplaintEndpoints
{
    private const int MostAtOnce = 200;

    /// <summary>Maps them.</summary>
    public static void MapComplaints(this IEndpointRouteBuilder api)
    {
        api.MapPost("/communities/{id}/complaints", RecordAsync).WithTags("Complaints");
        var complaints = api.MapGroup("/complaints").WithTags("Complaints").RequireAuthorization(x => x.RequireRole(Role.Oversight));
        complaints.MapGet("/", ListAsync);
        complaints.MapGet("/{id}", async (string id, ClaimsPrincipal user, OrganisationCache organisation, IGrainFactory grains) =>
            await FindAsync(SignedIn.Of(user, organisation), id, grains) is { } complaint ? TypedResults.Ok(complaint) : NotFound.ToResult());
        complaints.MapGet("/{id}/timeline", async (string id, ClaimsPrincipal user, OrganisationCache organisation, IGrainFactory grains) =>
            await FindAsync(SignedIn.Of(user, organisation), id, grains) is not null
                ? TypedResults.Ok(await grains.GetGrain<IComplaintGrain>(id).GetTimelineAsync())
                : NotFound.ToResult());
        complaints.MapPost("/{id}/acknowledge", (
            string id, CommandKey key, ClaimsPrincipal user, OrganisationCache organisation, GrainCommands commands, IGrainFactory grains) =>
            DoAsync(SignedIn.Of(user, organisation), key, id, new AcknowledgeComplaint(), commands, grains));
        complaints.MapComplaintStep<AskComplainant>("ask");
        complaints.MapComplaintStep<DecideComplaint>("decide");
        complaints.MapComplaintStep<CloseComplaint>("close");
        complaints.MapPost("/{id}/contact", ReadContactAsync);
    }

    private static Refusal NotFound => Refusal.NotFound(RefusalCodes.MatterNotFound, "There is no such complaint.");

    private static void MapComplaintStep<TStep>(this IEndpointRouteBuilder complaints, string name)
        where TStep : ComplaintCommand =>
        complaints.MapPost($"/{{id}}/{name}", (
            string id, TStep body, CommandKey key, ClaimsPrincipal user, OrganisationCache organisation, GrainCommands commands, IGrainFactory grains) =>
            DoAsync(SignedIn.Of(user, organisation), key, id, body, commands, grains));

    private static async Task<IResult> DoAsync(
        SignedIn user, CommandKey key, string id, ComplaintCommand command, GrainCommands commands, IGrainFactory grains)
    {
        if (await FindAsync(user, id, grains) is null)
        {
            return NotFound.ToResult();
        }

        var answer = await commands.UntilKnownAsync(() =>
            grains.GetGrain<IComplaintGrain>(id).ExecuteAsync(new CommandContext(key.Value, user.Actor), command));
        return answer.IsRefused ? answer.Refusal.ToResult() : TypedResults.Ok(answer.Value);
    }

    private static async Task<ComplaintView?> FindAsync(SignedIn user, string id, IGrainFactory grains) =>
        DerivedIds.IsId(id) && await grains.GetGrain<IComplaintGrain>(id).GetAsync() is { } complaint && user.OverseesStation(complaint.StationId) ? complaint : null;

    private static async Task<IResult> RecordAsync(
        string id, NewComplaint body, CommandKey key, ClaimsPrincipal principal, OrganisationCache organisation, GrainCommands commands, IGrainFactory grains)
    {
        var user = SignedIn.Of(principal, organisation);
        if (organisation.Current.Community(id) is not { } community)
        {
            return Refusal.NotFound(RefusalCodes.CommunityNotFound, $"There is no community '{id}'.").ToResult();
        }

        if (user.SightOf(community) != FeedSight.Full)
        {
            return Problems.Forbidden("The community").ToResult();
        }

        var make = new MakeComplaint(id, body.About, body.Text) { Contact = body.Contact, TextConfirmed = body.TextConfirmed };
        var complaintId = MatterIds.ForOpening(MatterKind.Complaint, user.Id, key.Value);
        var answer = await commands.UntilKnownAsync(() =>
            grains.GetGrain<IComplaintGrain>(complaintId).ExecuteAsync(new CommandContext(key.Value, user.Actor), make));
        return answer.IsRefused ? answer.Refusal.ToResult() : TypedResults.Ok(new ComplaintRecorded(answer.Value.Number, answer.Value.MadeAt));
    }

    private static async Task<IResult> ReadContactAsync(
        string id, ReasonBody body, ClaimsPrincipal principal, OrganisationCache organisation, IGrainFactory grains)
    {
        var user = SignedIn.Of(principal, organisation);
        if (await FindAsync(user, id, grains) is null)
        {
            return NotFound.ToResult();
        }

        var answer = await grains.GetGrain<IComplaintGrain>(id).ReadContactAsync(new CommandContext(null, user.Actor), body.Reason);
        return answer.IsRefused ? answer.Refusal.ToResult() : TypedResults.Ok(answer.Value);
    }

    private static async Task<IResult> ListAsync(
        bool? open, bool? overdue, string? stationId, string? cursor, ClaimsPrincipal principal, OrganisationCache organisation, MatterSearch search, TimeProvider time,
        CancellationToken cancellationToken, int limit = 100)
    {
        if (limit is < 1 or > MostAtOnce)
        {
            return Refusal.Invalid(RefusalCodes.ValueOutOfRange, "limit", $"limit is 1 to {MostAtOnce}.").ToResult();
        }

        var user = SignedIn.Of(principal, organisation);
        var stations = organisation.Current.Organisation.Stations.Select(x => x.Id).Where(x => user.OverseesStation(x) && (stationId ?? x) == x).ToList();
        var page = await search.FindAsync(
            new MatterQuery(stations, null, limit)
            {
                Kinds = [MatterIds.NameOf(MatterKind.Complaint)],
                Restricted = true,
                IsOpen = open,
                OverdueAt = overdue == true ? time.GetUtcNow() : null,
                Cursor = cursor,
            },
            cancellationToken);
        return TypedResults.Ok(new Page<ComplaintView>([.. page.Items.Select(x => x.View.As<ComplaintView>()!)], page.NextCursor));
    }
}
