using System.Security.Claims;
using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Incidents;

namespace Dispatch.Partners;

/// <summary>Why a volunteer is not taken.</summary>
public sealed record RefuseVolunteerBody(string Reason, bool TextConfirmed = false);

/// <summary>Volunteers over HTTP: for who works in a community that the team is there for.</summary>
public static class VolunteerEndpoints
{
    private const int MaxReason = 500;

    /// <summary>Maps them.</summary>
    public static void MapVolunteers(this IEndpointRouteBuilder api)
    {
        var team = api.MapGroup("/partners/{id}").WithTags("Volunteers");
        team.MapGet("/volunteers", GetAsync);
        team.MapPost("/volunteers", (string id, ApplyAsVolunteer body, CommandKey key, ClaimsPrincipal user, PartnerDesk desk, OrganisationCache organisation) =>
            ExecuteAsync(desk, SignedIn.Of(user, organisation), key, id, body));
        Map(team, "check", x => new CheckVolunteer(x));
        Map(team, "train", x => new TrainVolunteer(x));
        Map(team, "leave", x => new VolunteerLeaves(x));
        team.MapPost("/volunteers/{volunteerId}/refuse",
            (string id, string volunteerId, RefuseVolunteerBody body, CommandKey key, ClaimsPrincipal user, PartnerDesk desk, OrganisationCache organisation) =>
                ExecuteAsync(
                    desk, SignedIn.Of(user, organisation), key, id, new RefuseVolunteer(volunteerId, body.Reason) { TextConfirmed = body.TextConfirmed }));
        team.MapPost("/volunteers/{volunteerId}/person", ReadPersonAsync);
        team.MapPost("/patrol/sign-in", (string id, SignInToPatrol body, CommandKey key, ClaimsPrincipal user, PartnerDesk desk, OrganisationCache organisation) =>
            ExecuteAsync(desk, SignedIn.Of(user, organisation), key, id, body));
        team.MapPost("/patrol/sign-out", (string id, SignOutOfPatrol body, CommandKey key, ClaimsPrincipal user, PartnerDesk desk, OrganisationCache organisation) =>
            ExecuteAsync(desk, SignedIn.Of(user, organisation), key, id, body));
    }

    private static void Map(RouteGroupBuilder team, string name, Func<string, VolunteerCommand> command) =>
        team.MapPost($"/volunteers/{{volunteerId}}/{name}",
            (string id, string volunteerId, CommandKey key, ClaimsPrincipal user, PartnerDesk desk, OrganisationCache organisation) =>
                ExecuteAsync(desk, SignedIn.Of(user, organisation), key, id, command(volunteerId)));

    private static async Task<IResult> GetAsync(string id, ClaimsPrincipal user, PartnerDesk desk, OrganisationCache organisation) =>
        await desk.WhyNotWithAsync(SignedIn.Of(user, organisation), id) is { } refusal ? refusal.ToResult() : TypedResults.Ok(await desk.Team(id).GetAsync());

    private static async Task<IResult> ExecuteAsync(PartnerDesk desk, SignedIn user, CommandKey key, string id, VolunteerCommand command)
    {
        var answer = await desk.ExecuteAsync(user, key.Value, id, command);
        return answer.IsRefused ? answer.Refusal.ToResult() : TypedResults.Ok(answer.Value);
    }

    private static async Task<IResult> ReadPersonAsync(
        string id, string volunteerId, ReasonBody body, ClaimsPrincipal principal, PartnerDesk desk, OrganisationCache organisation)
    {
        var user = SignedIn.Of(principal, organisation);
        if (await desk.WhyNotWithAsync(user, id) is { } refusal)
        {
            return refusal.ToResult();
        }

        if (string.IsNullOrWhiteSpace(body.Reason) || body.Reason.Length > MaxReason)
        {
            return Refusal.Invalid(RefusalCodes.ValueMissing, "reason", $"Say why, in at most {MaxReason} characters.").ToResult();
        }

        var answer = await desk.Team(id).ReadPersonAsync(new CommandContext(null, user.Actor), volunteerId, body.Reason);
        return answer.IsRefused ? answer.Refusal.ToResult() : TypedResults.Ok(answer.Value);
    }
}
