using System.Security.Claims;
using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Commands;
using Microsoft.AspNetCore.Mvc;

namespace Dispatch.Places;

/// <summary>What place is looked for.</summary>
/// <param name="Text">Chinese characters, pinyin or its initials, English; may be absent where lat and lon are given: then what is near is told.</param>
/// <param name="Lat">Latitude of where nearer places come first.</param>
/// <param name="Lon">Longitude of it.</param>
/// <param name="Limit">1 to 50.</param>
public sealed record PlaceParameters([FromQuery] string? Text, [FromQuery] double? Lat, [FromQuery] double? Lon, [FromQuery] int Limit = 10)
{
    /// <summary>Where nearer places come first.</summary>
    public GeoPoint? Near => Lat is { } lat && Lon is { } lon ? new GeoPoint(lat, lon) : null;
}

/// <summary>Places over HTTP: for those who take calls, work at them, or look after the list. Nothing in it is a protected field, so there is no scope.</summary>
public static class PlaceEndpoints
{
    private const int MaxText = 100;
    private const int MaxLimit = 50;

    /// <summary>Largest file: 100,000 rows of some 150 characters.</summary>
    private const long MaxFileBytes = 32 * 1024 * 1024;

    /// <summary>Maps them.</summary>
    public static void MapPlaces(this IEndpointRouteBuilder api)
    {
        var places = api.MapGroup("/places").WithTags("Places");
        places.MapGet("/", FindAsync).RequireAuthorization(x => x.RequireRole(Role.Dispatcher, Role.Supervisor, Role.Officer, Role.Administrator));
        var keeping = places.MapGroup(string.Empty).RequireAuthorization(x => x.RequireRole(Role.Administrator));
        keeping.MapGet("/counts", (PlaceTable table, CancellationToken cancellationToken) => table.CountAsync(cancellationToken));
        keeping.MapPost("/import", ImportAsync).WithMetadata(new RequestSizeLimitAttribute(MaxFileBytes));
    }

    private static async Task<IResult> FindAsync([AsParameters] PlaceParameters asked, PlaceSearch search, CancellationToken cancellationToken)
    {
        var text = PlaceText.Of(asked.Text);
        return (WhyNot(asked) ?? (text is null && asked.Near is null ? Refusal.Invalid(RefusalCodes.ValueMissing, "text", "Say what is looked for.") : null)) is { } refusal
            ? refusal.ToResult()
            : TypedResults.Ok(await search.FindAsync(text, asked.Near, asked.Limit, cancellationToken));
    }

    private static Refusal? WhyNot(PlaceParameters asked) =>
        asked.Text?.Length > MaxText ? Refusal.Invalid(RefusalCodes.ValueTooLong, "text", $"text has at most {MaxText} characters.")
        : asked.Limit is < 1 or > MaxLimit ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, "limit", $"limit is 1 to {MaxLimit}.")
        : asked.Lat is null != asked.Lon is null || asked.Near is { IsValid: false }
            ? Refusal.Invalid(RefusalCodes.LocationInvalid, "lat", "lat is -90 to 90, lon -180 to 180, both or neither.")
        : null;

    private static async Task<IResult> ImportAsync(
        HttpRequest request, bool? dryRun, bool? replace, CommandKey key, ClaimsPrincipal user, OrganisationCache organisation, CommunityLocator locator, PlaceImport import,
        CancellationToken cancellationToken)
    {
        await organisation.GetAsync();
        using var file = new MemoryStream();
        await request.Body.CopyToAsync(file, cancellationToken);
        var read = PlaceFile.Read(file.ToArray(), locator.Find);
        if (read.IsRefused)
        {
            return read.Refusal.ToResult();
        }

        var answer = await import.TakeAsync(
            read.Value, replace == true, dryRun != true, new CommandContext(key.Value, SignedIn.Of(user, organisation).Actor), cancellationToken);
        return answer.IsRefused ? answer.Refusal.ToResult()
            : answer.Value is { FaultCount: > 0 } bad && dryRun != true ? Refused(bad)
            : TypedResults.Ok(answer.Value);
    }

    private static IResult Refused(PlacesImported bad)
    {
        var details = Problems.Details(
            StatusCodes.Status422UnprocessableEntity, "placesRefused", $"{bad.FaultCount} rows cannot be taken, the first at line {bad.Faults[0].Line}; nothing was changed.", "file");
        details.Extensions["faults"] = bad.Faults;
        details.Extensions["faultCount"] = bad.FaultCount;
        return TypedResults.Problem(details);
    }
}
