using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Dispatch.Tests.Processes;

/// <summary>An outside client of the public API, as anybody could write it.</summary>
public sealed class ApiClient : IDisposable
{
    private readonly HttpClient http;

    public ApiClient(Uri server)
    {
        http = new HttpClient { BaseAddress = server, Timeout = TimeSpan.FromSeconds(15) };
    }

    public string? AccessToken { get; private set; }

    public JsonNode? User { get; private set; }

    public static async Task<ApiClient> SignInAsync(Uri server, string userName, string password = DispatchServer.Password)
    {
        var client = new ApiClient(server);
        var (status, body) = await client.PostAsync("auth/login", new { userName, password });
        Assert.True(status == HttpStatusCode.OK, $"{userName} could not sign in: {(int)status} {body}");
        client.AccessToken = (string)body!["accessToken"]!;
        client.User = body["user"];
        client.http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", client.AccessToken);
        return client;
    }

    public Task<(HttpStatusCode Status, JsonNode? Body)> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, Path(path)));

    public Task<(HttpStatusCode Status, JsonNode? Body)> PostAsync(string path, object? body = null, string? key = null) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, Path(path)) { Content = body is null ? null : JsonContent.Create(body) }, key);

    public Task<(HttpStatusCode Status, JsonNode? Body)> SendRawAsync(
        HttpMethod method, string path, string? body, string contentType = "application/json", string? key = null) =>
        SendAsync(
            new HttpRequestMessage(method, Path(path)) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, contentType) }, key);

    /// <summary>Sends it and expects it to be done.</summary>
    public async Task<JsonNode> DoAsync(string path, object? body = null, string? key = null)
    {
        var (status, answer) = await PostAsync(path, body, key ?? Guid.NewGuid().ToString());
        Assert.True((int)status is >= 200 and < 300, $"POST {path} was answered {(int)status}: {answer}");
        return answer!;
    }

    /// <summary>Sends it as of a past moment, where the server takes that, and expects it to be done.</summary>
    public async Task<JsonNode> DoAtAsync(DateTimeOffset at, string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path(path)) { Content = JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("Dispatch-Time", at.ToString("O"));
        var (status, answer) = await SendAsync(request, Guid.NewGuid().ToString());
        Assert.True((int)status is >= 200 and < 300, $"POST {path} was answered {(int)status}: {answer}");
        return answer!;
    }

    public void Dispose() => http.Dispose();

    private static string Path(string path) => path.StartsWith('/') ? path : $"/api/v1/{path}";

    private async Task<(HttpStatusCode Status, JsonNode? Body)> SendAsync(HttpRequestMessage request, string? key = null)
    {
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        using (request)
        {
            using var answer = await http.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            var isJson = answer.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;
            return (answer.StatusCode, text.Length == 0 ? null : isJson ? JsonNode.Parse(text) : JsonValue.Create(text));
        }
    }
}
