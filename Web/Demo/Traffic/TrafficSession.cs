using System.Text.Json.Serialization;

namespace Dispatch.Demo;

/// <summary>An account of the demonstration, signed in and kept so. Safe to use from every thread.</summary>
public sealed class TrafficSession(TrafficApi api, string userName, string password) : IDisposable
{
    /// <summary>Part of a token's life after which it is renewed.</summary>
    private const double RenewAfter = 0.8;

    private readonly SemaphoreSlim gate = new(1, 1);
    private volatile Held? held;

    /// <summary>The pair of the officer who is signed in; null before, and for everyone else.</summary>
    public string? PairId => held?.PairId;

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();

    /// <summary>A token that is good for the next request.</summary>
    /// <exception cref="HttpRequestException">There was none to be had.</exception>
    public async ValueTask<string> TokenAsync(CancellationToken stopping)
    {
        if (held is { } known && api.Time.GetUtcNow() < known.RenewAt)
        {
            return known.AccessToken;
        }

        await gate.WaitAsync(stopping);
        try
        {
            if (held is not { } inHand || api.Time.GetUtcNow() >= inHand.RenewAt)
            {
                held = inHand = await RefreshAsync(held, stopping) ?? await SignInAsync(stopping);
            }

            return inHand.AccessToken;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>The server did not take this token; the next request signs in again.</summary>
    public void Forget(string accessToken)
    {
        if (held?.AccessToken == accessToken)
        {
            held = null;
        }
    }

    private async Task<Held?> RefreshAsync(Held? old, CancellationToken stopping)
    {
        if (old is null)
        {
            return null;
        }

        var answer = await api.PostOnceAsync("auth/refresh", new { refreshToken = old.RefreshToken }, stopping);
        return answer.IsDone ? Hold(answer) : null;
    }

    private async Task<Held> SignInAsync(CancellationToken stopping)
    {
        var answer = await api.PostOnceAsync("auth/login", new { userName, password }, stopping);
        return answer.IsDone ? Hold(answer) : throw new HttpRequestException($"Signing in as {userName} was answered {answer.Status} {answer.Code}.");
    }

    private Held Hold(TrafficAnswer answer)
    {
        var tokens = answer.Read<Tokens>();
        return new Held(
            tokens.AccessToken, tokens.RefreshToken, api.Time.GetUtcNow() + (TimeSpan.FromSeconds(tokens.ExpiresIn) * RenewAfter), tokens.User.PairId);
    }

    private sealed record Held(string AccessToken, string RefreshToken, DateTimeOffset RenewAt, string? PairId);

    private sealed record Tokens(
        [property: JsonRequired] string AccessToken, [property: JsonRequired] long ExpiresIn, [property: JsonRequired] string RefreshToken, User User);

    private sealed record User(string? PairId);
}
