using System.Security.Claims;
using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Live;

namespace Dispatch.Communities;

/// <summary>A matter in a list: what is common to all kinds, and the view as far as the reader may see it.</summary>
public sealed record ListedMatter(
    MatterKind Kind, string Id, string Number, string CommunityId, string StationId, string Status, bool IsOpen, string? Category, string? PairId,
    string? PartnerId, DateTimeOffset OpenedAt, DateTimeOffset? DueAt, DateTimeOffset? ClosedAt, IReadOnlyList<string> Refs, JsonText View)
{
    /// <summary>A row as somebody may see it.</summary>
    public static ListedMatter Of(MatterRow row, FeedSight sight)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new ListedMatter(
            row.Kind, row.Id, row.Number, row.CommunityId, row.StationId, row.Status, row.IsOpen, row.Category, row.PairId, row.PartnerId, row.OpenedAt,
            row.DueAt, row.ClosedAt, row.Refs, sight == FeedSight.Full ? row.View : row.Masked);
    }
}

/// <summary>Matters of every kind over HTTP.</summary>
public static class MatterEndpoints
{
    private const int MostAtOnce = 200;

    /// <summary>Maps the search over all kinds.</summary>
    public static void MapMatters(this IEndpointRouteBuilder api) =>
        api.MapGet("/matters", ListAsync).WithTags("Communities");

    /// <summary>Maps what every kind has: <c>GET /{id}</c> and <c>GET /{id}/timeline</c>.</summary>
    public static void MapMatter<TGrain, TCommand, TView>(this RouteGroupBuilder group, Func<TView, TView> masked)
        where TGrain : IMatterGrain<TCommand, TView>
        where TView : class, IMatterView
    {
        group.MapGet("/{id}", async (string id, ClaimsPrincipal user, MatterDesk desk, OrganisationCache organisation) =>
        {
            var signedIn = SignedIn.Of(user, organisation);
            var (matter, refusal) = await desk.FindAsync<TGrain, TCommand, TView>(signedIn, id);
            return refusal is not null ? refusal.ToResult()
                : TypedResults.Ok(desk.SightOf(signedIn, matter!.CommunityId) == FeedSight.Full ? matter : masked(matter));
        });
        group.MapGet("/{id}/timeline", async (string id, ClaimsPrincipal user, MatterDesk desk, OrganisationCache organisation, IGrainFactory grains) =>
        {
            var signedIn = SignedIn.Of(user, organisation);
            var (matter, refusal) = await desk.FindAsync<TGrain, TCommand, TView>(signedIn, id);
            if (refusal is null && desk.SightOf(signedIn, matter!.CommunityId) != FeedSight.Full)
            {
                refusal = Problems.Forbidden("The timeline");
            }

            return refusal is not null ? refusal.ToResult() : TypedResults.Ok(await grains.GetGrain<TGrain>(id).GetTimelineAsync());
        });
    }

    /// <summary>Maps a step of a matter: <c>POST /{id}/{name}</c> with the command as its body.</summary>
    /// <param name="group">The kind's group.</param>
    /// <param name="name">The step.</param>
    /// <param name="whyNot">More that it asks of the sender.</param>
    public static void MapStep<TGrain, TCommand, TView, TStep>(
        this RouteGroupBuilder group, string name, Func<SignedIn, TView, Refusal?>? whyNot = null)
        where TGrain : IMatterGrain<TCommand, TView>
        where TView : class, IMatterView
        where TStep : TCommand =>
        group.MapPost($"/{{id}}/{name}", async (string id, TStep body, CommandKey key, ClaimsPrincipal user, MatterDesk desk, OrganisationCache organisation) =>
        {
            var signedIn = SignedIn.Of(user, organisation);
            var answer = await desk.ExecuteAsync<TGrain, TCommand, TView>(
                signedIn, key.Value, id, body, whyNot is null ? null : view => whyNot(signedIn, view));
            return answer.IsRefused ? answer.Refusal.ToResult() : TypedResults.Ok(answer.Value);
        });

    private static async Task<IResult> ListAsync(
        [AsParameters] MatterFilter filter, ClaimsPrincipal principal, OrganisationCache organisation, MatterSearch search, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (filter.Limit is < 1 or > MostAtOnce)
        {
            return Refusal.Invalid(RefusalCodes.ValueOutOfRange, "limit", $"limit is 1 to {MostAtOnce}.").ToResult();
        }

        var user = SignedIn.Of(principal, organisation);
        var scope = CommunityScope.Of(user, organisation.Current, filter.StationId, filter.CommunityId);
        if (scope.Refusal is not null)
        {
            return scope.Refusal.ToResult();
        }

        var page = await search.FindAsync(filter.ToQuery(scope.CommunityIds, time.GetUtcNow()), cancellationToken);
        return TypedResults.Ok(new Page<ListedMatter>([.. page.Items.Select(x => ListedMatter.Of(x, SightOf(user, organisation.Current, x)))], page.NextCursor));
    }

    private static FeedSight SightOf(SignedIn user, OrganisationSnapshot organisation, MatterRow row) =>
        organisation.Community(row.CommunityId) is { } community ? user.SightOf(community) : FeedSight.Masked;
}

/// <summary>What a list of matters is asked for.</summary>
/// <param name="Kind">Kinds, comma-separated.</param>
/// <param name="Status">Statuses, comma-separated.</param>
/// <param name="Open">Open or ended ones.</param>
/// <param name="Overdue">Only open ones whose clock is over.</param>
/// <param name="StationId">A station.</param>
/// <param name="CommunityId">A community.</param>
/// <param name="Category">A category.</param>
/// <param name="PairId">The pair it is with.</param>
/// <param name="PartnerId">The partner it is with.</param>
/// <param name="Ref">What it has to do with, as <c>kind/id</c>.</param>
/// <param name="Facet">A facet, as <c>name=value</c>.</param>
/// <param name="From">Came up from this moment on.</param>
/// <param name="Before">Came up before this moment.</param>
/// <param name="Text">Words that all must be in it.</param>
/// <param name="Cursor">Where the last page ended.</param>
/// <param name="Limit">1 to 200.</param>
public sealed record MatterFilter(
    string? Kind, string? Status, bool? Open, bool? Overdue, string? StationId, string? CommunityId, string? Category, string? PairId, string? PartnerId,
    string? Ref, string? Facet, DateTimeOffset? From, DateTimeOffset? Before, string? Text, string? Cursor, int Limit = 100)
{
    /// <summary>The query in some communities.</summary>
    public MatterQuery ToQuery(IReadOnlyCollection<string>? communityIds, DateTimeOffset now) => new(null, communityIds, Limit)
    {
        Kinds = Split(Kind),
        Statuses = Split(Status),
        IsOpen = Open,
        OverdueAt = Overdue == true ? now : null,
        Category = Category,
        PairId = PairId,
        PartnerId = PartnerId,
        Ref = Ref,
        Facet = Facet,
        From = From,
        Before = Before,
        Text = Text,
        Cursor = Cursor,
    };

    private static string[]? Split(string? values) =>
        values?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
