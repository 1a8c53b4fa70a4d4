using Dispatch.Benchmarks.Live.Servers;
using Dispatch.Processes;

namespace Dispatch.Benchmarks.Live.Rows;

/// <summary>Where the rows are played: the settings, a private database, and servers as a row needs them.</summary>
public sealed class Stage : IAsyncDisposable
{
    /// <summary>The town of the rows that do not ask for size: one station with 200 pairs.</summary>
    public static readonly LiveTown OneStation = new(Stations: 1, Communities: 5, Pairs: 200);

    private readonly PostgresServer? postgres;

    private Stage(LiveSetting setting, PostgresServer? postgres)
    {
        Setting = setting;
        this.postgres = postgres;
    }

    /// <summary>What is asked.</summary>
    public LiveSetting Setting { get; }

    /// <summary>Starts the database.</summary>
    public static async Task<Stage> CreateAsync(LiveSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return new Stage(setting, setting.Sqlite ? null : await PostgresServer.StartAsync());
    }

    /// <summary>Name and settings of the database.</summary>
    public async Task<string> DescribeAsync() => postgres is null ? "SQLite, WAL, synchronous FULL" : await postgres.DescribeAsync();

    /// <summary>Starts ours on a fresh database, all pairs on duty.</summary>
    public async Task<Contender> StartOursAsync(LiveTown town) =>
        await Contender.OfAsync(await DispatchLiveServer.StartAsync(town, await DatabaseAsync()));

    /// <summary>Starts the raw server on a fresh database with the pairs that ours shows now.</summary>
    public async Task<Contender> StartRawAsync(Contender ours)
    {
        ArgumentNullException.ThrowIfNull(ours);
        return await Contender.OfAsync(await RawLiveServer.StartAsync(await ((DispatchLiveServer)ours.Server).ViewsAsync(0), await DatabaseAsync()));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (postgres is not null)
        {
            await postgres.DisposeAsync();
        }
    }

    private async Task<string?> DatabaseAsync() => postgres is null ? null : await postgres.CreateDatabaseAsync();
}
