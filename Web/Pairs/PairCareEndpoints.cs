using System.Security.Claims;
using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Packs;

namespace Dispatch.Pairs;

/// <summary>An agreement to set. See <see cref="AgreePair"/>.</summary>
public sealed record AgreementBody(DateOnly From, DateOnly To, string Goals, DateOnly SignedOn);

/// <summary>When an officer retires. See <see cref="PlanRetirement"/>.</summary>
public sealed record RetirementBody(string OfficerId, string Reason, DateOnly? RetiresOn = null);

/// <summary>Who is to follow the green leaf. See <see cref="NameSuccessor"/>.</summary>
public sealed record SuccessorBody(string OfficerId, string Reason);

/// <summary>What a pair's time was spent on.</summary>
/// <param name="Present">What it is spent on now; null off duty.</param>
/// <param name="Ended">What ended, newest first.</param>
public sealed record PairTimeView(PresentTime? Present, IReadOnlyList<PairTime> Ended);

/// <summary>Looking after pairs in their communities, over HTTP: what is agreed and planned, skills side by side, their time, how they are doing.</summary>
public static class PairCareEndpoints
{
    private const int MaxDays = 92;

    /// <summary>Maps them.</summary>
    public static void MapPairCare(this IEndpointRouteBuilder api)
    {
        var pairs = api.MapGroup("/pairs").WithTags("Pairs in their communities");
        pairs.MapPost("/{id}/agreement", (string id, AgreementBody body, CommandKey key, ClaimsPrincipal user, PairMembershipDesk desk) =>
            ChangeAsync(desk, user, key, new AgreePair(id, body.From, body.To, body.Goals, body.SignedOn)));
        pairs.MapPost("/{id}/retirement", (string id, RetirementBody body, CommandKey key, ClaimsPrincipal user, PairMembershipDesk desk) =>
            ChangeAsync(desk, user, key, new PlanRetirement(id, body.OfficerId, body.RetiresOn, body.Reason)));
        pairs.MapPost("/{id}/successor", (string id, SuccessorBody body, CommandKey key, ClaimsPrincipal user, PairMembershipDesk desk) =>
            ChangeAsync(desk, user, key, new NameSuccessor(id, body.OfficerId, body.Reason)));
        pairs.MapPost("/{id}/take", (string id, TakeFromCommunity body, CommandKey key, ClaimsPrincipal user, PairDesk desk, OrganisationCache organisation) =>
            BorrowAsync(desk, SignedIn.Of(user, organisation), key, id, body));
        pairs.MapPost("/{id}/give-back", (string id, CommandKey key, ClaimsPrincipal user, PairDesk desk, OrganisationCache organisation) =>
            BorrowAsync(desk, SignedIn.Of(user, organisation), key, id, new GiveBack()));
        pairs.MapGet("/match", Match);
        pairs.MapGet("/{id}/agreement", GetAgreementAsync);
        pairs.MapGet("/{id}/skills", (string id, ClaimsPrincipal user, OrganisationCache organisation) =>
            OfPairAsync(id, user, organisation, pair => Task.FromResult(Side(organisation, pair))));
        pairs.MapGet("/{id}/time", GetTimeAsync);
        pairs.MapGet("/{id}/history", GetHistoryAsync);
        pairs.MapGet("/{id}/health", GetHealthAsync);
    }

    private static async Task<IResult> ChangeAsync(PairMembershipDesk desk, ClaimsPrincipal user, CommandKey key, PairChange change)
    {
        var answer = await desk.ChangeAsync(user, key.Value, change);
        return answer.IsRefused ? answer.Refusal.ToResult() : TypedResults.Ok(answer.Value);
    }

    private static async Task<IResult> BorrowAsync(PairDesk desk, SignedIn user, CommandKey key, string id, PairCommand command)
    {
        if (!user.Dispatches)
        {
            return Problems.Forbidden("Borrowing a pair").ToResult();
        }

        var answer = await desk.ExecuteAsync(user, key.Value, id, command);
        return answer.IsRefused ? answer.Refusal.ToResult() : TypedResults.Ok(answer.Value);
    }

    private static SkillsSideBySide Side(OrganisationCache organisation, PairInfo pair) => SkillsSideBySide.Of(
        organisation.Current.Organisation,
        pair.Officers.FirstOrDefault(x => x.Role == OfficerRole.GreenLeaf),
        pair.Officers.FirstOrDefault(x => x.Role == OfficerRole.RedFlower));

    private static IResult Match(string greenLeaf, string redFlower, ClaimsPrincipal principal, OrganisationCache organisation)
    {
        var user = SignedIn.Of(principal, organisation);
        if (!user.FormsPairs)
        {
            return Problems.Forbidden("Forming pairs").ToResult();
        }

        var snapshot = organisation.Current;
        var (left, refusal) = Find(user, snapshot, greenLeaf, OfficerRole.GreenLeaf, "greenLeaf");
        var (right, second) = Find(user, snapshot, redFlower, OfficerRole.RedFlower, "redFlower");
        return (refusal ?? second) is { } why ? why.ToResult() : TypedResults.Ok(SkillsSideBySide.Of(snapshot.Organisation, left, right));
    }

    private static (OfficerInfo? Officer, Refusal? Refusal) Find(
        SignedIn user, OrganisationSnapshot snapshot, string id, OfficerRole role, string field)
    {
        var pair = snapshot.PairOfOfficer(id) is { } pairId ? snapshot.Pair(pairId) : null;
        var officer = (pair?.Officers ?? snapshot.Organisation.UnpairedOfficers ?? []).FirstOrDefault(x => x.Id == id);
        return officer is null ? (null, Refusal.NotFound(RefusalCodes.OfficerNotFound, $"The bureau knows no officer '{id}'."))
            : pair is not null && !user.FormsPairsOf(pair.StationId) ? (null, Problems.Forbidden("The officer"))
            : officer.Role != role ? (null, Refusal.Invalid(RefusalCodes.RolesIncomplete, field, "A pair is one green leaf and one red flower."))
            : (officer, null);
    }

    private static Task<IResult> GetAgreementAsync(
        string id, ClaimsPrincipal user, OrganisationCache organisation, AgreementHistory history, TimeProvider time,
        CancellationToken cancellationToken) =>
        OfPairAsync(id, user, organisation, async pair => new AgreementView(
            pair.Agreement,
            pair.Agreement is { } agreement ? agreement.To.DayNumber - BureauDay.Of(time.GetUtcNow()).Day.DayNumber : null,
            await history.OfPairAsync(id, cancellationToken)));

    private static async Task<IResult> GetTimeAsync(
        string id, ClaimsPrincipal user, OrganisationCache organisation, PairDesk desk, PairTimeTable times, TimeProvider time,
        CancellationToken cancellationToken, int days = 7) => days is < 1 or > MaxDays
            ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, "days", $"days is 1 to {MaxDays}.").ToResult()
            : await OfPairAsync(id, user, organisation, async _ => new PairTimeView(
                (await desk.Grain(id).GetAsync())?.Time, await times.OfPairAsync(id, time.GetUtcNow().AddDays(-days), time.GetUtcNow(), cancellationToken)));

    /// <summary>One day at a time; today where none is named.</summary>
    private static Task<IResult> GetHistoryAsync(
        string id, ClaimsPrincipal user, OrganisationCache organisation, PairDesk desk, PairHistory history, TimeProvider time,
        CancellationToken cancellationToken, DateOnly? day = null) =>
        OfPairAsync(id, user, organisation, async _ => await history.OfPairAsync(
            id, day is { } asked ? new BureauDay(asked) : BureauDay.Of(time.GetUtcNow()), (await desk.Grain(id).GetAsync())?.Time, cancellationToken));

    private static Task<IResult> GetHealthAsync(
        string id, ClaimsPrincipal user, OrganisationCache organisation, PairKnowing knowing, ModelPacks packs, PairCareOptions options,
        TimeProvider time, CancellationToken cancellationToken) =>
        OfPairAsync(id, user, organisation, async pair => new PairHealthRules(packs.Of(organisation.Current.Organisation), options).Tell(
            await knowing.OfPairAsync(pair, time.GetUtcNow(), cancellationToken), time.GetUtcNow()));

    private static async Task<IResult> OfPairAsync<T>(string id, ClaimsPrincipal user, OrganisationCache organisation, Func<PairInfo, Task<T>> tell) =>
        await organisation.FindPairAsync(id) is not { } pair ? Refusal.NotFound(RefusalCodes.PairNotFound, $"There is no pair '{id}'.").ToResult()
        : !SignedIn.Of(user, organisation).LooksAfter(pair) ? Problems.Forbidden("The pair").ToResult()
        : TypedResults.Ok(await tell(pair));
}
