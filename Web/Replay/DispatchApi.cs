using System.Net;
using System.Text.Json;
using Dispatch.Live;

namespace Dispatch.Replay;

/// <summary>
/// A client of the public API. Every command has a key and is sent again under it while nobody knows whether it was done: no answer in time, a
/// broken connection, 408, 429 or any 5xx.
/// </summary>
public sealed class DispatchApi : IDisposable
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan FirstBackOff = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(5);
    private readonly HttpClient http;
    private readonly BearerSession session;
    private readonly ReplayTally tally;
    private readonly TimeProvider time;
    private readonly TimeSpan giveUpAfter;
    private long lastAnswerAt;

    private DispatchApi(HttpClient http, BearerSession session, ReplayTally tally, TimeProvider time, TimeSpan giveUpAfter)
    {
        this.http = http;
        this.session = session;
        this.tally = tally;
        this.time = time;
        this.giveUpAfter = giveUpAfter;
        lastAnswerAt = time.GetTimestamp();
    }

    /// <summary>Signs in.</summary>
    /// <exception cref="CommandFaultException">The server cannot be reached or refuses the account.</exception>
    public static async Task<DispatchApi> SignInAsync(
        ServerAccess access, int connections, ReplayTally tally, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(access);
        var http = new HttpClient(new SocketsHttpHandler
        {
            MaxConnectionsPerServer = connections, PooledConnectionLifetime = TimeSpan.FromMinutes(10), UseCookies = false, AllowAutoRedirect = false,
        })
        {
            BaseAddress = access.Server, Timeout = AnswerWithin,
        };
        var api = new DispatchApi(http, new BearerSession(http, access, time), tally, time, access.GiveUpAfter);
        try
        {
            await api.session.TokenAsync(cancellationToken);
            return api;
        }
        catch (Exception exception) when (IsTransient(exception, cancellationToken))
        {
            api.Dispose();
            throw new CommandFaultException($"{access.Server} cannot be reached: {exception.Message}", exception);
        }
        catch
        {
            api.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        session.Dispose();
        http.Dispose();
    }

    /// <summary>A command was given up, and nothing else was answered for so long either: there is no server any more.</summary>
    private TimeSpan LostAfter => giveUpAfter / 2;

    /// <summary>A token that is good now.</summary>
    public ValueTask<string> TokenAsync(CancellationToken cancellationToken) => session.TokenAsync(cancellationToken);

    /// <summary>Reads something.</summary>
    /// <exception cref="ServerLostException">Nothing at all is answered any more.</exception>
    public Task<ApiAnswer> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(new ApiRequest("read", HttpMethod.Get, path, null, null), cancellationToken);

    /// <summary>Gives a command.</summary>
    /// <param name="kind">Name under which it is counted and timed.</param>
    /// <param name="path">Path below <c>/api/v1</c>.</param>
    /// <param name="body">Serialised with the names of the contract; null for none.</param>
    /// <param name="key">Idempotency key.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ServerLostException">Nothing at all is answered any more.</exception>
    public Task<ApiAnswer> PostAsync(string kind, string path, object? body, string key, CancellationToken cancellationToken) =>
        SendAsync(new ApiRequest(kind, HttpMethod.Post, path, JsonOf(body), key), cancellationToken);

    /// <summary>Replaces something by JSON as it stands.</summary>
    /// <exception cref="ServerLostException">Nothing at all is answered any more.</exception>
    public Task<ApiAnswer> PutAsync(string kind, string path, byte[] json, string key, CancellationToken cancellationToken) =>
        SendAsync(new ApiRequest(kind, HttpMethod.Put, path, json, key), cancellationToken);

    /// <summary>Sends a request until its outcome is known.</summary>
    /// <exception cref="ServerLostException">Nothing at all is answered any more.</exception>
    public async Task<ApiAnswer> SendAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var startedAt = time.GetTimestamp();
        var renewed = false;
        for (var attempt = 0; ; attempt++)
        {
            var (answer, retryAfter, rejectedToken) = await TryAsync(request, cancellationToken);
            if (rejectedToken && !renewed)
            {
                renewed = true;
                continue;
            }

            if (answer.IsDone || answer.IsRefused)
            {
                tally.Answered(request.Kind, answer, time.GetElapsedTime(startedAt));
                return answer;
            }

            tally.Failed(request.Kind, $"{request.Method} {request.Path}", answer);
            var wait = BackOff(attempt, retryAfter);
            if (time.GetElapsedTime(startedAt) + wait > giveUpAfter)
            {
                tally.GivenUp(request.Kind);
                return time.GetElapsedTime(Volatile.Read(ref lastAnswerAt)) >= LostAfter
                    ? throw new ServerLostException($"{http.BaseAddress} has answered nothing for more than {LostAfter.TotalSeconds:0} s")
                    : answer;
            }

            tally.Retried();
            await Task.Delay(wait, time, cancellationToken);
        }
    }

    private static byte[] JsonOf(object? body) => body is null ? "{}"u8.ToArray() : JsonSerializer.SerializeToUtf8Bytes(body, DispatchJson.Options);

    private async Task<(ApiAnswer Answer, TimeSpan RetryAfter, bool RejectedToken)> TryAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var token = await session.TokenAsync(cancellationToken);
            using var message = request.ToMessage(token);
            using var response = await http.SendAsync(message, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            Volatile.Write(ref lastAnswerAt, time.GetTimestamp());
            if (response.StatusCode == HttpStatusCode.Unauthorized)
            {
                session.Reject(token);
            }

            return (
                new ApiAnswer((int)response.StatusCode, body),
                response.Headers.RetryAfter?.Delta ?? TimeSpan.Zero,
                response.StatusCode == HttpStatusCode.Unauthorized);
        }
        catch (Exception exception) when (IsTransient(exception, cancellationToken))
        {
            return (ApiAnswer.None, TimeSpan.Zero, false);
        }
    }

    /// <summary>No answer: the connection broke, or time ran out (which HttpClient tells by a cancellation that was not asked for).</summary>
    private static bool IsTransient(Exception exception, CancellationToken cancellationToken) =>
        exception is HttpRequestException or IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    /// <summary>Full jitter: anything up to a bound that doubles with each attempt, and no less than the server asks for.</summary>
    private static TimeSpan BackOff(int attempt, TimeSpan retryAfter)
    {
        var bound = FirstBackOff * Math.Pow(2, Math.Min(attempt, 10));
        var wait = (bound < LongestBackOff ? bound : LongestBackOff) * Random.Shared.NextDouble();
        return retryAfter > TimeSpan.Zero && retryAfter < LongestBackOff * 2 ? retryAfter + (wait * 0.25) : wait;
    }
}

/// <summary>The server has gone: the replay stops and reports what it did.</summary>
public sealed class ServerLostException(string message) : Exception(message);
