using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

using Dispatch.Replay;

namespace Dispatch.Tests.Replay;

/// <summary>A command whose fate is unknown is sent again under its key, and a refusal is taken as final. Against a server that is really there.</summary>
public sealed class DispatchApiTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<(string Path, string Key, string Token)> heard = new();
    private readonly ConcurrentQueue<int> statuses = new();
    private readonly WebApplication server;
    private int tokens;

    public DispatchApiTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        server = builder.Build();
        server.Urls.Add("http://127.0.0.1:0");
        server.MapPost("/api/v1/auth/login", (SignIn body) => body.Password == "right"
            ? Results.Ok(new { accessToken = $"token-{Interlocked.Increment(ref tokens)}", expiresIn = 3600, refreshToken = "r" })
            : Results.Problem(statusCode: 401, extensions: new Dictionary<string, object?> { ["code"] = "signInFailed" }));
        server.MapPost("/api/v1/auth/refresh", () => Results.StatusCode(401));
        server.MapFallback(async context =>
        {
            heard.Enqueue((context.Request.Path, context.Request.Headers["Idempotency-Key"].ToString(), context.Request.Headers.Authorization.ToString()));
            context.Response.StatusCode = statuses.TryDequeue(out var status) ? status : 200;
            await context.Response.WriteAsync("""{"code":"pairNotFree","detail":"busy"}""");
        });
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await server.StartAsync(Cancel);

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(500)]
    public async Task PostAsync_FateUnknown_IsSentAgainUnderTheSameKey(int status)
    {
        statuses.Enqueue(status);
        statuses.Enqueue(status);
        var tally = new ReplayTally();
        using var api = await SignInAsync(tally);
        var answer = await api.PostAsync("offer", "incidents/1/offers", new { Mode = "offer" }, "key-1", Cancel);
        Assert.True(answer.IsDone);
        Assert.Equal(["key-1", "key-1", "key-1"], heard.Select(x => x.Key));
        Assert.Equal((2, 1), (tally.Figures().Retries, tally.Figures().Done["offer"]));
    }

    [Fact]
    public async Task PostAsync_Refused_IsNotSentAgain()
    {
        statuses.Enqueue(409);
        var tally = new ReplayTally();
        using var api = await SignInAsync(tally);
        var answer = await api.PostAsync("offer", "incidents/1/offers", null, "key-1", Cancel);
        Assert.Equal((true, "pairNotFree", "busy"), (answer.IsRefused, answer.Code, answer.Detail));
        Assert.Single(heard);
        Assert.Equal(new RefusalFigure("offer", "pairNotFree", 1), Assert.Single(tally.Figures().Refusals));
    }

    [Fact]
    public async Task PostAsync_TokenNotTaken_SignsInAgainAndGoesOn()
    {
        statuses.Enqueue(401);
        using var api = await SignInAsync(new ReplayTally());
        Assert.True((await api.PostAsync("note", "x", null, "key-1", Cancel)).IsDone);
        Assert.Equal(["Bearer token-1", "Bearer token-2"], heard.Select(x => x.Token));
    }

    [Fact]
    public async Task SignInAsync_WrongPassword_IsAFaultThatSaysSo()
    {
        var fault = await Assert.ThrowsAsync<CommandFaultException>(() => SignInAsync(new ReplayTally(), "wrong"));
        Assert.Contains("signInFailed", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignInAsync_NoServer_IsAFault()
    {
        var address = Address;
        await server.StopAsync(Cancel);
        await Assert.ThrowsAsync<CommandFaultException>(() =>
            DispatchApi.SignInAsync(new ServerAccess(address, "u", "right"), 1, new ReplayTally(), TimeProvider.System, Cancel));
    }

    [Fact]
    public async Task PostAsync_NoAnswerForAsLongAsItIsToTry_SaysThatTheServerIsLost()
    {
        var tally = new ReplayTally();
        using var api = await DispatchApi.SignInAsync(
            new ServerAccess(Address, "admin", "right") { GiveUpAfter = TimeSpan.Zero }, 1, tally, TimeProvider.System, Cancel);
        await server.StopAsync(Cancel);
        await Assert.ThrowsAsync<ServerLostException>(() => api.PostAsync("note", "x", null, "key-1", Cancel));
        Assert.Equal(1, tally.Figures().GivenUp["note"]);
    }

    private Uri Address => new(server.Urls.First());

    private Task<DispatchApi> SignInAsync(ReplayTally tally, string password = "right") =>
        DispatchApi.SignInAsync(new ServerAccess(Address, "admin", password), 4, tally, TimeProvider.System, Cancel);

    private sealed record SignIn(string UserName, string Password);
}
