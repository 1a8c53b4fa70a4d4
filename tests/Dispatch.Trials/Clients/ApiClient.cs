using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Dispatch.Trials.Checking;
using Dispatch.Trials.Recording;

namespace Dispatch.Trials.Clients;

/// <summary>
/// Somebody who works over HTTP, as anybody could write it: sends a command again under its id, to another web node, until its outcome is
/// known, and records every attempt.
/// </summary>
public sealed class ApiClient : IDisposable
{
    /// <summary>How long something is tried while its outcome is not known; longer than a slow machine takes to start all processes again.</summary>
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(15);
    private readonly IReadOnlyList<HttpClient> nodes;
    private readonly HistoryRecorder history;
    private readonly string password;
    private readonly Random random;
    private string? token;

    /// <summary>A client of these web nodes.</summary>
    public ApiClient(IReadOnlyList<Uri> webs, string userName, string password, HistoryRecorder history, int seed)
    {
        nodes = [.. webs.Select(Connect)];
        Webs = webs;
        UserName = userName;
        this.password = password;
        this.history = history;
        random = new Random(seed);
        Node = random.Next(nodes.Count);
    }

    /// <summary>The web nodes.</summary>
    public IReadOnlyList<Uri> Webs { get; }

    /// <summary>Who it is.</summary>
    public string UserName { get; }

    /// <summary>Index of the web node it asks next.</summary>
    public int Node { get; private set; }

    /// <summary>A token that was good when it was last used.</summary>
    public string? Token => token;

    /// <summary>Signs in, at whichever node answers.</summary>
    public async Task SignInAsync(CancellationToken stop)
    {
        while (true)
        {
            try
            {
                using var answer = await nodes[Node].PostAsJsonAsync("auth/login", new { userName = UserName, password }, stop);
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    token = (await answer.Content.ReadFromJsonAsync<JsonElement>(stop)).GetProperty("accessToken").GetString();
                    return;
                }
            }
            catch (Exception exception) when (IsNoAnswer(exception, stop))
            {
                // Another node is asked next.
            }

            await PauseAsync(1, stop);
        }
    }

    /// <summary>Gives a command, again and again until its outcome is known; gives up after <see cref="GiveUpAfter"/>.</summary>
    public async Task<Answer> DoAsync(TrialCommand command, CancellationToken stop)
    {
        var until = DateTimeOffset.UtcNow + GiveUpAfter;
        for (var attempt = 0; ; attempt++)
        {
            var answer = await TryAsync(command, stop);
            if (answer.Outcome != Outcome.Unknown || DateTimeOffset.UtcNow > until)
            {
                return answer;
            }

            await PauseAsync(attempt, stop);
        }
    }

    /// <summary>Sends a command once.</summary>
    public async Task<Answer> TryAsync(TrialCommand command, CancellationToken stop, int? node = null)
    {
        if (token is null)
        {
            await SignInAsync(stop);
        }

        var invoked = DateTimeOffset.UtcNow;
        var answer = await SendAsync(node ?? Node, command, stop);
        Record(command, invoked, answer);
        return answer;
    }

    /// <summary>Sends something once that no history needs, as a command under a fresh id.</summary>
    public async Task<Answer> PostAsync(string path, object body, CancellationToken stop)
    {
        if (token is null)
        {
            await SignInAsync(stop);
        }

        var answer = await SendAsync(Node, new TrialCommand("post", path, body), stop);
        if (answer.Outcome == Outcome.Unknown)
        {
            await PauseAsync(0, stop);
        }

        return answer;
    }

    /// <summary>Records an attempt that was made some other way.</summary>
    public void Record(TrialCommand command, DateTimeOffset invoked, Answer answer) => history.Add(new Attempt(
        UserName, command.Id, command.Action, invoked, DateTimeOffset.UtcNow, answer.Outcome, answer.Code,
        answer.IsOk ? answer.Stream : null, answer.IsOk ? answer.Version : null, answer.IsOk ? answer.Digest() : null, command.Records));

    /// <summary>Reads something; null where it is not there or no node answers within <see cref="GiveUpAfter"/>.</summary>
    public async Task<JsonElement?> GetAsync(string path, CancellationToken stop)
    {
        if (token is null)
        {
            await SignInAsync(stop);
        }

        var until = DateTimeOffset.UtcNow + GiveUpAfter;
        for (var attempt = 0; DateTimeOffset.UtcNow < until; attempt++)
        {
            try
            {
                using var request = Request(HttpMethod.Get, path);
                using var answer = await nodes[Node].SendAsync(request, stop);
                if (answer.IsSuccessStatusCode)
                {
                    return await answer.Content.ReadFromJsonAsync<JsonElement>(stop);
                }

                if (answer.StatusCode == HttpStatusCode.NotFound)
                {
                    return null;
                }
            }
            catch (Exception exception) when (IsNoAnswer(exception, stop))
            {
                // Another node is asked next.
            }

            await PauseAsync(attempt, stop);
        }

        return null;
    }

    /// <summary>Waits before the next attempt, longer with each, and turns to another node.</summary>
    public Task PauseAsync(int attempt, CancellationToken stop)
    {
        Node = (Node + 1) % nodes.Count;
        int wait;
        lock (random)
        {
            wait = random.Next(20, 50 << Math.Min(attempt, 4));
        }

        return Task.Delay(wait, stop);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var node in nodes)
        {
            node.Dispose();
        }
    }

    private static HttpClient Connect(Uri web) =>
        new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, ActivityHeadersPropagator = null })
        {
            BaseAddress = new Uri(web, "/api/v1/"), Timeout = AnswerWithin,
        };

    private static bool IsNoAnswer(Exception exception, CancellationToken stop) =>
        exception is HttpRequestException or IOException or JsonException || (exception is OperationCanceledException && !stop.IsCancellationRequested);

    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }

    private async Task<Answer> SendAsync(int node, TrialCommand command, CancellationToken stop)
    {
        try
        {
            using var request = Request(HttpMethod.Post, command.Path);
            request.Headers.Add("Idempotency-Key", command.Id);
            request.Content = command.Body is null ? null : JsonContent.Create(command.Body);
            using var answer = await nodes[node].SendAsync(request, stop);
            if (answer.StatusCode == HttpStatusCode.Unauthorized)
            {
                token = null;
            }

            var body = await ReadAsync(answer, stop);
            return answer.IsSuccessStatusCode
                ? new Answer(Outcome.Ok, null, body)
                : new Answer(IsFinal(answer.StatusCode) ? Outcome.Refused : Outcome.Unknown, CodeOf(body) ?? $"http{(int)answer.StatusCode}");
        }
        catch (Exception exception) when (IsNoAnswer(exception, stop))
        {
            return new Answer(Outcome.Unknown, exception is OperationCanceledException ? "noAnswer" : "connectionLost");
        }
    }

    private static bool IsFinal(HttpStatusCode status) =>
        (int)status is >= 400 and < 500 && status is not (HttpStatusCode.Unauthorized or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests);

    private static string? CodeOf(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty("code", out var code) ? code.GetString() : null;

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer, CancellationToken stop)
    {
        var bytes = await answer.Content.ReadAsByteArrayAsync(stop);
        return bytes.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(bytes);
    }
}
