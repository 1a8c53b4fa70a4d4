using System.Globalization;
using System.Net.Http.Headers;
using Dispatch.Api;
using Dispatch.Commands;

namespace Dispatch.Replay;

/// <summary>A request to the public API.</summary>
/// <param name="Kind">Name under which it is counted and timed.</param>
/// <param name="Method">How.</param>
/// <param name="Path">Path below <c>/api/v1</c>.</param>
/// <param name="Json">The body; null for none.</param>
/// <param name="Key">Idempotency key; null for none.</param>
public sealed record ApiRequest(string Kind, HttpMethod Method, string Path, byte[]? Json, string? Key)
{
    /// <summary>The past moment that it tells of; null for now.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Whether it goes without an account, as a resident's does.</summary>
    public bool Anonymous { get; init; }

    /// <summary>As it goes out.</summary>
    /// <param name="token">The sender's token.</param>
    public HttpRequestMessage ToMessage(string token)
    {
        var message = new HttpRequestMessage(Method, $"api/v1/{Path}");
        if (!Anonymous)
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (Key is not null)
        {
            message.Headers.Add(CommandKey.Header, Key);
        }

        if (At is { } at)
        {
            message.Headers.Add(PastTime.Header, at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        }

        if (Json is not null)
        {
            message.Content = new ByteArrayContent(Json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

        return message;
    }
}
