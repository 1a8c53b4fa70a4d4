using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Packs;
using Dispatch.Protection;

namespace Dispatch.Residents.Open311;

/// <summary>Service requests of GeoReport v2.</summary>
public static class Open311Requests
{
    private const int MostAtOnce = 200;
    private const int MostIds = 50;
    private const int MaxId = 64;
    private static readonly TimeSpan LongestSpan = TimeSpan.FromDays(90);

    /// <summary>Takes a request.</summary>
    public static async Task<IResult> PostAsync(
        HttpContext http, ResidentOptions options, OrganisationCache organisation, ModelPacks packs, ResidentPlaces places, IVault vault, IConcernDoor concerns)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(places);
        ArgumentNullException.ThrowIfNull(concerns);
        var form = await Open311Form.ReadAsync(http.Request, http.RequestAborted);
        if (!HasKey(options, form["api_key"]))
        {
            return Open311Answer.Fault(http, StatusCodes.Status403Forbidden, "api_key is missing or not known.");
        }

        if (form.ServiceCode is not { } code)
        {
            return Open311Answer.Fault(http, StatusCodes.Status400BadRequest, "service_code was not provided.");
        }

        if (Open311Endpoints.PackOf(organisation, packs).ConcernCategories.FirstOrDefault(x => x.Code == code) is not { } service)
        {
            return Open311Answer.Fault(http, StatusCodes.Status404NotFound, "service_code was not found.");
        }

        if (FindCommunity(form, organisation.Current, places, out var why) is not { } community)
        {
            return Open311Answer.Fault(http, StatusCodes.Status400BadRequest, why);
        }

        var key = await ResidentKey.BindAsync(http, null!);
        var answer = await concerns.RaiseAsync(
            Resident.Context(vault, key!),
            new ResidentRequest(
                RequestChannel.Open311, community.Id, code, PublicConcernEndpoints.TitleOf(form.Description, service.Name), form.Description)
            {
                Location = form.Place, Reporter = form.Reporter, TextConfirmed = form.TextConfirmed,
            });
        return answer.IsRefused
            ? Refused(http, answer.Refusal)
            : Open311Answer.List("service_requests", "request", [Created(answer.Value, vault)]);
    }

    /// <summary>Lists requests that residents sent.</summary>
    public static async Task<IResult> ListAsync(
        HttpContext http, OrganisationCache organisation, ModelPacks packs, IConcernDoor concerns, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(concerns);
        ArgumentNullException.ThrowIfNull(time);
        var pack = Open311Endpoints.PackOf(organisation, packs);
        if (Values(http, "service_request_id") is { } ids)
        {
            var found = new List<PublicRequest>();
            foreach (var id in ids.Where(x => x.Length <= MaxId).Take(MostIds))
            {
                if (await concerns.FindAsync(id, cancellationToken) is { } request)
                {
                    found.Add(request);
                }
            }

            return List(found, pack, organisation.Current);
        }

        var (from, before) = (Time(http, "start_date"), Time(http, "end_date"));
        var end = before ?? (from is { } start && start + LongestSpan < time.GetUtcNow() ? start + LongestSpan : time.GetUtcNow().AddSeconds(1));
        var begin = from ?? end - LongestSpan;
        if (end - begin > LongestSpan + TimeSpan.FromSeconds(1) || end < begin)
        {
            return Open311Answer.Fault(http, StatusCodes.Status400BadRequest, "start_date to end_date span at most 90 days.");
        }

        var statuses = Values(http, "status");
        if (statuses?.FirstOrDefault(x => x is not ("open" or "closed")) is not null)
        {
            return Open311Answer.Fault(http, StatusCodes.Status400BadRequest, "status is open or closed.");
        }

        var listed = await concerns.ListAsync(
            new RequestQuery(begin, end, MostAtOnce)
            {
                Categories = Values(http, "service_code"),
                IsOpen = statuses?.Distinct().ToArray() is [var only] ? only == "open" : null,
            },
            cancellationToken);
        return List(listed, pack, organisation.Current);
    }

    /// <summary>One request.</summary>
    public static async Task<IResult> GetAsync(
        HttpContext http, string id, OrganisationCache organisation, ModelPacks packs, IConcernDoor concerns, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(organisation);
        return await FindAsync(concerns, id, cancellationToken) is { } request
            ? List([request], Open311Endpoints.PackOf(organisation, packs), organisation.Current)
            : Open311Answer.Fault(http, StatusCodes.Status404NotFound, "service_request_id was not found.");
    }

    /// <summary>The request of a token. Requests are made at once, so the id of a request is its own token and this is for clients that always ask.</summary>
    public static async Task<IResult> TokenAsync(HttpContext http, string token, IConcernDoor concerns, CancellationToken cancellationToken) =>
        await FindAsync(concerns, token, cancellationToken) is { } request
            ? Open311Answer.List("service_requests", "request", [new Open311Fields { ["service_request_id"] = request.Id, ["token"] = token }])
            : Open311Answer.Fault(http, StatusCodes.Status404NotFound, "token was not found.");

    private static async Task<PublicRequest?> FindAsync(IConcernDoor concerns, string id, CancellationToken cancellationToken) =>
        id.Length <= MaxId ? await concerns.FindAsync(id, cancellationToken) : null;

    private static CommunityInfo? FindCommunity(Open311Form form, OrganisationSnapshot organisation, ResidentPlaces places, out string why)
    {
        why = "A location is lat and long, which must lie in one of our communities, or an address_string that names one of them.";
        if (form.HasPlace)
        {
            return form.Place is { } place ? places.Find(null, place).Community : null;
        }

        // The longest name counts: 东关社区 is not 关社区.
        return form.Address is not { } address ? null : organisation.Organisation.Communities
            .Where(x => Names(address, x.Name) || Names(address, x.NameEn))
            .MaxBy(x => x.Name.Length);
    }

    private static bool Names(string address, string? name) => name is { Length: > 1 } && address.Contains(name, StringComparison.OrdinalIgnoreCase);

    private static bool HasKey(ResidentOptions options, string? sent) =>
        options.ApiKeys.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is { Length: > 0 } keys
            ? sent is not null && keys.Any(x => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(x), Encoding.UTF8.GetBytes(sent)))
            : true;

    private static IResult Refused(HttpContext http, Refusal refusal) => Open311Answer.Fault(
        http,
        refusal.Kind switch
        {
            RefusalKind.NotFound => StatusCodes.Status404NotFound,
            RefusalKind.Unknown => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status400BadRequest,
        },
        refusal.Message);

    private static Open311Answer List(IEnumerable<PublicRequest> requests, ModelPack pack, OrganisationSnapshot organisation) =>
        Open311Answer.List("service_requests", "request", requests.Select(x => Shown(x, pack, organisation)));

    private static Open311Fields Created(PublicRequest request, IVault vault) => new()
    {
        ["service_request_id"] = request.Id,
        ["service_notice"] =
            $"已受理，编号 {request.Number}。办结后可凭此码反馈是否解决，请妥善保存：{PublicConcernEndpoints.TokenOf(vault, request.Id)} "
            + $"Received as {request.Number}. Keep the code: with it you can say, once the request is closed, whether it is solved.",
        ["account_id"] = null,
    };

    /// <summary>The description is not returned: free words of a resident may name somebody.</summary>
    private static Open311Fields Shown(PublicRequest request, ModelPack pack, OrganisationSnapshot organisation)
    {
        var community = organisation.Community(request.CommunityId);
        return new Open311Fields
        {
            ["service_request_id"] = request.Id,
            ["status"] = request.IsOpen ? "open" : "closed",
            ["status_notes"] = request.Answers.IsEmpty ? null : request.Answers[^1].Text,
            ["service_name"] = pack.ConcernCategories.FirstOrDefault(x => x.Code == request.Category)?.Name ?? request.Category,
            ["service_code"] = request.Category,
            ["description"] = null,
            ["agency_responsible"] = community is null ? null : organisation.Station(community.StationId)?.Name,
            ["service_notice"] = null,
            ["requested_datetime"] = Text(request.RaisedAt),
            ["updated_datetime"] = Text(request.UpdatedAt),
            ["expected_datetime"] = request.DueAt is { } due ? Text(due) : null,
            ["address"] = request.PlaceName ?? community?.Name,
            ["address_id"] = null,
            ["zipcode"] = null,
            ["lat"] = request.Location?.Rounded().Lat,
            ["long"] = request.Location?.Rounded().Lon,
            ["media_url"] = null,
        };
    }

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string[]? Values(HttpContext http, string name) =>
        string.Join(',', (IEnumerable<string?>)http.Request.Query[name]).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is { Length: > 0 } some
            ? some
            : null;

    private static DateTimeOffset? Time(HttpContext http, string name) =>
        http.Request.Query[name] is not [{ Length: > 0 } text, ..] ? null
        : DateTimeOffset.TryParse(text.Replace(' ', '+'), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at
        : throw new BadHttpRequestException($"{name} is a time such as 2010-01-01T00:00:00Z.");
}
