using Dispatch.Hosting;
using Dispatch.Packs;
using Dispatch.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Storage;

namespace Dispatch.Tests.Processes;

/// <summary>The real silo of the product inside the test's process, on a real database, for tests that talk to grains or to storage directly.</summary>
public sealed class TestSilo : IAsyncDisposable
{
    private readonly IHost host;
    private readonly string directory;

    private TestSilo(IHost host, DispatchDatabase database, string directory)
    {
        this.host = host;
        Database = database;
        this.directory = directory;
    }

    public DispatchDatabase Database { get; }

    public IGrainFactory Grains => host.Services.GetRequiredService<IGrainFactory>();

    public IGrainStorage Storage => host.Services.GetRequiredKeyedService<IGrainStorage>("Default");

    /// <summary>Orleans' own ADO.NET storage over the same tables.</summary>
    public IGrainStorage Stock => host.Services.GetRequiredKeyedService<IGrainStorage>("adonet");

    /// <summary>On SQLite, or on PostgreSQL where a connection string is given.</summary>
    public static async Task<TestSilo> StartAsync(string? postgres, params (string Key, string Value)[] more)
    {
        var directory = Directory.CreateTempSubdirectory("dispatch-silo-").FullName;
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Dispatch:DataDirectory"] = directory,
            ["ConnectionStrings:Dispatch"] = postgres,
        });
        builder.Configuration.AddInMemoryCollection(more.Select(x => KeyValuePair.Create(x.Key, (string?)x.Value)));
        var database = DispatchDatabase.Open(builder.Configuration);
        await SchemaMigrations.MigrateAsync(database, CancellationToken.None);
        builder.AddDispatchSilo(database, ModelPackFiles.Load(builder.Configuration));
        var host = builder.Build();
        await host.StartAsync();
        return new TestSilo(host, database, directory);
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
        await Database.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }
}
