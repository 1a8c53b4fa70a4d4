using System.Text;
using Dispatch.Bureau;
using Dispatch.Stations;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dispatch.Tests.Stations;

/// <summary>Against a real server: what it knows is taken as it says, and nothing it does wrong gets into a recommendation or delays the next one.</summary>
public sealed class OsrmRouterTests
{
    private static readonly GeoPoint Door = new(35.1, 115);
    private static readonly GeoPoint[] Pairs = [new(35.11, 115.000001), new(-35.12, -115), new(0.0000001, 180)];

    [Fact]
    public async Task Ask_TimesAndLengths_ComeInTheOrderOfThePlaces()
    {
        await using var server = await OsrmServer.StartAsync(x => (Math.Round(x.Lat * 10) + 1000, 1234.5));
        using var router = RouterOf(server);
        var ways = await router.AskAsync(Pairs, Door);
        Assert.Equal([new RoadWay(1351, 1234.5), new RoadWay(649, 1234.5), new RoadWay(1000, 1234.5)], ways.Select(x => x!.Value));
        Assert.Equal(
            ["driving/115.000001,35.11;-115,-35.12;180,0;115,35.1?sources=0;1;2&destinations=3&annotations=duration,distance"],
            server.Asked.Select(Uri.UnescapeDataString));
        Assert.Empty(await router.AskAsync([], Door));
        Assert.Single(server.Asked);
    }

    [Fact]
    public async Task Ask_WhereThereIsNoWay_ThatOneIsNull()
    {
        await using var server = await OsrmServer.StartAsync(x => x.Lat < 0 ? (null, null) : (60, null));
        using var router = RouterOf(server);
        Assert.Equal([new RoadWay(60, null), null, new RoadWay(60, null)], await router.AskAsync(Pairs, Door));
    }

    [Fact]
    public async Task Ask_MoreThanATableTakes_TheFirstAreAnswered()
    {
        await using var server = await OsrmServer.StartAsync(_ => (60, 500));
        using var router = RouterOf(server);
        Assert.Equal(99, (await router.AskAsync([.. Enumerable.Repeat(Door, 150)], Door)).Length);
    }

    public static TheoryData<int, string> WrongAnswers => new()
    {
        { 500, "oops" },
        { 302, "elsewhere" },
        { 400, """{"code":"NoSegment","message":"Could not find a matching segment"}""" },
        { 200, "" },
        { 200, "null" },
        { 200, "<html>busy</html>" },
        { 200, """{"code":"Ok"}""" },
        { 200, """{"code":"NoTable","durations":[[1],[1],[1]]}""" },
        { 200, """{"code":"Ok","durations":[[1],[1]]}""" },
        { 200, """{"code":"Ok","durations":[[1],[1],[1,2]]}""" },
        { 200, """{"code":"Ok","durations":[[1],[1],null]}""" },
        { 200, """{"code":"Ok","durations":[[1],[1],["x"]]}""" },
        { 200, """{"code":"Ok","durations":[[1],[1],[-1]]}""" },
        { 200, """{"code":"Ok","durations":[[1],[1],[1]],"distances":[[1]]}""" },
    };

    [Theory, MemberData(nameof(WrongAnswers))]
    public async Task Ask_AWrongAnswer_IsNoneAndTheRouterIsLeftAloneForAWhile(int status, string body)
    {
        await using var server = await OsrmServer.StartAsync(_ => (60, 500));
        var clock = new Clock();
        using var router = RouterOf(server, clock);
        server.Misbehave = OsrmServer.Answer(status, body);
        Assert.True((await router.AskAsync(Pairs, Door)).IsDefault);

        server.Misbehave = null;
        clock.Now += TimeSpan.FromSeconds(4.9);
        Assert.True((await router.AskAsync(Pairs, Door)).IsDefault);
        Assert.Single(server.Asked);

        clock.Now += TimeSpan.FromSeconds(0.2);
        Assert.Equal(3, (await router.AskAsync(Pairs, Door)).Length);
    }

    [Fact]
    public async Task Ask_AnAnswerWithoutEnd_IsNone()
    {
        await using var server = await OsrmServer.StartAsync(_ => (60, 500));
        using var router = RouterOf(server);
        server.Misbehave = async context =>
        {
            context.Response.ContentType = "application/json";
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.BodyWriter.WriteAsync(Encoding.UTF8.GetBytes(new string(' ', 65_536)));
            }
        };
        Assert.True((await router.AskAsync(Pairs, Door)).IsDefault);
    }

    [Fact]
    public async Task Ask_AServerThatHangs_IsGivenUp()
    {
        await using var server = await OsrmServer.StartAsync(_ => (60, 500));
        using var router = RouterOf(server);
        server.Misbehave = OsrmServer.Hang;
        Assert.True((await router.AskAsync(Pairs, Door)).IsDefault);
    }

    [Fact]
    public async Task Ask_NobodyThere_IsNone()
    {
        Uri url;
        await using (var server = await OsrmServer.StartAsync(_ => (60, 500)))
        {
            url = server.Url;
        }

        using var router = RouterOf(url, new Clock());
        Assert.True((await router.AskAsync(Pairs, Door)).IsDefault);
    }

    private static OsrmRouter RouterOf(OsrmServer server, Clock? clock = null) => RouterOf(server.Url, clock ?? new Clock());

    private static OsrmRouter RouterOf(Uri url, TimeProvider time) => new(
        new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { MaxResponseContentBufferSize = 1 << 20 },
        new RouterOptions { Url = url, TimeoutSeconds = 2 }, time, NullLogger<OsrmRouter>.Instance);

    /// <summary>A clock that is set by hand; its timers are the system's.</summary>
    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
