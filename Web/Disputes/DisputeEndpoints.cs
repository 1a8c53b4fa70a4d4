using System.Security.Claims;
using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Communities;
using Dispatch.Live;
using Dispatch.Packs;

namespace Dispatch.Disputes;

/// <summary>Disputes over HTTP.</summary>
public static class DisputeEndpoints
{
    private const int MostAtOnce = 200;

    /// <summary>Maps them.</summary>
    public static void MapDisputes(this IEndpointRouteBuilder api)
    {
        var communities = api.MapGroup("/communities/{communityId}/disputes").WithTags("Disputes");
        communities.MapPost("/", OpenAsync);
        communities.MapGet("/", ListAsync);
        communities.MapGet("/repeat-candidates", RepeatCandidates.ListAsync);

        var disputes = api.MapGroup("/disputes").WithTags("Disputes");
        disputes.MapGet("/queues", DisputeQueues.ListAsync);
        disputes.MapMatter<IDisputeGrain, DisputeCommand, DisputeView>(x => x.ForMasked());
        disputes.MapGet("/{id}/closed-locally", ClosedLocallyAsync);
        disputes.MapPost("/{id}/persons", ReadPersonsAsync);
        disputes.MapPost("/{id}/incident", DisputeConversions.ToIncidentAsync);
        api.MapPost("/incidents/{id}/dispute", DisputeConversions.FromIncidentAsync).WithTags("Disputes");
        MapSteps(disputes);
    }

    private static void MapSteps(RouteGroupBuilder disputes)
    {
        Map<AddParty>(disputes, "parties");
        Map<SetPerson>(disputes, "parties/person");
        Map<ChangeGrade>(disputes, "grade");
        Map<RecordFirstAttempt>(disputes, "first-attempt");
        Map<EscalateDispute>(disputes, "escalate");
        Map<MoveTier>(disputes, "tier");
        Map<ReferDispute>(disputes, "referrals");
        Map<AcceptReferral>(disputes, "referrals/accept");
        Map<RefuseReferral>(disputes, "referrals/refuse");
        Map<ReturnReferral>(disputes, "referrals/return");
        Map<WithdrawReferral>(disputes, "referrals/withdraw");
        Map<GiveConsent>(disputes, "consent");
        Map<WithdrawConsent>(disputes, "consent/withdraw");
        Map<ScheduleSession>(disputes, "sessions");
        Map<CancelSession>(disputes, "sessions/cancel");
        Map<HoldSession>(disputes, "sessions/hold");
        Map<RecordAgreement>(disputes, "agreement");
        Map<RecordPerformance>(disputes, "performance");
        Map<ApplyForConfirmation>(disputes, "confirmation/apply");
        Map<DecideConfirmation>(disputes, "confirmation/decide");
        Map<RecordFollowUp>(disputes, "follow-ups");
        Map<RecordWarningLetter>(disputes, "warning-letters");
        Map<CloseDispute>(disputes, "close");
        Map<ReopenDispute>(disputes, "reopen");
    }

    private static void Map<TStep>(RouteGroupBuilder disputes, string name)
        where TStep : DisputeCommand =>
        disputes.MapStep<IDisputeGrain, DisputeCommand, DisputeView, TStep>(name);

    private static async Task<IResult> OpenAsync(
        string communityId, OpenDispute body, CommandKey key, ClaimsPrincipal principal, MatterDesk desk, OrganisationCache organisation)
    {
        var user = SignedIn.Of(principal, organisation);
        var (id, answer) = await desk.OpenAsync<IDisputeGrain, DisputeCommand, DisputeView>(
            user, key.Value, MatterKind.Dispute, communityId, body with { CommunityId = communityId });
        return answer.IsRefused ? answer.Refusal.ToResult() : TypedResults.Created($"/api/v1/disputes/{id}", answer.Value);
    }

    private static async Task<IResult> ListAsync(
        string communityId, ClaimsPrincipal principal, OrganisationCache organisation, MatterSearch search, CancellationToken cancellationToken, bool? open = null,
        string? status = null, string? facet = null, string? cursor = null, int limit = 100)
    {
        var user = SignedIn.Of(principal, organisation);
        var refusal = organisation.Current.Community(communityId) is not { } community
            ? Refusal.NotFound(RefusalCodes.CommunityNotFound, $"There is no community '{communityId}'.")
            : !user.SeesCommunity(community) ? Problems.Forbidden("The community")
            : limit is < 1 or > MostAtOnce ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, "limit", $"limit is 1 to {MostAtOnce}.")
            : null;
        if (refusal is not null)
        {
            return refusal.ToResult();
        }

        var page = await search.FindAsync(
            new MatterQuery(null, [communityId], limit)
            {
                Kinds = [MatterIds.NameOf(MatterKind.Dispute)],
                Statuses = status?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
                IsOpen = open,
                Facet = facet,
                Cursor = cursor,
            },
            cancellationToken);
        var sight = user.SightOf(organisation.Current.Community(communityId)!);
        return TypedResults.Ok(new Page<ListedMatter>([.. page.Items.Select(x => ListedMatter.Of(x, sight))], page.NextCursor));
    }

    private static async Task<IResult> ClosedLocallyAsync(
        string id, ClaimsPrincipal principal, MatterDesk desk, OrganisationCache organisation, MatterSearch search, ModelPacks packs, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var (dispute, refusal) = await desk.FindAsync<IDisputeGrain, DisputeCommand, DisputeView>(SignedIn.Of(principal, organisation), id);
        if (refusal is not null)
        {
            return refusal.ToResult();
        }

        var related = await search.FindAsync(
            new MatterQuery(null, [dispute!.CommunityId], MostAtOnce)
            {
                Kinds = [MatterIds.NameOf(MatterKind.Dispute)], Ref = MatterIds.KeyOf(MatterKind.Dispute, id), Facet = DisputeFacets.Repeat,
            },
            cancellationToken);
        var repeats = related.Items.Where(x => x.View.As<DisputeView>()?.RepeatOf == id).Select(x => x.OpenedAt);
        return TypedResults.Ok(ClosedLocally.Of(dispute, packs.Of(organisation.Current.Organisation), time.GetUtcNow(), repeats));
    }

    private static async Task<IResult> ReadPersonsAsync(
        string id, ReadPersons body, ClaimsPrincipal principal, MatterDesk desk, OrganisationCache organisation, IGrainFactory grains)
    {
        var user = SignedIn.Of(principal, organisation);
        var (dispute, refusal) = await desk.FindAsync<IDisputeGrain, DisputeCommand, DisputeView>(user, id);
        refusal ??= desk.SightOf(user, dispute!.CommunityId) != FeedSight.Full ? Problems.Forbidden("The parties")
            : body.Reporter && !user.Supervises ? Problems.Forbidden("Who reported it")
            : null;
        if (refusal is not null)
        {
            return refusal.ToResult();
        }

        var answer = await grains.GetGrain<IDisputeGrain>(id).ReadPersonsAsync(new CommandContext(null, user.Actor), body);
        return answer.IsRefused ? answer.Refusal.ToResult() : TypedResults.Ok(answer.Value.Persons);
    }
}
