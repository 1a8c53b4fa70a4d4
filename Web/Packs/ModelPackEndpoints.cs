using System.Security.Claims;
using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Commands;

namespace Dispatch.Packs;

/// <summary>A model pack in a list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Name in Chinese.</param>
/// <param name="NameEn">Name in English.</param>
/// <param name="Established">Whether the model's practices are documented.</param>
/// <param name="Note">Where it comes from, and what of it is not established.</param>
/// <param name="NoteEn">The same in English.</param>
/// <param name="Current">Whether the bureau works by it.</param>
public sealed record ModelPackSummary(string Id, string Name, string NameEn, bool Established, string Note, string NoteEn, bool Current);

/// <summary>The pack to work by. See <see cref="ChooseModelPack"/>.</summary>
public sealed record ChooseModelPackBody(string ModelPack, string Reason);

/// <summary>Model packs over HTTP: to read for everybody signed in, to choose for administrators.</summary>
public static class ModelPackEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapModelPacks(this IEndpointRouteBuilder api)
    {
        api.MapGet("/model-packs", ListAsync).WithTags("Model packs");
        api.MapGet("/model-packs/{id}", (string id, ModelPacks packs) => packs.Find(id) is { } pack
            ? TypedResults.Ok(pack)
            : Refusal.NotFound(RefusalCodes.ModelPackNotFound, "There is no such model pack.").ToResult()).WithTags("Model packs");
        api.MapPut("/organisation/model-pack", ChooseAsync).WithTags("Model packs").RequireAuthorization(x => x.RequireRole(Role.Administrator));
    }

    private static async Task<IResult> ListAsync(ModelPacks packs, OrganisationCache organisation)
    {
        var current = (await organisation.GetAsync()).Organisation.ModelPack;
        return TypedResults.Ok(packs.All.Select(x => new ModelPackSummary(x.Id, x.Name, x.NameEn, x.Established, x.Note, x.NoteEn, x.Id == current)));
    }

    private static async Task<IResult> ChooseAsync(ChooseModelPackBody body, CommandKey key, ClaimsPrincipal user, ModelPackDesk desk)
    {
        var answer = await desk.ChooseAsync(user, key.Value, new ChooseModelPack(body.ModelPack, body.Reason));
        return answer.IsRefused ? answer.Refusal.ToResult() : TypedResults.Ok(answer.Value);
    }
}

/// <summary>Takes the choice of a model pack to the bureau, and knows its result when it answers.</summary>
public sealed class ModelPackDesk(IGrainFactory grains, GrainCommands commands, OrganisationCache organisation)
{
    /// <summary>Chooses in the name of who is signed in.</summary>
    public async Task<Answer<ModelPackChosen>> ChooseAsync(ClaimsPrincipal principal, string key, ChooseModelPack choice)
    {
        var context = new CommandContext(key, SignedIn.Of(principal, organisation).Actor);
        var answer = await commands.UntilKnownAsync(
            () => grains.GetGrain<IBureauGrain>(IBureauGrain.Key).ChooseModelPackAsync(context, choice));
        if (!answer.IsRefused)
        {
            await organisation.KnowingAsync(x => x.Version >= answer.Value.OrganisationVersion);
        }

        return answer;
    }
}
