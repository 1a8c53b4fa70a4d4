namespace Dispatch.Trials.Clients;

/// <summary>An account that many screens are signed in with at once: one sign-in serves all of them.</summary>
public sealed class ScreenAccount(ApiClient api) : IDisposable
{
    /// <summary>Well below the hour that a token is good for.</summary>
    private static readonly TimeSpan RenewAfter = TimeSpan.FromMinutes(40);

    private readonly SemaphoreSlim signingIn = new(1, 1);
    private DateTimeOffset? since;

    /// <summary>Who it is.</summary>
    public string UserName => api.UserName;

    /// <summary>The web nodes.</summary>
    public IReadOnlyList<Uri> Webs => api.Webs;

    /// <summary>A token that is good now.</summary>
    public async Task<string> TokenAsync(CancellationToken stop)
    {
        await signingIn.WaitAsync(stop);
        try
        {
            if (api.Token is null || since is null || DateTimeOffset.UtcNow > since + RenewAfter)
            {
                await api.SignInAsync(stop);
                since = DateTimeOffset.UtcNow;
            }

            return api.Token!;
        }
        finally
        {
            signingIn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        api.Dispose();
        signingIn.Dispose();
    }
}
