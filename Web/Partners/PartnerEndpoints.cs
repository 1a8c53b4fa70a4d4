using System.Security.Claims;
using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Communities;
using Dispatch.Incidents;

namespace Dispatch.Partners;

/// <summary>A partner to take up.</summary>
/// <param name="Kind">Code of its kind.</param>
/// <param name="Details">What is known of it.</param>
/// <param name="StationId">The station that keeps it; the bureau where absent.</param>
/// <param name="TextConfirmed">That a text that looks like somebody's own number is meant as it is.</param>
public sealed record NewPartner(string Kind, PartnerDetails Details, string? StationId = null, bool TextConfirmed = false);

/// <summary>All that is known of a partner now.</summary>
public sealed record PartnerChange(PartnerDetails Details, bool TextConfirmed = false);

/// <summary>A partner in a list.</summary>
/// <param name="Partner">The partner.</param>
/// <param name="OpenNow">Whether somebody is there now; null where no hours are known.</param>
public sealed record ListedPartner(PartnerView Partner, bool? OpenNow)
{
    /// <summary>A partner as it is at a moment.</summary>
    public static ListedPartner Of(PartnerView partner, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(partner);
        return new ListedPartner(partner, partner.Details.Hours?.IsOpenAt(now));
    }
}

/// <summary>Partners over HTTP.</summary>
public static class PartnerEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapPartners(this IEndpointRouteBuilder api)
    {
        var partners = api.MapGroup("/partners").WithTags("Partners");
        partners.MapGet("/", ListAsync);
        partners.MapPost("/", RegisterAsync);
        partners.MapGet("/{id}", GetAsync);
        partners.MapPut("/{id}", (string id, PartnerChange body, CommandKey key, ClaimsPrincipal user, PartnerDesk desk, OrganisationCache organisation) =>
            ChangeAsync(desk, SignedIn.Of(user, organisation), key, id, new ChangePartner(id, body.Details) { TextConfirmed = body.TextConfirmed }));
        partners.MapPost("/{id}/deactivate", (string id, ReasonBody body, CommandKey key, ClaimsPrincipal user, PartnerDesk desk, OrganisationCache organisation) =>
            ChangeAsync(desk, SignedIn.Of(user, organisation), key, id, new DeactivatePartner(id, body.Reason)));
        partners.MapPost("/{id}/reactivate", (string id, CommandKey key, ClaimsPrincipal user, PartnerDesk desk, OrganisationCache organisation) =>
            ChangeAsync(desk, SignedIn.Of(user, organisation), key, id, new ReactivatePartner(id)));
        api.MapVolunteers();
        api.MapContactBook();
        api.MapReferrals();
        api.MapWhistles();
        api.MapPartnerWork();
    }

    private static async Task<IResult> ListAsync(
        [AsParameters] PartnerFilter filter, ClaimsPrincipal principal, OrganisationCache organisation, PartnerDesk desk, TimeProvider time)
    {
        var user = SignedIn.Of(principal, organisation);
        var known = organisation.Current;
        var scope = CommunityScope.Of(user, known, filter.StationId, filter.CommunityId);
        if ((filter.FindFault() ?? scope.Refusal) is { } refusal)
        {
            return refusal.ToResult();
        }

        var communities = scope.CommunityIds is { } ids ? ids.Select(x => known.Community(x)!) : known.Organisation.Communities;
        var found = (await desk.ListAsync(user, communities.Select(x => x.StationId).Distinct(StringComparer.Ordinal)))
            .Where(x => filter.Matches(x) && (filter.CommunityId is null || x.Serves(known.Community(filter.CommunityId)!)))
            .Take(filter.Limit + 1)
            .ToArray();
        var now = time.GetUtcNow();
        return TypedResults.Ok(new Page<ListedPartner>(
            [.. found.Take(filter.Limit).Select(x => ListedPartner.Of(x, now))], found.Length > filter.Limit ? found[filter.Limit - 1].Id : null));
    }

    private static async Task<IResult> GetAsync(string id, ClaimsPrincipal user, OrganisationCache organisation, PartnerDesk desk, TimeProvider time)
    {
        var (partner, refusal) = await desk.FindAsync(SignedIn.Of(user, organisation), id);
        return refusal is not null ? refusal.ToResult() : TypedResults.Ok(ListedPartner.Of(partner!, time.GetUtcNow()));
    }

    private static async Task<IResult> RegisterAsync(NewPartner body, CommandKey key, ClaimsPrincipal user, PartnerDesk desk, OrganisationCache organisation)
    {
        var command = new RegisterPartner(body.Kind, body.Details) { TextConfirmed = body.TextConfirmed };
        var answer = await desk.ExecuteAsync(SignedIn.Of(user, organisation), key.Value, body.StationId, command);
        return answer.IsRefused ? answer.Refusal.ToResult() : TypedResults.Created($"/api/v1/partners/{answer.Value.Id}", answer.Value);
    }

    private static async Task<IResult> ChangeAsync(PartnerDesk desk, SignedIn user, CommandKey key, string id, PartnerCommand command)
    {
        var answer = await desk.ChangeAsync(user, key.Value, id, command);
        return answer.IsRefused ? answer.Refusal.ToResult() : TypedResults.Ok(answer.Value);
    }

    /// <summary>What a list of partners is asked for.</summary>
    /// <param name="Kind">Code of a kind.</param>
    /// <param name="CommunityId">Those that are there for this community.</param>
    /// <param name="StationId">Those that this station keeps, and the bureau's.</param>
    /// <param name="ServicePoint">Only service points, or all but them.</param>
    /// <param name="Active">Only those that can be given work, or that cannot.</param>
    /// <param name="Cursor">Where the last page ended.</param>
    /// <param name="Limit">1 to 500.</param>
    public sealed record PartnerFilter(
        string? Kind, string? CommunityId, string? StationId, bool? ServicePoint, bool? Active, string? Cursor, int Limit = 200)
    {
        private const int MostAtOnce = 500;

        /// <summary>What cannot be; null where all is well.</summary>
        public Refusal? FindFault() =>
            Limit is < 1 or > MostAtOnce ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, "limit", $"limit is 1 to {MostAtOnce}.")
            : Cursor is not null && !PartnerIds.IsId(Cursor) ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, "cursor", "The cursor is not one that was given here.")
            : null;

        /// <summary>Whether a partner is asked for, wherever it is.</summary>
        public bool Matches(PartnerView partner)
        {
            ArgumentNullException.ThrowIfNull(partner);
            return (Kind is null || partner.Kind == Kind)
                && (ServicePoint is null || partner.Details.Place is not null == ServicePoint)
                && (Active is null || partner.Active == Active)
                && (Cursor is null || string.CompareOrdinal(partner.Id, Cursor) > 0);
        }
    }
}
