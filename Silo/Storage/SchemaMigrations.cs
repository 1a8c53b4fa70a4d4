using System.Data.Common;
using Dispatch.Hosting;
using DbUp;
using DbUp.Builder;
using DbUp.Engine.Output;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Dispatch.Storage;

/// <summary>Brings the schema up to date at start, under a lock, by plain SQL scripts that each run once.</summary>
public static class SchemaMigrations
{
    /// <summary>Key of the PostgreSQL advisory lock that one process at a time migrates under: "DISPATCH" in ASCII.</summary>
    private const long LockKey = 0x44_49_53_50_41_54_43_48;

    /// <summary>How long a server that is starting, or has no connection free, is asked again: after a crash of everything all processes come at once.</summary>
    private static readonly TimeSpan FreeWithin = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs the scripts that have not run yet.</summary>
    /// <exception cref="StartupException">The database cannot be reached, read or changed.</exception>
    public static async Task MigrateAsync(DispatchDatabase database, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        for (var waited = TimeSpan.Zero; ; waited += Pause)
        {
            try
            {
                await MigrateOnceAsync(database, cancellationToken);
                return;
            }
            catch (StartupException exception) when (IsBusy(exception.InnerException) && waited < FreeWithin)
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }

    private static bool IsBusy(Exception? exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.CannotConnectNow };

    private static async Task MigrateOnceAsync(DispatchDatabase database, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = Connection(database);
            await connection.OpenAsync(cancellationToken);
            await ExecuteAsync(connection, Prepare(database.Kind), cancellationToken);
            var result = Scripts(database).Build().PerformUpgrade();
            if (!result.Successful)
            {
                throw new StartupException(
                    "schemaMigrationFailed", $"Script {result.ErrorScript?.Name} failed: {result.Error.Message}", result.Error);
            }
        }
        catch (SqliteException exception)
        {
            throw new StartupException("databaseUnreadable", $"The SQLite file cannot be used: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            throw new StartupException("databaseUnreachable", $"PostgreSQL cannot be used: {exception.Message}", exception);
        }
    }

    /// <summary>Of its own, not of a pool: closing it must release the lock, and a pooled one keeps its session.</summary>
    private static DbConnection Connection(DispatchDatabase database) => database.Kind == DatabaseKind.PostgreSql
        ? new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ConnectionString)
        : database.Source.CreateConnection();

    private static string Prepare(DatabaseKind kind) => kind == DatabaseKind.PostgreSql
        ? $"SELECT pg_advisory_lock({LockKey})"
        : "PRAGMA journal_mode = WAL;";

    private static UpgradeEngineBuilder Scripts(DispatchDatabase database)
    {
        var folder = $".Schema.{database.Kind}.";
        var builder = database.Kind == DatabaseKind.PostgreSql
            ? DeployChanges.To.PostgresqlDatabase(database.ConnectionString)
            : DeployChanges.To.SqliteDatabase(database.ConnectionString);
        return builder
            .WithScriptsEmbeddedInAssembly(typeof(SchemaMigrations).Assembly, name => name.Contains(folder, StringComparison.Ordinal))
            .WithTransactionPerScript()
            .WithVariablesDisabled()
            .LogTo(new NoOpUpgradeLog());
    }

    private static async Task ExecuteAsync(DbConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 120;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
