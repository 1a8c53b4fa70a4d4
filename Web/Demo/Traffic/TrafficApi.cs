using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Dispatch.Live;

namespace Dispatch.Demo;

/// <summary>What became of a request.</summary>
/// <param name="Status">HTTP status of the last answer; 0 where there was none.</param>
/// <param name="Body">Its body.</param>
public sealed record TrafficAnswer(int Status, byte[] Body)
{
    /// <summary>Nobody knows whether it was done: no answer within the time that retries are given.</summary>
    public static readonly TrafficAnswer None = new(0, []);

    /// <summary>Whether it was done.</summary>
    public bool IsDone => Status is >= 200 and < 300;

    /// <summary>Whether the server said no for good.</summary>
    public bool IsRefused => Status is >= 400 and < 500 and not (401 or 408 or 429);

    /// <summary>The body of a request that was done.</summary>
    public T Read<T>() => JsonSerializer.Deserialize<T>(Body, DispatchJson.Options)!;

    /// <summary>Stable code of a refusal, or what stands for it.</summary>
    public string Code
    {
        get
        {
            try
            {
                using var problem = JsonDocument.Parse(Body);
                return problem.RootElement.TryGetProperty("code", out var code) ? code.GetString() ?? string.Empty : $"http{Status}";
            }
            catch (JsonException)
            {
                return $"http{Status}";
            }
        }
    }
}

/// <summary>The public API as the demonstration uses it. A request is sent again, under its own key, while nobody knows whether it was done.</summary>
public sealed class TrafficApi : IDisposable
{
    private const int MostConnections = 8;
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromSeconds(45);
    private readonly HttpClient http;
    private readonly TrafficDice dice;

    /// <summary>A client of this server.</summary>
    public TrafficApi(Uri server, TrafficDice dice, TimeProvider time)
    {
        Server = server;
        Time = time;
        this.dice = dice;
        http = new HttpClient(new SocketsHttpHandler
        {
            MaxConnectionsPerServer = MostConnections, UseCookies = false, UseProxy = false, AllowAutoRedirect = false, ActivityHeadersPropagator = null,
        })
        {
            BaseAddress = new Uri(server, "api/v1/"), Timeout = AnswerWithin,
        };
    }

    /// <summary>The server.</summary>
    public Uri Server { get; }

    /// <summary>The clock of everyone who uses this client.</summary>
    public TimeProvider Time { get; }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    /// <summary>Reads something.</summary>
    public Task<TrafficAnswer> GetAsync(TrafficSession session, string path, CancellationToken stopping) =>
        SendAsync(session, () => new HttpRequestMessage(HttpMethod.Get, path), stopping);

    /// <summary>Gives a command under a key of its own.</summary>
    public Task<TrafficAnswer> PostAsync(TrafficSession session, string path, object body, CancellationToken stopping)
    {
        var key = Guid.CreateVersion7().ToString("D");
        var json = JsonSerializer.SerializeToUtf8Bytes(body, DispatchJson.Options);
        return SendAsync(session, () => Post(path, json, key), stopping);
    }

    /// <summary>Sends once, without a token.</summary>
    /// <exception cref="HttpRequestException">There was no answer.</exception>
    public async Task<TrafficAnswer> PostOnceAsync(string path, object body, CancellationToken stopping)
    {
        using var request = Post(path, JsonSerializer.SerializeToUtf8Bytes(body, DispatchJson.Options), key: null);
        return await ReadAsync(request, stopping);
    }

    private static HttpRequestMessage Post(string path, byte[] json, string? key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new ByteArrayContent(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return request;
    }

    private async Task<TrafficAnswer> SendAsync(TrafficSession session, Func<HttpRequestMessage> create, CancellationToken stopping)
    {
        ArgumentNullException.ThrowIfNull(session);
        var started = Time.GetTimestamp();
        for (var attempt = 0; ; attempt++)
        {
            var answer = await TryAsync(session, create, stopping);
            if (answer.IsDone || answer.IsRefused || Time.GetElapsedTime(started) > GiveUpAfter)
            {
                return answer;
            }

            await Task.Delay(TrafficBackOff.Next(attempt, dice), Time, stopping);
        }
    }

    private async Task<TrafficAnswer> TryAsync(TrafficSession session, Func<HttpRequestMessage> create, CancellationToken stopping)
    {
        try
        {
            var token = await session.TokenAsync(stopping);
            using var request = create();
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            var answer = await ReadAsync(request, stopping);
            if (answer.Status == (int)HttpStatusCode.Unauthorized)
            {
                session.Forget(token);
            }

            return answer;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException
            || (exception is OperationCanceledException && !stopping.IsCancellationRequested))
        {
            return TrafficAnswer.None;
        }
    }

    private async Task<TrafficAnswer> ReadAsync(HttpRequestMessage request, CancellationToken stopping)
    {
        using var response = await http.SendAsync(request, stopping);
        return new TrafficAnswer((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(stopping));
    }
}

/// <summary>How long to wait before the next attempt.</summary>
public static class TrafficBackOff
{
    private const double FirstSeconds = 0.25;
    private const double LongestSeconds = 8;

    /// <summary>Between half and all of a bound that doubles with each attempt, so that a thousand clients do not come back at once.</summary>
    /// <param name="attempt">Attempts so far, from 0.</param>
    /// <param name="dice">Source of the jitter.</param>
    public static TimeSpan Next(int attempt, TrafficDice dice)
    {
        ArgumentNullException.ThrowIfNull(dice);
        var bound = Math.Min(LongestSeconds, FirstSeconds * Math.Pow(2, Math.Min(attempt, 10)));
        return dice.Seconds((bound / 2, bound));
    }
}
