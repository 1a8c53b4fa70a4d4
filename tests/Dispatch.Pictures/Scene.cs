using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Dispatch.Processes;

namespace Dispatch.Pictures;

/// <summary>What other people do while a screen is pictured: a dispatcher who works with the first pair, and that pair itself.</summary>
public sealed class Scene(Uri server)
{
    private const string Officer = "officer1";
    private const string Dispatcher = "dispatcher";
    private const int SecondsToAnswer = 300;

    /// <summary>A call comes in, beside the place where the first pair was last.</summary>
    /// <returns>Its incident's id.</returns>
    public async Task<string> OpenAsync()
    {
        using var http = await SignInAsync(Dispatcher);
        return await OpenAsync(http, await PairAsync());
    }

    /// <summary>The first pair is offered a call.</summary>
    public async Task OfferAsync()
    {
        using var http = await SignInAsync(Dispatcher);
        var pair = await PairAsync();
        var incident = await OpenAsync(http, pair);
        await DoAsync(http, $"incidents/{incident}/offers", new { pairIds = new[] { (string)pair["id"]! }, expiresInSeconds = SecondsToAnswer });
    }

    /// <summary>The first pair is in danger.</summary>
    public async Task PanicAsync()
    {
        using var http = await SignInAsync(Officer);
        var pair = await PairAsync();
        await DoAsync(http, $"pairs/{(string)pair["id"]!}/panic", new { location = pair["location"]?.DeepClone() });
    }

    private static async Task<string> OpenAsync(HttpClient http, JsonNode pair)
    {
        var community = ((JsonArray)(await GetAsync(http, "organisation"))["communities"]!).First(x => (string)x!["id"]! == (string)pair["communityId"]!)!;
        var opened = await DoAsync(http, "incidents", new
        {
            category = "dispute",
            priority = 2,
            location = (pair["location"] ?? community["centre"])!.DeepClone(),
            summary = "沿街商户因占道摆摊与邻铺争执，围观者多，双方情绪激动",
            address = $"{(string)community["name"]!}文化广场东侧 12 号",
            pairsNeeded = 1,
        });
        return (string)opened["id"]!;
    }

    private async Task<JsonNode> PairAsync()
    {
        using var http = await SignInAsync(Officer);
        return await GetAsync(http, $"pairs/{(string)(await GetAsync(http, "auth/me"))["pairId"]!}");
    }

    private async Task<HttpClient> SignInAsync(string userName)
    {
        var http = new HttpClient { BaseAddress = new Uri(server, "api/v1/") };
        var signedIn = await DoAsync(http, "auth/login", new { userName, password = DispatchServer.Password });
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)signedIn["accessToken"]!);
        return http;
    }

    private static async Task<JsonNode> GetAsync(HttpClient http, string path) => (await http.GetFromJsonAsync<JsonNode>(path))!;

    private static async Task<JsonNode> DoAsync(HttpClient http, string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var response = await http.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? JsonNode.Parse(answer)! : throw new InvalidOperationException($"POST {path} was answered {(int)response.StatusCode}: {answer}");
    }
}
