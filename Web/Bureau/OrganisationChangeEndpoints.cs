using System.Security.Claims;
using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Commands;
using Dispatch.Live;
using Microsoft.AspNetCore.Mvc;

namespace Dispatch.Bureau;

/// <summary>A station as it is to be.</summary>
public sealed record StationBody(string Name, long ExpectedVersion, string? NameEn = null);

/// <summary>A community as it is to be; without a boundary it keeps the one that it has.</summary>
public sealed record CommunityBody(
    string Name, string StationId, long ExpectedVersion, string? NameEn = null, AreaClass? AreaClass = null, JsonText? Boundary = null);

/// <summary>Why something is taken out of the organisation, and which version of it was looked at.</summary>
public sealed record RemoveBody(string Reason, long ExpectedVersion);

/// <summary>Stations and communities, for administrators.</summary>
public static class OrganisationChangeEndpoints
{
    /// <summary>Largest list of communities.</summary>
    private const long MaxBytes = 64 * 1024 * 1024;

    /// <summary>Maps them.</summary>
    public static void MapOrganisationChanges(this IEndpointRouteBuilder api)
    {
        var organisation = api.MapGroup(string.Empty).WithTags("Organisation").RequireAuthorization(x => x.RequireRole(Role.Administrator));
        organisation.MapGet("/organisation/file", async (OrganisationCache cache) => FileOf(await cache.RefreshAsync()));
        organisation.MapGet("/organisation/timers", (IGrainFactory grains) => grains.GetGrain<IBureauGrain>(IBureauGrain.Key).GetTimersAsync());
        organisation.MapPut("/stations/{id}", (string id, StationBody body, CommandKey key, ClaimsPrincipal user, OrganisationChangeDesk desk) =>
            desk.ChangeAsync(user, key, new KeepStation(body.ExpectedVersion, id, body.Name, body.NameEn)));
        organisation.MapPost("/stations/{id}/remove", (string id, RemoveBody body, CommandKey key, ClaimsPrincipal user, OrganisationChangeDesk desk) =>
            desk.ChangeAsync(user, key, new RemoveStation(body.ExpectedVersion, id, body.Reason)));
        organisation.MapPut("/communities/{id}", (string id, CommunityBody body, CommandKey key, ClaimsPrincipal user, OrganisationChangeDesk desk) =>
            desk.ChangeAsync(user, key, new KeepCommunity(
                body.ExpectedVersion, new CommunityDraft(id, body.Name, body.StationId, body.Boundary, body.NameEn, body.AreaClass))));
        organisation.MapPost("/communities/{id}/remove", (string id, RemoveBody body, CommandKey key, ClaimsPrincipal user, OrganisationChangeDesk desk) =>
            desk.ChangeAsync(user, key, new RemoveCommunity(body.ExpectedVersion, id, body.Reason)));
        var imports = organisation.MapGroup("/communities/import").WithMetadata(new RequestSizeLimitAttribute(MaxBytes));
        imports.MapPost("/", (ImportCommunities body, CommandKey key, ClaimsPrincipal user, OrganisationChangeDesk desk) => desk.ChangeAsync(user, key, body));
        imports.MapPost("/plan", (ImportCommunities body, OrganisationChangeDesk desk) => desk.PlanAsync(body));
    }

    /// <summary>The organisation as a file that can be kept and imported again, with its version.</summary>
    private static OrganisationVersion FileOf(OrganisationSnapshot known) => new(known.Version, known.Organisation);
}

/// <summary>Takes changes of stations and communities to the bureau, and knows their result when it answers.</summary>
public sealed class OrganisationChangeDesk(IGrainFactory grains, GrainCommands commands, OrganisationCache organisation, ICommunitiesAtWork atWork)
{
    /// <summary>Does a change in the name of who is signed in.</summary>
    public async Task<IResult> ChangeAsync(ClaimsPrincipal principal, CommandKey key, OrganisationChange change)
    {
        ArgumentNullException.ThrowIfNull(key);
        var context = new CommandContext(key.Value, SignedIn.Of(principal, organisation).Actor);
        var answer = await commands.UntilKnownAsync(() => grains.GetGrain<IBureauGrain>(IBureauGrain.Key).ChangeOrganisationAsync(context, change));
        if (answer.IsRefused)
        {
            return answer.Refusal.ToResult();
        }

        await organisation.KnowingAsync(x => x.Version >= answer.Value.OrganisationVersion);
        return TypedResults.Ok(answer.Value);
    }

    /// <summary>Says what would come of a list of communities, with what is wrong in it, and changes nothing.</summary>
    public async Task<IResult> PlanAsync(ImportCommunities import)
    {
        ArgumentNullException.ThrowIfNull(import);
        if (import.Communities.IsDefaultOrEmpty || import.Communities.Length > CommunityImportRules.MostCommunities)
        {
            return Refusal.Invalid(RefusalCodes.ValueOutOfRange, "communities", $"communities are 1 to {CommunityImportRules.MostCommunities}.").ToResult();
        }

        var known = await organisation.RefreshAsync();
        var (plan, after) = CommunityImportRules.Decide(known.Organisation, import, await atWork.ListAsync());
        return TypedResults.Ok(after is null ? plan : plan with { Overlaps = CommunityOverlaps.Find(after, plan.Added.Concat(plan.Changed).ToHashSet(StringComparer.Ordinal)) });
    }
}
