using System.Data.Common;
using Dispatch.Benchmarks.Processes;
using Dispatch.Processes;
using Dispatch.Storage;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Dispatch.Benchmarks.Durable;

/// <summary>A database with a history, of which every measurement gets a fresh copy.</summary>
public sealed class PreparedDatabase : IAsyncDisposable
{
    private const string Prepared = "prepared";

    private readonly string directory = Directory.CreateTempSubdirectory("dispatch-bench-").FullName;
    private readonly PostgresServer? postgres;
    private int copies;

    private PreparedDatabase(PostgresServer? postgres) => this.postgres = postgres;

    /// <summary>How many can commit at once.</summary>
    public int Connections => postgres is null ? 1 : DurableOptions.AtOnce;

    /// <summary>Makes it by giving the commands of the history.</summary>
    public static async Task<PreparedDatabase> CreateAsync(bool sqlite)
    {
        var database = new PreparedDatabase(sqlite ? null : await PostgresServer.StartAsync());
        if (database.postgres is { } server)
        {
            await server.CreateAsync(Prepared);
        }

        await using var silo = await database.StartAsync("GroupCommit", Prepared);
        await new Workload(silo.Grains).PrepareAsync();
        return database;
    }

    /// <summary>Name and settings of the database.</summary>
    public async Task<string> DescribeAsync() =>
        postgres is null ? "SQLite, WAL, synchronous FULL" : await postgres.DescribeAsync();

    /// <summary>Runs on a copy with a silo of the product.</summary>
    public Task<T> OnSiloAsync<T>(string storage, Func<BenchmarkSilo, Workload, Task<T>> measure) => OnCopyAsync(async copy =>
    {
        await using var silo = await StartAsync(storage, copy);
        var workload = new Workload(silo.Grains);
        await workload.WakeAsync();
        return await measure(silo, workload);
    });

    /// <summary>Runs on a copy without a silo.</summary>
    public Task<T> OnConnectionsAsync<T>(Func<DbDataSource, Task<T>> measure) => OnCopyAsync(async copy =>
    {
        await using var source = postgres is null
            ? SqliteFactory.Instance.CreateDataSource($"Data Source={directory}/{copy}/dispatch.db")
            : NpgsqlDataSource.Create(postgres.ConnectionString(copy));
        return await measure(source);
    });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (postgres is not null)
        {
            await postgres.DisposeAsync();
        }

        SqliteConnection.ClearAllPools();
        Directory.Delete(directory, recursive: true);
    }

    private async Task<T> OnCopyAsync<T>(Func<string, Task<T>> measure)
    {
        var copy = $"copy_{copies++}";
        if (postgres is not null)
        {
            await postgres.CreateAsync(copy, Prepared);
        }
        else
        {
            SqliteConnection.ClearAllPools();
            Directory.CreateDirectory($"{directory}/{copy}");
            foreach (var file in Directory.GetFiles($"{directory}/{Prepared}", "dispatch.db*"))
            {
                File.Copy(file, $"{directory}/{copy}/{Path.GetFileName(file)}");
            }
        }

        GC.Collect();
        var measured = await measure(copy);
        if (postgres is not null)
        {
            await postgres.DropAsync(copy);
        }

        return measured;
    }

    private Task<BenchmarkSilo> StartAsync(string storage, string name) =>
        BenchmarkSilo.StartAsync(storage, postgres is null ? null : $"{postgres.ConnectionString(name)};Maximum Pool Size=64", $"{directory}/{name}");
}
