using System.Globalization;
using System.Net.Http.Headers;
using Dispatch.Benchmarks.Live.Servers;
using Dispatch.Live;
using Dispatch.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dispatch.Benchmarks.Browser;

/// <summary>
/// Stands before the server: all but the hub is the server's own answer, and the hub sends what was recorded of it. Twenty thousand reports a second, their server and a browser that draws
/// without a graphics card are more than two processors can do; who only wants to know what a page costs needs the messages alone.
/// </summary>
public sealed class StandIn : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly CancellationTokenSource stopping = new();
    private readonly Task moving;

    private StandIn(WebApplication app, Uri url)
    {
        this.app = app;
        Url = url;
        Feeds = app.Services.GetRequiredService<StandInFeeds>();
        moving = Feeds.RunAsync(stopping.Token);
    }

    /// <summary>Its address.</summary>
    public Uri Url { get; }

    /// <summary>What it sends.</summary>
    public StandInFeeds Feeds { get; }

    /// <summary>Starts it.</summary>
    public static async Task<StandIn> StartAsync(DispatchLiveServer server, RecordedFeeds recorded)
    {
        ArgumentNullException.ThrowIfNull(server);
        var url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Ports.Free()}"));
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration["urls"] = url.ToString();
        builder.Services.AddSingleton(x => new StandInFeeds(recorded, x.GetRequiredService<IHubContext<StandInHub>>()));
        builder.Services.AddSignalR(x => x.MaximumParallelInvocationsPerClient = 4).AddJsonProtocol(x => DispatchJson.Configure(x.PayloadSerializerOptions));
        var app = builder.Build();
        var behind = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = server.Url };
        app.MapHub<StandInHub>("/hubs/dispatch");
        app.MapFallback("{**path}", context => PassOnAsync(behind, context));
        await app.StartAsync();
        return new StandIn(app, url);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await moving;
        await app.StopAsync();
        await app.DisposeAsync();
        stopping.Dispose();
    }

    private static async Task PassOnAsync(HttpClient behind, HttpContext context)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), context.Request.Path + context.Request.QueryString);
        if (context.Request.ContentLength > 0)
        {
            request.Content = new StreamContent(context.Request.Body);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(context.Request.ContentType!);
        }

        foreach (var name in new[] { "Accept", "Accept-Encoding", "Cookie", "Authorization", "X-Requested-With" })
        {
            request.Headers.TryAddWithoutValidation(name, [.. context.Request.Headers[name]]);
        }

        using var answer = await behind.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(x => x.Key is "Content-Type" or "Content-Encoding" or "Set-Cookie" or "Cache-Control" or "Date"))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
