using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dispatch.Live;

namespace Dispatch.Replay;

/// <summary>The one signed-in session of a client, renewed before it ends.</summary>
public sealed class BearerSession(HttpClient http, ServerAccess access, TimeProvider time) : IDisposable
{
    /// <summary>Part of a token's life after which it is renewed.</summary>
    private const double RenewAfter = 0.8;

    private readonly SemaphoreSlim gate = new(1, 1);
    private volatile Session? current;

    /// <summary>A token that is good for the next request.</summary>
    /// <exception cref="CommandFaultException">The server refuses the account.</exception>
    /// <exception cref="HttpRequestException">The server gives no answer, or cannot for now.</exception>
    public async ValueTask<string> TokenAsync(CancellationToken cancellationToken)
    {
        if (current is { } session && time.GetUtcNow() < session.RenewAt)
        {
            return session.AccessToken;
        }

        await gate.WaitAsync(cancellationToken);
        try
        {
            if (current is not { } known || time.GetUtcNow() >= known.RenewAt)
            {
                known = await RefreshAsync(current, cancellationToken) ?? await LoginAsync(cancellationToken);
                current = known;
            }

            return known.AccessToken;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>The server did not take this token: it is renewed before the next request.</summary>
    public void Reject(string accessToken)
    {
        if (current is { } session && session.AccessToken == accessToken)
        {
            current = null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();

    private async Task<Session?> RefreshAsync(Session? session, CancellationToken cancellationToken)
    {
        if (session?.RefreshToken is not { } refreshToken)
        {
            return null;
        }

        using var response = await http.PostAsJsonAsync("api/v1/auth/refresh", new { refreshToken }, DispatchJson.Options, cancellationToken);
        return response.IsSuccessStatusCode ? await ReadAsync(response, cancellationToken) : null;
    }

    private async Task<Session> LoginAsync(CancellationToken cancellationToken)
    {
        var body = new { userName = access.User, password = access.Password };
        using var response = await http.PostAsJsonAsync("api/v1/auth/login", body, DispatchJson.Options, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return await ReadAsync(response, cancellationToken);
        }

        if (response.StatusCode is HttpStatusCode.TooManyRequests || response.StatusCode >= HttpStatusCode.InternalServerError)
        {
            throw new HttpRequestException($"signing in was answered {(int)response.StatusCode}", null, response.StatusCode);
        }

        var problem = ApiAnswer.ReadProblem(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        throw new CommandFaultException(
            $"Signing in as '{access.User}' was refused ({(int)response.StatusCode} {problem.Code}): {problem.Detail ?? problem.Title}");
    }

    private async Task<Session> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await response.Content.ReadFromJsonAsync<SessionAnswer>(DispatchJson.Options, cancellationToken);
            return new Session(answer!.AccessToken, answer.RefreshToken, time.GetUtcNow() + (TimeSpan.FromSeconds(answer.ExpiresIn) * RenewAfter));
        }
        catch (JsonException exception)
        {
            throw new CommandFaultException($"{access.Server} is no dispatch server: its answer to signing in cannot be read.", exception);
        }
    }

    private sealed record Session(string AccessToken, string? RefreshToken, DateTimeOffset RenewAt);
}
