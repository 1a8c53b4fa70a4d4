using System.Security.Claims;
using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Live;
using Dispatch.Protection;

namespace Dispatch.Communities;

/// <summary>An interaction with the matters that came of it or have to do with it.</summary>
public sealed record InteractionWithMatters(FoundInteraction Found, IReadOnlyList<ListedMatter> Matters);

/// <summary>Why a person is looked up.</summary>
/// <param name="Reason">1 to 500 characters; in the journal.</param>
/// <param name="Under14">Whether one under 14 is meant; masked otherwise.</param>
public sealed record PersonReading(string Reason, bool Under14 = false);

/// <summary>The search over all interactions.</summary>
public static class InteractionEndpoints
{
    private const int MostAtOnce = 200;
    private const int MaxReason = 500;
    private const double WidestMetres = 50_000;

    /// <summary>Maps it.</summary>
    public static void MapInteractions(this IEndpointRouteBuilder api)
    {
        var interactions = api.MapGroup("/interactions").WithTags("Communities");
        interactions.MapGet("/", ListAsync);
        interactions.MapGet("/{id}", GetAsync);
        interactions.MapPost("/{id}/person", ReadPersonAsync);
    }

    private static async Task<IResult> ListAsync(
        [AsParameters] InteractionFilter filter, ClaimsPrincipal principal, OrganisationCache organisation, InteractionSearch search,
        CancellationToken cancellationToken)
    {
        var user = SignedIn.Of(principal, organisation);
        var scope = CommunityScope.Of(user, organisation.Current, filter.StationId, filter.CommunityId);
        if ((filter.FindFault() ?? scope.Refusal) is { } refusal)
        {
            return refusal.ToResult();
        }

        // Whoever may not read the words may not find by them.
        if (filter.Text is not null && !ReadsAll(user, organisation.Current, scope))
        {
            return Problems.Forbidden("Searching the text there").ToResult();
        }

        var page = await search.FindAsync(filter.ToQuery(scope.CommunityIds), cancellationToken);
        return TypedResults.Ok(page with { Items = [.. page.Items.Select(x => Shown(x, user, organisation.Current))] });
    }

    private static async Task<IResult> GetAsync(
        string id, ClaimsPrincipal principal, OrganisationCache organisation, InteractionSearch search, MatterSearch matters, CancellationToken cancellationToken)
    {
        var user = SignedIn.Of(principal, organisation);
        if (await search.FindAsync(id, cancellationToken) is not (var found, _))
        {
            return Refusal.NotFound(RefusalCodes.InteractionNotFound, "There is no such interaction.").ToResult();
        }

        if (organisation.Current.Community(found.CommunityId) is not { } community || !user.SeesCommunity(community))
        {
            return Problems.Forbidden("The interaction").ToResult();
        }

        var came = await matters.FindAsync(new MatterQuery(null, null, MostAtOnce) { Ref = $"interaction/{id}" }, cancellationToken);
        var sight = user.SightOf(community);
        return TypedResults.Ok(new InteractionWithMatters(
            Shown(found, user, organisation.Current),
            [.. came.Items.Where(x => x.CommunityId == found.CommunityId).Select(x => ListedMatter.Of(x, sight))]));
    }

    private static async Task<IResult> ReadPersonAsync(
        string id, PersonReading body, ClaimsPrincipal principal, OrganisationCache organisation, InteractionSearch search, IGrainFactory grains,
        CancellationToken cancellationToken)
    {
        var user = SignedIn.Of(principal, organisation);
        if (string.IsNullOrWhiteSpace(body.Reason) || body.Reason.Length > MaxReason)
        {
            return Refusal.Invalid(RefusalCodes.ValueMissing, "reason", $"Say why, in at most {MaxReason} characters.").ToResult();
        }

        if (await search.FindAsync(id, cancellationToken) is not (var found, var box) || box is null)
        {
            return Refusal.NotFound(RefusalCodes.InteractionNotFound, "There is no such interaction with a person.").ToResult();
        }

        if (organisation.Current.Community(found.CommunityId) is not { } community || user.SightOf(community) != FeedSight.Full || !user.SeesCommunity(community))
        {
            return Problems.Forbidden("The person").ToResult();
        }

        if (found.Interaction.Person?.Minor == MinorAge.Under14 && !body.Under14)
        {
            return Refusal.Rule(RefusalCodes.PersonMasked, "The person is under 14: say under14 where that one is meant.").ToResult();
        }

        var answer = await grains.GetGrain<ICommunityGrain>(found.CommunityId).ReadPersonAsync(new CommandContext(null, user.Actor), id, box, body.Reason);
        return answer.IsRefused ? answer.Refusal.ToResult() : TypedResults.Ok(answer.Value);
    }

    private static bool ReadsAll(SignedIn user, OrganisationSnapshot organisation, CommunityScope scope) =>
        (scope.CommunityIds ?? [.. organisation.Organisation.Communities.Select(x => x.Id)])
            .All(x => organisation.Community(x) is not { } community || user.SightOf(community) == FeedSight.Full);

    private static FoundInteraction Shown(FoundInteraction found, SignedIn user, OrganisationSnapshot organisation) =>
        organisation.Community(found.CommunityId) is { } community && user.SightOf(community) == FeedSight.Full
            ? found
            : found with { Interaction = found.Interaction.ForMasked() };

    /// <summary>What a search is asked for.</summary>
    /// <param name="StationId">A station.</param>
    /// <param name="CommunityId">A community.</param>
    /// <param name="Kind">Kinds, comma-separated.</param>
    /// <param name="PairId">The pair that had it.</param>
    /// <param name="IncidentId">The incident it came of.</param>
    /// <param name="From">From this moment on.</param>
    /// <param name="Before">Before this moment.</param>
    /// <param name="Text">Words that all must be in it.</param>
    /// <param name="Lat">Latitude of the middle of a circle.</param>
    /// <param name="Lon">Longitude of it.</param>
    /// <param name="Cursor">Where the last page ended.</param>
    /// <param name="WithinMetres">Radius of the circle, up to 50,000 m.</param>
    /// <param name="Limit">1 to 200.</param>
    public sealed record InteractionFilter(
        string? StationId, string? CommunityId, string? Kind, string? PairId, string? IncidentId, DateTimeOffset? From, DateTimeOffset? Before, string? Text,
        double? Lat, double? Lon, string? Cursor, double WithinMetres = 500, int Limit = 100)
    {
        private GeoPoint? Near => Lat is { } lat && Lon is { } lon ? new GeoPoint(lat, lon) : null;

        private string[]? Kinds => Kind?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        /// <summary>What cannot be; null where all is well.</summary>
        public Refusal? FindFault() =>
            Limit is < 1 or > MostAtOnce ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, "limit", $"limit is 1 to {MostAtOnce}.")
            : Lat is null != Lon is null || Near is { IsValid: false } ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, "lat", "lat and lon are one place on earth.")
            : WithinMetres is not (> 0 and <= WidestMetres)
                ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, "withinMetres", $"withinMetres is at most {WidestMetres}.")
            : Kinds?.FirstOrDefault(x => !Enum.TryParse<InteractionKind>(x, ignoreCase: true, out _)) is { } unknown
                ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, "kind", $"There is no kind of interaction '{unknown}'.")
            : null;

        /// <summary>The query in some communities.</summary>
        public InteractionQuery ToQuery(IReadOnlyCollection<string>? communityIds) => new(null, communityIds, Limit)
        {
            Kinds = Kinds,
            PairId = PairId,
            IncidentId = IncidentId,
            From = From,
            Before = Before,
            Text = Text,
            Near = Near,
            WithinMetres = WithinMetres,
            Cursor = Cursor,
        };
    }
}
