using System.Net;
using System.Net.Sockets;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Communities;
using Dispatch.Disputes;
using Dispatch.Journal;
using Dispatch.Packs;
using Dispatch.Protection;
using Dispatch.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Providers;
using Orleans.Runtime.Hosting;
using Orleans.Storage;

namespace Dispatch.Hosting;

/// <summary>Adds a silo, or a client of a cluster, to a host.</summary>
public static class SiloHosting
{
    private const string AdoNetStorage = "adonet";

    /// <summary>Identity of the service and of the cluster: one database, one cluster.</summary>
    private const string ClusterName = "dispatch";

    /// <summary>How long a call waits for its answer before its outcome is unknown: short, because a retry by command id is safe.</summary>
    public static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Adds a silo: alone on SQLite, in the cluster of its database on PostgreSQL.</summary>
    public static void AddDispatchSilo(this IHostApplicationBuilder builder, DispatchDatabase database, ModelPacks packs)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(database);
        var services = builder.Services;
        services.AddDispatchCore(builder.Configuration, database, packs);
        services.AddSingleton<JournalWriter>();
        services.AddSingleton<IJournal>(x => x.GetRequiredService<JournalWriter>());

        // Started before the silo and so stopped after it: what the last grains hand over is still written.
        services.AddHostedService(x => x.GetRequiredService<JournalWriter>());
        AddStorage(services, builder.Configuration, database);
        services.AddSingleton<IMatterTables, MatterTables>();
        services.AddSingleton<IErasable, InteractionWords>();
        services.AddSingleton<AggregateServices>();
        services.AddRecommendation(builder.Configuration);
        builder.UseOrleans(silo => Configure(silo, builder.Configuration, database));
        services.AddHostedService<StationWaker>();
        services.AddHostedService<RetentionSweeper>();
    }

    /// <summary>Adds a client of the silos that run apart.</summary>
    public static void AddDispatchClient(this IHostApplicationBuilder builder, DispatchDatabase database, ModelPacks packs)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(database);
        builder.Services.AddDispatchCore(builder.Configuration, database, packs);
        builder.UseOrleansClient(client =>
        {
            client.UseAdoNetClustering(options =>
            {
                options.Invariant = database.Invariant;
                options.ConnectionString = database.ConnectionString;
            });
            client.Configure<ClusterOptions>(Name);
            client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = ResponseTimeout);
            client.Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = TimeSpan.FromSeconds(1));
            client.UseConnectionRetryFilter(RetryUntilStarted);
        });
    }

    private static void AddDispatchCore(this IServiceCollection services, IConfiguration configuration, DispatchDatabase database, ModelPacks packs)
    {
        services.AddSingleton(database);
        services.AddSingleton(packs);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<OrganisationCache>();
        services.AddSingleton<CommunityLocator>();
        services.AddSingleton<ICommunitiesAtWork, CommunitiesAtWork>();
        services.AddProtection(configuration, database);
        services.AddPairCare(configuration);
        services.AddResponseTimers(configuration);
    }

    private static void Configure(ISiloBuilder silo, IConfiguration configuration, DispatchDatabase database)
    {
        var address = IPAddress.TryParse(configuration["Dispatch:AdvertisedAddress"], out var given) ? given : IPAddress.Loopback;
        var siloPort = configuration.GetValue("Dispatch:SiloPort", 0) is > 0 and var s ? s : UsualOrFreePort(11111);
        var gatewayPort = configuration.GetValue("Dispatch:GatewayPort", 0) is > 0 and var g ? g : UsualOrFreePort(30000);
        if (database.Kind == DatabaseKind.PostgreSql)
        {
            silo.UseAdoNetClustering(options =>
            {
                options.Invariant = database.Invariant;
                options.ConnectionString = database.ConnectionString;
            });
            silo.ConfigureEndpoints(address, siloPort, gatewayPort, listenOnAnyHostAddress: !IPAddress.IsLoopback(address));
        }
        else
        {
            silo.UseLocalhostClustering(siloPort, gatewayPort, serviceId: ClusterName, clusterId: ClusterName);
        }

        silo.Configure<ClusterOptions>(Name);
        silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = ResponseTimeout);
        silo.Configure<ClusterMembershipOptions>(options =>
        {
            // A killed silo is out after about a second, a frozen one after two: its connections staying open must not vouch for it.
            options.ProbeTimeout = TimeSpan.FromSeconds(1);
            options.NumMissedProbesLimit = 2;
            options.EnableConnectionLivenessCheck = false;

            // A silo that was frozen and declared dead reads so within this, and ends; what it writes until then is refused by the versions.
            options.TableRefreshTimeout = TimeSpan.FromSeconds(3);
            options.DefunctSiloExpiration = TimeSpan.FromHours(1);

            // A silo that starts after all others were killed must not wait for the dead to answer: who has not signed for 4 s is passed over.
            options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(2);
            options.NumMissedTableIAmAliveLimit = 2;
        });
        silo.AddAdoNetGrainStorage(AdoNetStorage, options =>
        {
            options.Invariant = database.Invariant;
            options.ConnectionString = database.ConnectionString;
            options.GrainStorageSerializer = new DispatchGrainStorageSerializer();
        });
    }

    /// <summary>Writes of many grains share a commit unless the configuration asks for the stock provider, <c>Dispatch:Storage=AdoNet</c>.</summary>
    private static void AddStorage(IServiceCollection services, IConfiguration configuration, DispatchDatabase database)
    {
        switch (configuration["Dispatch:Storage"] ?? "GroupCommit")
        {
            case "GroupCommit":
                services.AddSingleton(x => new GroupCommitGrainStorage(
                    (AdoNetGrainStorage)x.GetRequiredKeyedService<IGrainStorage>(AdoNetStorage), database, ClusterName, x.GetRequiredService<TimeProvider>()));
                services.AddHostedService(x => x.GetRequiredService<GroupCommitGrainStorage>());
                services.AddGrainStorage(
                    ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, (x, _) => x.GetRequiredService<GroupCommitGrainStorage>());
                break;
            case "AdoNet":
                services.AddGrainStorage(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, (x, _) =>
                    new QueuedGrainStorage(x.GetRequiredKeyedService<IGrainStorage>(AdoNetStorage), database));
                break;
            case var other:
                throw new StartupException("storageInvalid", $"Dispatch:Storage is GroupCommit or AdoNet, not '{other}'.");
        }
    }

    private static void Name(ClusterOptions options)
    {
        options.ServiceId = ClusterName;
        options.ClusterId = ClusterName;
    }

    private static async Task<bool> RetryUntilStarted(Exception exception, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(500), cancellationToken);
        return !cancellationToken.IsCancellationRequested;
    }

    /// <summary>
    /// The usual port where it is free: a process that starts again at the address of its dead predecessor takes its place in the cluster at once.
    /// </summary>
    private static int UsualOrFreePort(int usual)
    {
        try
        {
            return Probe(usual);
        }
        catch (SocketException)
        {
            return Probe(0);
        }
    }

    private static int Probe(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
