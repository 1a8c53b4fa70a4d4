using Dispatch.Commands;
using Dispatch.Journal;
using Dispatch.Protection;
using Dispatch.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Dispatch.Tests.Protection;

/// <summary>What a process of the installation has of protection, on a real database, with a clock of the test's.</summary>
public sealed class ProtectionProcess : IAsyncDisposable
{
    public static readonly Actor Supervisor = new("s1", "督导员");
    private readonly ServiceProvider provider;
    private readonly bool ownsDatabase;

    private ProtectionProcess(ServiceProvider provider, DispatchDatabase database, FakeTimeProvider time, bool ownsDatabase)
    {
        this.provider = provider;
        Database = database;
        Time = time;
        this.ownsDatabase = ownsDatabase;
    }

    public DispatchDatabase Database { get; }

    public FakeTimeProvider Time { get; }

    public IVault Vault => provider.GetRequiredService<IVault>();

    public Erasure Erasure => provider.GetRequiredService<Erasure>();

    public IJournal Journal => provider.GetRequiredService<IJournal>();

    public T Get<T>()
        where T : notnull => provider.GetRequiredService<T>();

    public static Task<ProtectionProcess> StartAsync(string directory, string? postgres, params (string Key, string? Value)[] more) =>
        StartAsync(directory, postgres, new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero)), null, more);

    /// <summary>Another process of the same installation.</summary>
    public Task<ProtectionProcess> StartAnotherAsync(string directory, string? postgres) =>
        StartAsync(directory, postgres, Time, postgres is null ? Database : null, []);

    public async Task<long> CountAsync(string sql)
    {
        await using var command = Database.Source.CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Database.Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await provider.GetRequiredService<JournalWriter>().StopAsync(CancellationToken.None);
        await provider.DisposeAsync();
        if (ownsDatabase)
        {
            await Database.DisposeAsync();
        }
    }

    private static async Task<ProtectionProcess> StartAsync(
        string directory, string? postgres, FakeTimeProvider time, DispatchDatabase? shared, (string Key, string? Value)[] more)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            [
                new("Dispatch:DataDirectory", directory), new("ConnectionStrings:Dispatch", postgres),
                .. more.Select(x => new KeyValuePair<string, string?>(x.Key, x.Value)),
            ]).Build();
        var database = shared ?? DispatchDatabase.Open(configuration);
        try
        {
            await SchemaMigrations.MigrateAsync(database, CancellationToken.None);
            var services = new ServiceCollection();
            services.AddLogging();
            services.AddSingleton(database);
            services.AddSingleton<TimeProvider>(time);
            services.AddProtection(configuration, database);
            services.AddSingleton<IErasable, WordsOfInteractions>();
            services.AddSingleton<JournalWriter>();
            services.AddSingleton<IJournal>(x => x.GetRequiredService<JournalWriter>());
            var provider = services.BuildServiceProvider();
            await provider.GetRequiredService<ProtectionSecrets>().StartAsync(CancellationToken.None);
            await provider.GetRequiredService<JournalWriter>().StartAsync(CancellationToken.None);
            return new ProtectionProcess(provider, database, time, ownsDatabase: shared is null);
        }
        catch when (shared is null)
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Forgets the words of interactions: here, a note in the journal that it was asked in the same transaction.</summary>
    private sealed class WordsOfInteractions : IErasable
    {
        public async Task<IReadOnlyList<string>> EraseAsync(
            string subject, RetentionClass cls, System.Data.Common.DbTransaction transaction, CancellationToken cancellationToken)
        {
            if (!subject.StartsWith("interactions/", StringComparison.Ordinal))
            {
                return [];
            }

            await using var command = transaction.Command("DELETE FROM incident WHERE id = @subject");
            command.Set("subject", subject);
            await command.ExecuteNonQueryAsync(cancellationToken);
            return ["text"];
        }
    }
}
