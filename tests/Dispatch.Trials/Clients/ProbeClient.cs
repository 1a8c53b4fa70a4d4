using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace Dispatch.Trials.Clients;

/// <summary>
/// Gives one command after the other to one aggregate and measures how long each takes until it is acknowledged. It is a plain client: it turns to another
/// web node only where a connection is refused, and everything else that is no acknowledgement is a failed command, sent again under its id.
/// </summary>
public sealed class ProbeClient : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly HttpClient[] nodes;
    private readonly Func<int, TrialCommand> next;
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> failures = new(StringComparer.Ordinal);
    private int node;
    private long since;
    private long started;
    private TimeSpan longest;
    private int done;

    /// <summary>A client that begins at one of these web nodes.</summary>
    /// <param name="webs">The web nodes.</param>
    /// <param name="node">The one it begins at.</param>
    /// <param name="token">As who it gives commands.</param>
    /// <param name="next">The command of this number, from 0.</param>
    public ProbeClient(IReadOnlyList<Uri> webs, int node, string token, Func<int, TrialCommand> next)
    {
        this.node = node;
        this.next = next;
        nodes = [.. webs.Select(x => new HttpClient(new SocketsHttpHandler { UseProxy = false, ActivityHeadersPropagator = null })
        {
            BaseAddress = new Uri(x, "/api/v1/"),
            Timeout = TimeSpan.FromSeconds(15),
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
        })];
    }

    /// <summary>Forgets what was measured; what is under way counts from now.</summary>
    public void Reset()
    {
        lock (gate)
        {
            (longest, done, since) = (TimeSpan.Zero, 0, Stopwatch.GetTimestamp());
            failures.Clear();
        }
    }

    /// <summary>Since the last reset: the longest that a command took, also one that is under way; how many were acknowledged; what failed.</summary>
    public (TimeSpan Longest, int Done, Dictionary<string, int> Failures) Read()
    {
        lock (gate)
        {
            var underWay = started == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(Math.Max(started, since));
            return (underWay > longest ? underWay : longest, done, new Dictionary<string, int>(failures));
        }
    }

    /// <summary>Gives commands until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            await DoAsync(next(number), stop);
            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var http in nodes)
        {
            http.Dispose();
        }
    }

    private async Task DoAsync(TrialCommand command, CancellationToken stop)
    {
        lock (gate)
        {
            started = Stopwatch.GetTimestamp();
        }

        while (!stop.IsCancellationRequested)
        {
            if (await TryAsync(command) is not { } failure)
            {
                break;
            }

            lock (gate)
            {
                failures[failure] = failures.GetValueOrDefault(failure) + 1;
            }
        }

        lock (gate)
        {
            var took = Stopwatch.GetElapsedTime(Math.Max(started, since));
            (longest, started) = (took > longest ? took : longest, 0);
            done++;
        }
    }

    /// <returns>What failed; null where it was acknowledged.</returns>
    private async Task<string?> TryAsync(TrialCommand command)
    {
        for (var refused = 0; ; refused++)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, command.Path) { Content = JsonContent.Create(command.Body) };
                request.Headers.Add("Idempotency-Key", command.Id);
                using var answer = await nodes[node].SendAsync(request);
                return answer.IsSuccessStatusCode ? null : $"http {(int)answer.StatusCode}";
            }
            catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ConnectionError && refused < 100)
            {
                // No connection, so nothing was sent.
                node = (node + 1) % nodes.Length;
                await Task.Delay(refused < nodes.Length ? 0 : 20);
            }
            catch (HttpRequestException exception)
            {
                return $"connection: {exception.HttpRequestError}";
            }
            catch (OperationCanceledException)
            {
                return "no answer";
            }
        }
    }
}
