using System.Security.Claims;
using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Communities;

namespace Dispatch.Partners;

/// <summary>Work for a partner. See <see cref="GiveReferral"/>.</summary>
public sealed record GiveReferralBody(
    string PartnerId, string TaskKind, string Ask, string? Ref = null, DateTimeOffset? ReturnBy = null, bool TextConfirmed = false);

/// <summary>Work given to partners, over HTTP.</summary>
public static class ReferralEndpoints
{
    /// <summary>Maps it.</summary>
    public static void MapReferrals(this IEndpointRouteBuilder api)
    {
        api.MapPost("/communities/{id}/referrals", GiveAsync).WithTags("Partners");
        api.MapListOf("referrals", MatterKind.Referral);
        var referrals = api.MapGroup("/referrals").WithTags("Partners");
        referrals.MapMatter<IReferralGrain, ReferralCommand, ReferralView>(x => x.ForMasked());
        referrals.MapStep<IReferralGrain, ReferralCommand, ReferralView, SendReferralBack>("send-back");
        referrals.MapStep<IReferralGrain, ReferralCommand, ReferralView, CloseReferral>("close");
        referrals.MapStep<IReferralGrain, ReferralCommand, ReferralView, RecallReferral>("recall");
        MapWord<AcceptReferral>(referrals, "accept");
        MapWord<RefuseReferral>(referrals, "refuse");
        MapWord<TellReferralProgress>(referrals, "progress");
        MapWord<ReturnReferral>(referrals, "return");
    }

    private static async Task<IResult> GiveAsync(
        string id, GiveReferralBody body, CommandKey key, ClaimsPrincipal user, MatterDesk desk, OrganisationCache organisation)
    {
        var command = new GiveReferral(id, body.PartnerId, body.TaskKind, body.Ask) { Ref = body.Ref, ReturnBy = body.ReturnBy, TextConfirmed = body.TextConfirmed };
        var (referralId, answer) = await desk.OpenAsync<IReferralGrain, ReferralCommand, ReferralView>(
            SignedIn.Of(user, organisation), key.Value, MatterKind.Referral, id, command);
        return answer.IsRefused ? answer.Refusal.ToResult() : TypedResults.Created($"/api/v1/referrals/{referralId}", answer.Value);
    }

    private static void MapWord<TWord>(RouteGroupBuilder referrals, string name)
        where TWord : PartnerWord =>
        referrals.MapPost($"/{{id}}/{name}", async (string id, TWord body, CommandKey key, ClaimsPrincipal principal, PartnerWorkDesk desk, OrganisationCache organisation) =>
        {
            var user = SignedIn.Of(principal, organisation);
            var answer = await desk.HearAsync<IReferralGrain, ReferralCommand, ReferralView>(
                user, key.Value, id, (x, partnerId) => x.PartnerId == partnerId, body with { OnBehalf = user.PartnerId is null });
            return answer.IsRefused ? answer.Refusal.ToResult()
                : user.PartnerId is null ? TypedResults.Ok(answer.Value)
                : TypedResults.Ok(PartnerReferral.Of(answer.Value));
        }).OpenToPartners();
}
