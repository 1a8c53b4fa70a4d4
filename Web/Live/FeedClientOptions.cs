using Microsoft.AspNetCore.SignalR.Client;

namespace Dispatch.Live;

/// <summary>Where a <see cref="FeedClient"/> connects and how patient it is.</summary>
/// <param name="Server">Base address of the server.</param>
/// <param name="AccessToken">Gives a token that is good now; asked before each connection.</param>
public sealed record FeedClientOptions(Uri Server, Func<Task<string?>> AccessToken)
{
    /// <summary>Anything else about the connection, such as another protocol.</summary>
    public Action<IHubConnectionBuilder>? Configure { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Chance from 0 to below 1, for the jitter of pauses; called by several threads at once.</summary>
    public Func<double> Chance { get; init; } = Random.Shared.NextDouble;

    /// <summary>
    /// Bound of the first pause before something is tried again, default 250 ms. It doubles with each vain attempt; a pause is between half of
    /// its bound and all of it, so that a thousand clients do not come back in one instant.
    /// </summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest bound of a pause, default 10 s.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Bound of the pause after a refusal that another attempt will hardly change, such as a missing right; default 60 s.</summary>
    public TimeSpan PauseAfterRefusal { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a connection must have stood for its loss to count as the first, default 10 s.</summary>
    public TimeSpan SettledAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long to wait for a connection or for the answer to a call, default 10 s.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a command is sent again while nobody knows whether it was done, default 45 s.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>The pause after so many vain attempts, from 0.</summary>
    public TimeSpan Pause(int attempt) => Jittered(TimeSpan.FromTicks(
        (long)Math.Min(LongestPause.Ticks, FirstPause.Ticks * Math.Pow(2, Math.Min(attempt, 30)))));

    /// <summary>Between half of this and all of it.</summary>
    public TimeSpan Jittered(TimeSpan bound) => bound * (0.5 + (Chance() / 2));
}
