using System.Net;
using Dispatch.Tests.Web;

namespace Dispatch.Tests.Stations;

/// <summary>Recommendations over HTTP: the names of the contract, one pair's answer, and what is refused.</summary>
public sealed class RecommendationEndpointTests(ServerFixture server)
{
    [Fact]
    public async Task Recommend_OverHttp_EverybodyIsCountedAndOnePairCanBeAskedFor()
    {
        var pair = await server.FreePairAsync("north-2");
        var id = await server.OpenAsync();
        var (status, all) = await server.Dispatcher.GetAsync($"incidents/{id}/recommendations?limit=100&shortfalls=all");
        Assert.Equal(HttpStatusCode.OK, status);
        var recommended = all!["recommendations"]!.AsArray().Select(x => (string)x!["pairId"]!).ToList();
        var shortfalls = all["shortfalls"]!.AsArray().Select(x => (string)x!["pairId"]!).ToList();
        Assert.Contains(pair, recommended);
        Assert.Equal(8, recommended.Concat(shortfalls).Distinct().Count());
        Assert.Equal(shortfalls.Count, all["leftOut"]!.AsObject().Sum(x => (int)x.Value!));
        Assert.Null(all["recommendations"]![0]!["from"]);

        foreach (var path in new[] { $"incidents/{id}/recommendations/{pair}?limit=100", $"incidents/{id}/recommendations?limit=100&pair={pair}" })
        {
            var explained = (await server.Dispatcher.GetAsync(path)).Body!;
            Assert.Equal(pair, (string?)explained["pairId"]);
            Assert.True((bool)explained["recommended"]!);
            Assert.InRange((int)explained["rank"]!, 1, 8);
            Assert.NotEmpty(explained["reasons"]!.AsArray());
            Assert.All(explained["penalties"]!.AsArray(), x => Assert.True((double)x!["seconds"]! >= 0 && x["reason"] is not null));
        }

        // The station hears of the meal when the pair has told it, which the command does not wait for.
        await server.Dispatcher.PostAsync($"pairs/{pair}/activity", new { activity = "meal" }, server.NewKey());
        using var late = new CancellationTokenSource(ServerFixture.Patience);
        string? shortfall;
        do
        {
            var (_, resting) = await server.Dispatcher.GetAsync($"incidents/{id}/recommendations/{pair}?allowPreemption=true&acrossStations=false");
            shortfall = (string?)resting!["shortfall"];
        }
        while (shortfall != "activity:meal" && !late.IsCancellationRequested);
        Assert.Equal("activity:meal", shortfall);
    }

    [Theory]
    [InlineData("recommendations?limit=0", 422)]
    [InlineData("recommendations?limit=101", 422)]
    [InlineData("recommendations?limit=x", 400)]
    [InlineData("recommendations?shortfalls=-1", 422)]
    [InlineData("recommendations?shortfalls=1001", 422)]
    [InlineData("recommendations?shortfalls=some", 422)]
    [InlineData("recommendations/nobody", 404)]
    [InlineData("recommendations/nobody?limit=0", 422)]
    public async Task Recommend_BadInput_IsRefused(string path, int expected)
    {
        var id = await server.OpenAsync();
        var (status, body) = await server.Dispatcher.GetAsync($"incidents/{id}/{path}");
        Assert.Equal(expected, (int)status);
        Assert.NotNull(body!["code"]);
    }
}
