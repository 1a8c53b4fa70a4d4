using System.Security.Claims;
using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Commands;

namespace Dispatch.Pairs;

/// <summary>What is said to an item that is taken over.</summary>
public sealed record TickHandoverItemBody(string? Note = null);

/// <summary>The leaving officers' notes.</summary>
public sealed record HandoverNotesBody(string Text, bool TextConfirmed = false);

/// <summary>Handover sheets over HTTP.</summary>
public static class HandoverEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapHandovers(this IEndpointRouteBuilder api)
    {
        api.MapGet("/pairs/{id}/handover-sheets", OfPairAsync).WithTags("Handover");
        var sheets = api.MapGroup("/handover-sheets").WithTags("Handover");
        sheets.MapGet("/", OpenAsync);
        sheets.MapGet("/{id}", async (string id, ClaimsPrincipal user, HandoverDesk desk, OrganisationCache organisation) =>
            ToResult(await desk.FindAsync(SignedIn.Of(user, organisation), id)));
        sheets.MapPost("/{id}/items", (string id, AddHandoverItem body, CommandKey key, ClaimsPrincipal user, HandoverDesk desk, OrganisationCache organisation) =>
            ExecuteAsync(desk, SignedIn.Of(user, organisation), key, id, _ => body));
        sheets.MapPost("/{id}/items/{itemId}/tick",
            (string id, string itemId, CommandKey key, ClaimsPrincipal user, HandoverDesk desk, OrganisationCache organisation, TickHandoverItemBody? body = null) =>
                ExecuteAsync(desk, SignedIn.Of(user, organisation), key, id, officer => new TickHandoverItem(itemId, officer, body?.Note)));
        sheets.MapPost("/{id}/notes",
            (string id, HandoverNotesBody body, CommandKey key, ClaimsPrincipal user, HandoverDesk desk, OrganisationCache organisation) =>
                ExecuteAsync(desk, SignedIn.Of(user, organisation), key, id, officer => new WriteHandoverNotes(officer, body.Text, body.TextConfirmed)));
        sheets.MapPost("/{id}/sign", (string id, CommandKey key, ClaimsPrincipal user, HandoverDesk desk, OrganisationCache organisation) =>
            ExecuteAsync(desk, SignedIn.Of(user, organisation), key, id, officer => new SignHandover(officer)));
        sheets.MapPost("/{id}/close",
            (string id, CommandKey key, ClaimsPrincipal user, HandoverDesk desk, OrganisationCache organisation, CloseHandover? body = null) =>
                ExecuteAsync(desk, SignedIn.Of(user, organisation), key, id, _ => body ?? new CloseHandover()));
    }

    private static async Task<IResult> ExecuteAsync(
        HandoverDesk desk, SignedIn user, CommandKey key, string id, Func<string?, HandoverCommand> command) =>
        ToResult(await desk.ExecuteAsync(user, key.Value, id, command(user.OfficerId)));

    private static IResult ToResult(Answer<HandoverView> answer) => answer.IsRefused ? answer.Refusal.ToResult() : TypedResults.Ok(answer.Value);

    /// <summary>A pair's sheets, also of one that was dissolved: newest first, without free text.</summary>
    private static async Task<IResult> OfPairAsync(
        string id, ClaimsPrincipal principal, OrganisationCache organisation, HandoverTable table, CancellationToken cancellationToken)
    {
        var pair = await organisation.FindPairAsync(id);
        var sheets = await table.OfPairAsync(id, cancellationToken);
        if (pair is null && sheets.Count == 0)
        {
            return Refusal.NotFound(RefusalCodes.PairNotFound, $"There is no pair '{id}'.").ToResult();
        }

        var user = SignedIn.Of(principal, organisation);
        var seen = sheets.Where(x => HandoverDesk.Sees(user, x)).ToList();
        return seen.Count == 0 && (pair is null || !user.LooksAfter(pair)) ? Problems.Forbidden("The pair").ToResult() : TypedResults.Ok(seen);
    }

    /// <summary>Open sheets that the account sees: for an officer those on which he stands.</summary>
    private static async Task<IResult> OpenAsync(
        ClaimsPrincipal principal, OrganisationCache organisation, HandoverTable table, CancellationToken cancellationToken)
    {
        var user = SignedIn.Of(principal, organisation);
        return TypedResults.Ok((await table.OpenAsync(cancellationToken)).Where(x => HandoverDesk.Sees(user, x)).ToList());
    }
}
