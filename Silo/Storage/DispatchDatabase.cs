using System.Data.Common;
using Dispatch.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Dispatch.Storage;

/// <summary>Which database.</summary>
public enum DatabaseKind
{
    /// <summary>A file; one process.</summary>
    Sqlite,

    /// <summary>A server; as many processes as needed.</summary>
    PostgreSql,
}

/// <summary>The database of this installation: PostgreSQL where a connection string is configured, else a SQLite file.</summary>
public sealed class DispatchDatabase : IAsyncDisposable
{
    private readonly FileStream? directoryLock;

    private DispatchDatabase(DatabaseKind kind, string connectionString, DbDataSource source, FileStream? directoryLock = null)
    {
        Kind = kind;
        ConnectionString = connectionString;
        Source = source;
        this.directoryLock = directoryLock;
    }

    /// <summary>Which database.</summary>
    public DatabaseKind Kind { get; }

    /// <summary>How it is reached; may hold a password.</summary>
    public string ConnectionString { get; }

    /// <summary>Opens connections.</summary>
    public DbDataSource Source { get; }

    /// <summary>Where a SQLite file and what belongs to it lie; null on PostgreSQL.</summary>
    public string? DataDirectory { get; private init; }

    /// <summary>Name by which Orleans' ADO.NET providers find the driver.</summary>
    public string Invariant => Kind == DatabaseKind.PostgreSql ? "Npgsql" : "System.Data.SQLite";

    /// <summary>
    /// One writer at a time: SQLite has one write lock and its driver waits for it by sleeping, so those who write in this process queue here
    /// instead. Lets everyone through on PostgreSQL.
    /// </summary>
    public SemaphoreSlim WriteGate { get; private init; } = new(1, 1);

    /// <summary>Opens what the configuration names.</summary>
    /// <exception cref="StartupException">The configuration cannot be used.</exception>
    public static DispatchDatabase Open(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return configuration.GetConnectionString("Dispatch") is { Length: > 0 } connectionString
            ? OpenPostgreSql(connectionString)
            : OpenSqlite(configuration["Dispatch:DataDirectory"] is { Length: > 0 } directory ? directory : "data");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        if (directoryLock is not null)
        {
            await directoryLock.DisposeAsync();
        }

        WriteGate.Dispose();
    }

    private static DispatchDatabase OpenPostgreSql(string connectionString)
    {
        try
        {
            var builder = new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "dispatch" };
            // The same few statements come thousands of times: the server parses and plans each once a connection.
            SetUnlessGiven(builder, "Max Auto Prepare", 64);
            SetUnlessGiven(builder, "Auto Prepare Min Usages", 2);

            // Two pools a process, ours (with the accounts) and that of Orleans. A process that gets no connection stands still, so all together must
            // stay below what the server gives: 40 a process, five in a server of 300 with room for those who look.
            SetUnlessGiven(builder, "Maximum Pool Size", 20);

            // What a burst opened is given back soon, for the processes beside it; in seconds.
            SetUnlessGiven(builder, "Connection Idle Lifetime", 30);

            // The records of a transaction leave in few sends.
            SetUnlessGiven(builder, "Write Buffer Size", 65_536);
            return new DispatchDatabase(DatabaseKind.PostgreSql, builder.ConnectionString, NpgsqlDataSource.Create(builder))
            {
                WriteGate = new SemaphoreSlim(int.MaxValue, int.MaxValue),
            };
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw new StartupException("connectionStringInvalid", $"ConnectionStrings:Dispatch cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Npgsql's <c>ContainsKey</c> says of every keyword it knows that it is there; only what is to be serialised was given.</summary>
    private static void SetUnlessGiven(NpgsqlConnectionStringBuilder builder, string keyword, int value)
    {
        if (!builder.ShouldSerialize(keyword))
        {
            builder[keyword] = value;
        }
    }

    private static DispatchDatabase OpenSqlite(string directory)
    {
        try
        {
            directory = Path.GetFullPath(directory);
            Directory.CreateDirectory(directory);
            var directoryLock = new FileStream(
                Path.Combine(directory, "dispatch.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            var connectionString = new SqliteConnectionStringBuilder
            {
                DataSource = Path.Combine(directory, "dispatch.db"), ForeignKeys = true, DefaultTimeout = 30,
            }.ConnectionString;
            return new DispatchDatabase(
                DatabaseKind.Sqlite, connectionString, SqliteFactory.Instance.CreateDataSource(connectionString), directoryLock)
            {
                DataDirectory = directory,
            };
        }
        catch (IOException exception)
        {
            throw new StartupException(
                "dataDirectoryInUse", $"The data directory '{directory}' is in use by another process, or cannot be used: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new StartupException("dataDirectoryUnusable", $"The data directory '{directory}' cannot be used: {exception.Message}", exception);
        }
    }
}
