using System.Collections.Immutable;
using System.Security.Claims;
using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Communities;

namespace Dispatch.Partners;

/// <summary>A call to a place. See <see cref="BlowWhistle"/>.</summary>
public sealed record BlowWhistleBody(
    string Place, string Purpose, ImmutableArray<string> PartnerIds, GeoPoint? Location = null, DateTimeOffset? ArriveBy = null, bool TextConfirmed = false);

/// <summary>吹哨报到 over HTTP.</summary>
public static class WhistleEndpoints
{
    /// <summary>Maps it.</summary>
    public static void MapWhistles(this IEndpointRouteBuilder api)
    {
        api.MapPost("/communities/{id}/whistles", BlowAsync).WithTags("Partners");
        api.MapListOf("whistles", MatterKind.Whistle);
        var whistles = api.MapGroup("/whistles").WithTags("Partners");
        whistles.MapMatter<IWhistleGrain, WhistleCommand, WhistleView>(x => x.ForMasked());
        whistles.MapStep<IWhistleGrain, WhistleCommand, WhistleView, CloseWhistle>("close", WhyNotClosed);
        MapWord<AcknowledgeWhistle>(whistles, "acknowledge");
        MapWord<ArriveAtWhistle>(whistles, "arrive");
        MapWord<LeaveWhistle>(whistles, "leave");
        MapWord<ExcuseFromWhistle>(whistles, "excuse");
    }

    private static async Task<IResult> BlowAsync(
        string id, BlowWhistleBody body, CommandKey key, ClaimsPrincipal principal, MatterDesk desk, OrganisationCache organisation)
    {
        var user = SignedIn.Of(principal, organisation);
        if (user.PairId is null && !user.Supervises)
        {
            return Problems.Forbidden("Blowing a whistle, which is for pairs and supervisors,").ToResult();
        }

        var command = new BlowWhistle(id, body.Place, body.Purpose, body.PartnerIds)
        {
            Location = body.Location, ArriveBy = body.ArriveBy, TextConfirmed = body.TextConfirmed,
        };
        var (whistleId, answer) = await desk.OpenAsync<IWhistleGrain, WhistleCommand, WhistleView>(user, key.Value, MatterKind.Whistle, id, command);
        return answer.IsRefused ? answer.Refusal.ToResult() : TypedResults.Created($"/api/v1/whistles/{whistleId}", answer.Value);
    }

    private static Refusal? WhyNotClosed(SignedIn user, WhistleView whistle) =>
        user.Supervises || whistle.BlownById == user.Id || (whistle.PairId is { } pair && pair == user.PairId) ? null : Problems.Forbidden("Closing the whistle");

    private static void MapWord<TWord>(RouteGroupBuilder whistles, string name)
        where TWord : DepartmentWord =>
        whistles.MapPost($"/{{id}}/{name}", async (string id, TWord body, CommandKey key, ClaimsPrincipal principal, PartnerWorkDesk desk, OrganisationCache organisation) =>
        {
            var user = SignedIn.Of(principal, organisation);
            var word = body with { PartnerId = user.PartnerId ?? body.PartnerId, OnBehalf = user.PartnerId is null };
            var answer = await desk.HearAsync<IWhistleGrain, WhistleCommand, WhistleView>(
                user, key.Value, id, (x, partnerId) => x.Find(partnerId) is not null, word);
            return answer.IsRefused ? answer.Refusal.ToResult()
                : user.PartnerId is not { } own ? TypedResults.Ok(answer.Value)
                : TypedResults.Ok(PartnerWhistle.Of(answer.Value, own));
        }).OpenToPartners();
}
