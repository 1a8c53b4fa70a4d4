using System.Globalization;
using System.Text.Json;
using Dispatch.Live;
using Dispatch.Pairs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dispatch.Benchmarks.Live.Raw;

/// <summary>
/// A stock SignalR server that does the least that shows the same: one row a change, committed; what changed within the flush interval goes to
/// everybody in one awaited <c>Clients.All</c>. No grains, no accounts, no cursors.
/// </summary>
public static class RawServer
{
    /// <summary>Runs until it is stopped.</summary>
    public static async Task<int> RunAsync(int port, string pairsFile, string? postgres, string? sqlite, CancellationToken stop)
    {
        var pairs = JsonSerializer.Deserialize<PairView[]>(await File.ReadAllBytesAsync(pairsFile, stop), DispatchJson.Options)!;
        await using var store = await RawStore.OpenAsync(postgres, sqlite);
        await store.FillAsync(pairs.Select(x => (x.Id, x.Version, JsonText.Of(x).Utf8!)));

        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();

        // As many may wait to be taken as at ours: a connection that is dropped tries again a second later, which says nothing of either server.
        builder.WebHost.UseSockets(sockets => sockets.Backlog = 4096);
        builder.Configuration["urls"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        builder.Services.AddSingleton(store);
        builder.Services.AddSingleton(x => new RawStation(pairs, store, x.GetRequiredService<IHubContext<RawHub>>()));

        // The hub's settings are those of ours.
        builder.Services
            .AddSignalR(hub =>
            {
                hub.MaximumParallelInvocationsPerClient = 4;
                hub.KeepAliveInterval = TimeSpan.FromSeconds(5);
                hub.ClientTimeoutInterval = TimeSpan.FromSeconds(30);
            })
            .AddJsonProtocol(x => DispatchJson.Configure(x.PayloadSerializerOptions));
        await using var app = builder.Build();
        app.MapHub<RawHub>("/hub");
        await app.StartAsync(stop);
        var flushing = app.Services.GetRequiredService<RawStation>().FlushAsync(stop);
        await Console.Out.WriteLineAsync(RawCommand.Ready);
        await app.WaitForShutdownAsync(stop);
        await flushing;
        return 0;
    }
}
