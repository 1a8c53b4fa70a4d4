using System.Net;
using Dispatch.Residents;
using Dispatch.Tests.Processes;

namespace Dispatch.Tests.Residents;

/// <summary>Fails where a claim code can be tried as often as one likes, where one address shuts out another, or where what is switched off is still there.</summary>
public sealed class ResidentLimitTests
{
    [Fact]
    public async Task ClaimCodes_AreTriedAFewTimesByAnAddressAndSoByAll()
    {
        await using var world = await ResidentWorld.StartAsync(
            ("Dispatch__Residents__ClaimsPerAddress", "3"), ("Dispatch__Residents__ClaimsOfAll", "5"), ("Dispatch__Residents__ClaimWindow", "01:00:00"));
        var guess = new { claimCode = ClaimCode.Of(ClaimCode.Tip, new byte[ClaimCode.Bytes]).ToString() };
        async Task<HttpStatusCode> TryAsync(string address) => (await world.CallAsync("tips/claim", guess, address: address)).Status;

        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.TooManyRequests],
            [await TryAsync("198.51.100.1"), await TryAsync("198.51.100.1"), await TryAsync("198.51.100.1"), await TryAsync("198.51.100.1")]);

        // What was over the limit of an address used up nothing of what all share: two of five are left.
        Assert.Equal(HttpStatusCode.NotFound, await TryAsync("2001:db8:1:2::1"));
        Assert.Equal(HttpStatusCode.NotFound, await TryAsync("198.51.100.2"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await TryAsync("198.51.100.3"));
        Assert.Equal(HttpStatusCode.OK, (await world.CallAsync("ground")).Status);
    }

    [Fact]
    public async Task Posts_BeyondTheLimit_AreToldWhenToComeBack()
    {
        await using var world = await ResidentWorld.StartAsync(("Dispatch__Residents__PostsPerAddress", "2"));
        var tip = new { text = "一", communityId = "north-west" };
        await world.DoAsync("tips", tip);
        await world.DoAsync("tips", tip);
        Assert.Equal((HttpStatusCode.TooManyRequests, "tooManyRequests"), await world.RefusedAsync("tips", tip));
        using var http = new HttpClient { BaseAddress = world.Server.Url };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/open311/v2/requests.xml") { Content = new FormUrlEncodedContent([]) };
        request.Headers.Add("X-Forwarded-For", "203.0.113.77");
        using var answer = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.Contains("<code>429</code>", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await world.CallAsync("tips", tip, address: "203.0.113.78")).Status);
    }

    [Fact]
    public async Task SwitchedOff_NothingOfItIsThere()
    {
        await using var world = await ResidentWorld.StartAsync(("Dispatch__Residents__Enabled", "false"));
        Assert.NotEqual(HttpStatusCode.OK, (await world.CallAsync("tips", new { text = "一", communityId = "north-west" })).Status);
        using var http = new HttpClient { BaseAddress = world.Server.Url };
        using var services = await http.GetAsync("/open311/v2/services.json");
        Assert.False(services.IsSuccessStatusCode);
    }

    [Theory, InlineData("PostsPerAddress", "0"), InlineData("ClaimWindow", "00:00:00"), InlineData("AddressHeader", "a b"), InlineData("Nonsense", "1")]
    public async Task Options_ThatCannotBe_EndTheStartWithOneLine(string name, string value)
    {
        await using var server = DispatchServer.On(null, ($"Dispatch__Residents__{name}", value));
        Assert.Equal(2, await server.RunToEndAsync());
        Assert.Contains("residentsInvalid", server.Output, StringComparison.Ordinal);
    }
}
