using System.Security.Claims;
using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Communities;
using Dispatch.Live;

namespace Dispatch.Concerns;

/// <summary>An issue of a meeting, with what became of it and where that stands now.</summary>
/// <param name="Issue">The issue.</param>
/// <param name="Matter">The concern or dispute it became, as it is now; null where it became none, or one out of scope.</param>
public sealed record IssueWithMatter(MeetingIssue Issue, ListedMatter? Matter);

/// <summary>Meetings over HTTP, for those who work there.</summary>
public static class MeetingEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapMeetings(this IEndpointRouteBuilder api)
    {
        var ofCommunity = api.MapGroup("/communities/{communityId}/meetings").WithTags("Concerns");
        ofCommunity.MapPost("/", AnnounceAsync);
        ofCommunity.MapGet("/", ListAsync);

        var meetings = api.MapGroup("/meetings").WithTags("Concerns");
        meetings.MapGet("/", ListAllAsync);
        meetings.MapMatter<IMeetingGrain, MeetingCommand, MeetingView>(x => x.ForMasked());
        meetings.MapGet("/{id}/issues", IssuesAsync);
        Map<ReviseMeeting>(meetings, "revise");
        Map<HoldMeeting>(meetings, "hold");
        Map<RaiseIssue>(meetings, "issues");
        Map<ResolveIssue>(meetings, "issues/resolve");
        Map<WriteMinutes>(meetings, "minutes");
        Map<PublishMeeting>(meetings, "publish");
        Map<CancelMeeting>(meetings, "cancel");
    }

    private static void Map<TStep>(RouteGroupBuilder meetings, string name)
        where TStep : MeetingCommand => meetings.MapStep<IMeetingGrain, MeetingCommand, MeetingView, TStep>(name);

    private static async Task<IResult> AnnounceAsync(
        string communityId, AnnounceMeeting body, CommandKey key, ClaimsPrincipal principal, OrganisationCache organisation, MatterDesk desk)
    {
        var user = SignedIn.Of(principal, organisation);
        var command = body with { CommunityId = communityId, PairId = body.PairId ?? user.PairOf(organisation.Current, communityId) };
        var (id, answer) = await desk.OpenAsync<IMeetingGrain, MeetingCommand, MeetingView>(user, key.Value, MatterKind.Meeting, communityId, command);
        return answer.IsRefused ? answer.Refusal.ToResult() : TypedResults.Created($"/api/v1/meetings/{id}", answer.Value);
    }

    private static Task<IResult> ListAsync(
        string communityId, [AsParameters] ConcernFilter filter, ClaimsPrincipal user, OrganisationCache organisation, ConcernLists lists,
        CancellationToken cancellationToken) =>
        lists.ListAsync(MatterKind.Meeting, communityId, filter, SignedIn.Of(user, organisation), cancellationToken);

    private static Task<IResult> ListAllAsync(
        [AsParameters] ConcernFilter filter, ClaimsPrincipal user, OrganisationCache organisation, ConcernLists lists, CancellationToken cancellationToken) =>
        lists.ListAsync(MatterKind.Meeting, null, filter, SignedIn.Of(user, organisation), cancellationToken);

    private static async Task<IResult> IssuesAsync(
        string id, ClaimsPrincipal principal, OrganisationCache organisation, MatterDesk desk, MatterSearch search, ConcernLists lists,
        CancellationToken cancellationToken)
    {
        var user = SignedIn.Of(principal, organisation);
        var (meeting, refusal) = await desk.FindAsync<IMeetingGrain, MeetingCommand, MeetingView>(user, id);
        if (refusal is not null)
        {
            return refusal.ToResult();
        }

        var shown = desk.SightOf(user, meeting!.CommunityId) == FeedSight.Full ? meeting : meeting.ForMasked();
        string[] ids = [.. shown.Issues.Select(x => x.MatterId).OfType<string>().Distinct()];
        var became = ids.Length == 0 ? [] : (await search.FindAsync(new MatterQuery(null, null, ids.Length) { Ids = ids }, cancellationToken)).Items;
        var byId = became
            .Where(x => organisation.Current.Community(x.CommunityId) is { } community && user.SeesCommunity(community))
            .ToDictionary(x => x.Id, x => lists.Shown(x, user));
        return TypedResults.Ok(shown.Issues.Select(x => new IssueWithMatter(x, x.MatterId is { } matter ? byId.GetValueOrDefault(matter) : null)));
    }
}
