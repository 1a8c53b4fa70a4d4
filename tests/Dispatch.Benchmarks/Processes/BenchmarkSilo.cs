using Dispatch.Hosting;
using Dispatch.Packs;
using Dispatch.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace Dispatch.Benchmarks.Processes;

/// <summary>The real silo of the product inside this process, on a real database; what it writes of its records is counted.</summary>
public sealed class BenchmarkSilo : IAsyncDisposable
{
    private readonly IHost host;

    private BenchmarkSilo(IHost host, DispatchDatabase database, CountingSerializer written)
    {
        this.host = host;
        Database = database;
        Written = written;
    }

    /// <summary>Where it stores.</summary>
    public DispatchDatabase Database { get; }

    /// <summary>How many records it wrote and how long they were.</summary>
    public CountingSerializer Written { get; }

    /// <summary>Reaches its grains.</summary>
    public IGrainFactory Grains => host.Services.GetRequiredService<IGrainFactory>();

    /// <summary>Starts it.</summary>
    /// <param name="storage"><c>GroupCommit</c> or <c>AdoNet</c>.</param>
    /// <param name="postgres">Connection string; null for SQLite.</param>
    /// <param name="directory">Where SQLite lies.</param>
    public static async Task<BenchmarkSilo> StartAsync(string storage, string? postgres, string directory)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Logging.AddConsole().SetMinimumLevel(LogLevel.Error).AddFilter("Orleans", LogLevel.None).AddFilter("Polly", LogLevel.None);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Dispatch:DataDirectory"] = directory,
            ["ConnectionStrings:Dispatch"] = postgres,
            ["Dispatch:Storage"] = storage,
        });
        var database = DispatchDatabase.Open(builder.Configuration);
        await SchemaMigrations.MigrateAsync(database, CancellationToken.None);
        builder.AddDispatchSilo(database, ModelPackFiles.Load(builder.Configuration));
        var written = new CountingSerializer();
        builder.Services.PostConfigureAll<AdoNetGrainStorageOptions>(options => options.GrainStorageSerializer = written);
        var host = builder.Build();
        await host.StartAsync();
        return new BenchmarkSilo(host, database, written);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
        await Database.DisposeAsync();
    }
}
