using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Communities;
using Dispatch.Protection;

namespace Dispatch.Residents;

/// <summary>A tip as it is sent.</summary>
/// <param name="Text">1 to 2,000 characters.</param>
/// <param name="CommunityId">The community it is about; that of the location where absent.</param>
/// <param name="Location">Where, WGS-84; kept rounded to some 100 m.</param>
/// <param name="Category">Code of a concern category, or <c>police</c>.</param>
/// <param name="TextConfirmed">That the sender means the text as it is.</param>
public sealed record NewTip(string Text, string? CommunityId = null, GeoPoint? Location = null, string? Category = null, bool TextConfirmed = false);

/// <summary>What is answered once, and never again to anybody who does not send the same key.</summary>
/// <param name="ClaimCode">By which its holder comes back.</param>
/// <param name="Number">Number for people.</param>
public sealed record ClaimReceipt(string ClaimCode, string Number);

/// <summary>Comes back with a claim code.</summary>
/// <param name="ClaimCode">As it was shown, or as somebody typed it.</param>
/// <param name="Words">More words, at most 2,000 characters.</param>
/// <param name="TextConfirmed">That the sender means the words as they are.</param>
/// <param name="Withdraw">Takes a complaint back; not for tips.</param>
public sealed record Claim(string ClaimCode, string? Words = null, bool TextConfirmed = false, bool Withdraw = false);

/// <summary>Anonymous tips, for everybody. The claim code is in bodies only.</summary>
public static class PublicTipEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapPublicTips(this IEndpointRouteBuilder residents)
    {
        var tips = residents.MapGroup("/tips");
        tips.MapPost("/", LeaveAsync).ForResidents(ResidentTrafficKind.Post);
        tips.MapPost("/claim", ClaimAsync).ForResidents(ResidentTrafficKind.Claim);
    }

    private static async Task<IResult> LeaveAsync(
        NewTip body, ResidentKey key, ResidentPlaces places, IVault vault, GrainCommands commands, IGrainFactory grains)
    {
        var (community, refusal) = places.Find(body.CommunityId, body.Location);
        if (refusal is not null)
        {
            return refusal.ToResult();
        }

        var code = ClaimDigests.Derive(vault, ClaimCode.Tip, key.Value);
        var leave = new LeaveTip(community!.Id, body.Text, ClaimDigests.Of(vault, code))
        {
            Category = body.Category, Location = body.Location, TextConfirmed = body.TextConfirmed,
        };
        var tip = grains.GetGrain<ITipGrain>(ClaimedIds.Of(MatterKind.Tip, leave.ClaimDigest));
        var answer = await commands.UntilKnownAsync(() => tip.ExecuteAsync(Resident.Context(vault, key), leave));
        return answer.IsRefused ? answer.Refusal.ToResult() : TypedResults.Ok(new ClaimReceipt(code.ToString(), answer.Value.Number));
    }

    private static async Task<IResult> ClaimAsync(Claim body, ResidentKey key, IVault vault, GrainCommands commands, IGrainFactory grains)
    {
        if (!ClaimCode.TryParse(body.ClaimCode, out var code) || code.Kind != ClaimCode.Tip)
        {
            return ClaimedIds.Unknown.ToResult();
        }

        var digest = ClaimDigests.Of(vault, code);
        var tip = grains.GetGrain<ITipGrain>(ClaimedIds.Of(MatterKind.Tip, digest));
        if (await tip.ClaimAsync(digest) is not { } claimed)
        {
            return ClaimedIds.Unknown.ToResult();
        }

        if (body.Words is not { } words)
        {
            return TypedResults.Ok(claimed);
        }

        var add = new AddTipWords(words) { TextConfirmed = body.TextConfirmed };
        var answer = await commands.UntilKnownAsync(() => tip.ExecuteAsync(Resident.Context(vault, key), add));
        return answer.IsRefused ? answer.Refusal.ToResult() : TypedResults.Ok(await tip.ClaimAsync(digest));
    }
}
