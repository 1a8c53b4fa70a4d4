using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Protection;

namespace Dispatch.Residents;

/// <summary>A request as the residents' page sends it.</summary>
/// <param name="Category">Code of a concern category.</param>
/// <param name="Text">1 to 2,000 characters.</param>
/// <param name="CommunityId">The community; that of the location where absent.</param>
/// <param name="Location">Where, WGS-84; kept rounded to some 100 m.</param>
/// <param name="PlaceName">Name of a public place, at most 200 characters.</param>
/// <param name="Contact">Who asks and how they are reached, where they want to be; sealed.</param>
/// <param name="TextConfirmed">That the sender means the texts as they are.</param>
public sealed record NewRequest(
    string Category, string Text, string? CommunityId = null, GeoPoint? Location = null, string? PlaceName = null, ProtectedPerson? Contact = null,
    bool TextConfirmed = false);

/// <summary>A request that was taken.</summary>
/// <param name="Request">As everybody may see it.</param>
/// <param name="SatisfactionToken">With which whoever sent it can say, once it is closed, whether it is solved.</param>
public sealed record RequestReceipt(PublicRequest Request, string SatisfactionToken);

/// <summary>Says whether a closed request is solved.</summary>
/// <param name="Token">The token that came with the request.</param>
/// <param name="Solved">Whether it is.</param>
/// <param name="Words">At most 400 characters.</param>
/// <param name="TextConfirmed">That the sender means the words as they are.</param>
public sealed record SayWhetherSolved(string Token, Solved Solved, string? Words = null, bool TextConfirmed = false);

/// <summary>Requests, for everybody.</summary>
public static class PublicConcernEndpoints
{
    private const int MaxTitle = 100;
    private const int MaxWords = 400;
    private const int MaxReference = 64;

    /// <summary>Maps them.</summary>
    public static void MapPublicConcerns(this IEndpointRouteBuilder residents)
    {
        var concerns = residents.MapGroup("/concerns");
        concerns.MapPost("/", RaiseAsync).ForResidents(ResidentTrafficKind.Post);
        concerns.MapGet("/{idOrNumber}", FindAsync).ForResidents(ResidentTrafficKind.Read);
        concerns.MapPost("/{idOrNumber}/satisfaction", SayAsync).ForResidents(ResidentTrafficKind.Claim);
    }

    /// <summary>The title that a concern has of what somebody wrote: its first line.</summary>
    public static string TitleOf(string? text, string otherwise)
    {
        var line = text?.Trim().Split('\n')[0].Trim() ?? string.Empty;
        return line.Length == 0 ? otherwise : line.Length <= MaxTitle ? line : $"{line[..(MaxTitle - 1)]}…";
    }

    /// <summary>The token of a request: worked out with the installation's secret, so that it is kept nowhere.</summary>
    public static string TokenOf(IVault vault, string requestId) => ClaimDigests.Derive(vault, ClaimCode.Satisfaction, $"concern/{requestId}").ToString();

    private static async Task<IResult> RaiseAsync(NewRequest body, ResidentKey key, ResidentPlaces places, IVault vault, IConcernDoor concerns)
    {
        var (community, refusal) = places.Find(body.CommunityId, body.Location);
        refusal ??= ResidentText.WhyNot("text", body.Text, body.TextConfirmed);
        if (refusal is not null)
        {
            return refusal.ToResult();
        }

        var request = new ResidentRequest(RequestChannel.Page, community!.Id, body.Category, TitleOf(body.Text, body.Category), body.Text)
        {
            PlaceName = body.PlaceName, Location = body.Location, Reporter = body.Contact, TextConfirmed = body.TextConfirmed,
        };
        var answer = await concerns.RaiseAsync(Resident.Context(vault, key), request);
        return answer.IsRefused ? answer.Refusal.ToResult() : TypedResults.Ok(new RequestReceipt(answer.Value, TokenOf(vault, answer.Value.Id)));
    }

    private static async Task<IResult> FindAsync(string idOrNumber, IConcernDoor concerns, CancellationToken cancellationToken) =>
        idOrNumber.Length <= MaxReference && await concerns.FindAsync(idOrNumber, cancellationToken) is { } request
            ? TypedResults.Ok(request)
            : NotFound.ToResult();

    private static async Task<IResult> SayAsync(
        string idOrNumber, SayWhetherSolved body, IVault vault, IConcernDoor concerns, CancellationToken cancellationToken)
    {
        if (idOrNumber.Length > MaxReference || await concerns.FindAsync(idOrNumber, cancellationToken) is not { } request)
        {
            return NotFound.ToResult();
        }

        if (!ClaimCode.TryParse(body.Token, out var token) || !ClaimDigests.AreSame(token.ToString(), TokenOf(vault, request.Id)))
        {
            return ClaimedIds.Unknown.ToResult();
        }

        if (body.Words?.Length > MaxWords)
        {
            return Refusal.Invalid(RefusalCodes.ValueTooLong, "words", $"words is at most {MaxWords} characters.").ToResult();
        }

        if (request.ResidentHasSpoken)
        {
            return Refusal.Rule(RefusalCodes.SatisfactionSaid, "This was said already.").ToResult();
        }

        // One command for each closing: what is sent twice is said once.
        var closing = FormattableString.Invariant($"satisfaction/{request.Id}/{request.ClosedAt?.UtcTicks ?? 0}");
        var answer = await concerns.SayAsync(
            new CommandContext(closing, Resident.Anonymous), request.Id, body.Solved, Wording.Clean(body.Words), body.TextConfirmed);
        return answer.IsRefused ? answer.Refusal.ToResult() : TypedResults.Ok(answer.Value);
    }

    private static Refusal NotFound => Refusal.NotFound(RefusalCodes.MatterNotFound, "There is no such request.");
}
