using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Communities;
using Dispatch.Protection;

namespace Dispatch.Residents;

/// <summary>A complaint as it is sent.</summary>
/// <param name="About">What it is about.</param>
/// <param name="Text">1 to 2,000 characters.</param>
/// <param name="CommunityId">The community where it was; that of the location where absent.</param>
/// <param name="Location">Where, WGS-84; only the community is kept.</param>
/// <param name="Contact">Who complains and how they are reached, where they want to be; sealed.</param>
/// <param name="TextConfirmed">That the sender means the text as it is.</param>
public sealed record NewComplaint(
    ComplaintAbout About, string Text, string? CommunityId = null, GeoPoint? Location = null, ProtectedPerson? Contact = null, bool TextConfirmed = false);

/// <summary>Complaints, for everybody. They go to oversight alone.</summary>
public static class PublicComplaintEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapPublicComplaints(this IEndpointRouteBuilder residents)
    {
        var complaints = residents.MapGroup("/complaints");
        complaints.MapPost("/", MakeAsync).ForResidents(ResidentTrafficKind.Post);
        complaints.MapPost("/claim", ClaimAsync).ForResidents(ResidentTrafficKind.Claim);
    }

    private static async Task<IResult> MakeAsync(
        NewComplaint body, ResidentKey key, ResidentPlaces places, IVault vault, GrainCommands commands, IGrainFactory grains)
    {
        var (community, refusal) = places.Find(body.CommunityId, body.Location);
        if (refusal is not null)
        {
            return refusal.ToResult();
        }

        var code = ClaimDigests.Derive(vault, ClaimCode.Complaint, key.Value);
        var make = new MakeComplaint(community!.Id, body.About, body.Text)
        {
            ClaimDigest = ClaimDigests.Of(vault, code), Contact = body.Contact, TextConfirmed = body.TextConfirmed,
        };
        var complaint = grains.GetGrain<IComplaintGrain>(ClaimedIds.Of(MatterKind.Complaint, make.ClaimDigest));
        var answer = await commands.UntilKnownAsync(() => complaint.ExecuteAsync(Resident.Context(vault, key), make));
        return answer.IsRefused ? answer.Refusal.ToResult() : TypedResults.Ok(new ClaimReceipt(code.ToString(), answer.Value.Number));
    }

    private static async Task<IResult> ClaimAsync(Claim body, ResidentKey key, IVault vault, GrainCommands commands, IGrainFactory grains)
    {
        if (!ClaimCode.TryParse(body.ClaimCode, out var code) || code.Kind != ClaimCode.Complaint)
        {
            return ClaimedIds.Unknown.ToResult();
        }

        var digest = ClaimDigests.Of(vault, code);
        var complaint = grains.GetGrain<IComplaintGrain>(ClaimedIds.Of(MatterKind.Complaint, digest));
        if (await complaint.ClaimAsync(digest) is not { } claimed)
        {
            return ClaimedIds.Unknown.ToResult();
        }

        ComplaintCommand? command = body.Withdraw ? new WithdrawComplaint()
            : body.Words is { } words ? new AddComplaintWords(words) { TextConfirmed = body.TextConfirmed }
            : null;
        if (command is null)
        {
            return TypedResults.Ok(claimed);
        }

        var answer = await commands.UntilKnownAsync(() => complaint.ExecuteAsync(Resident.Context(vault, key), command));
        return answer.IsRefused ? answer.Refusal.ToResult() : TypedResults.Ok(await complaint.ClaimAsync(digest));
    }
}
