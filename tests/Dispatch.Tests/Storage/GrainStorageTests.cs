using Dispatch.Storage;
using Dispatch.Tests.Processes;
using Orleans.Runtime;
using Orleans.Storage;

namespace Dispatch.Tests.Storage;

/// <summary>The storage under the grains, the same on both databases: versions fence writers, and nothing can be stored twice.</summary>
public sealed class GrainStorageTests(PostgresServer postgres)
{
    public static TheoryData<DatabaseKind> Databases => [DatabaseKind.Sqlite, DatabaseKind.PostgreSql];

    [Theory, MemberData(nameof(Databases))]
    public async Task Write_ThenRead_BringsStateAndVersion(DatabaseKind kind)
    {
        await using var host = await StartAsync(kind);
        var written = State("first");
        await host.Storage.WriteStateAsync("state", Id("a"), written);

        var read = State(null);
        await host.Storage.ReadStateAsync("state", Id("a"), read);

        Assert.Equal("first", read.State!.Text);
        Assert.Equal(written.ETag, read.ETag);
        Assert.True(read.RecordExists);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Write_WithAnOldVersion_LosesAndChangesNothing(DatabaseKind kind)
    {
        await using var host = await StartAsync(kind);
        var current = State("one");
        await host.Storage.WriteStateAsync("state", Id("a"), current);
        var zombie = new GrainState<Sample>(new Sample("zombie"), current.ETag);
        current.State = new Sample("two");
        await host.Storage.WriteStateAsync("state", Id("a"), current);

        await Assert.ThrowsAsync<InconsistentStateException>(() => host.Storage.WriteStateAsync("state", Id("a"), zombie));

        var read = State(null);
        await host.Storage.ReadStateAsync("state", Id("a"), read);
        Assert.Equal("two", read.State!.Text);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Write_TwoFirstWritesAtOnce_OneWinsAndTheGrainStaysReadable(DatabaseKind kind)
    {
        await using var host = await StartAsync(kind);
        for (var round = 0; round < 20; round++)
        {
            var id = Id($"race-{round}");
            using var together = new Barrier(4);
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
            {
                together.SignalAndWait();
                try
                {
                    await host.Storage.WriteStateAsync("state", id, State($"writer {writer}"));
                    return true;
                }
                catch (InconsistentStateException)
                {
                    return false;
                }
            })));

            Assert.Single(outcomes, won => won);
            var read = State(null);
            await host.Storage.ReadStateAsync("state", id, read);
            Assert.StartsWith("writer", read.State!.Text, StringComparison.Ordinal);
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Write_OfAVersionThatWasNeverStored_Loses(DatabaseKind kind)
    {
        await using var host = await StartAsync(kind);
        await Assert.ThrowsAsync<InconsistentStateException>(
            () => host.Storage.WriteStateAsync("state", Id("never"), new GrainState<Sample>(new Sample("x"), "7")));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Clear_ThenWriteWithTheOldVersion_Loses(DatabaseKind kind)
    {
        await using var host = await StartAsync(kind);
        var state = State("one");
        await host.Storage.WriteStateAsync("state", Id("a"), state);
        var old = new GrainState<Sample>(new Sample("old"), state.ETag);
        await host.Storage.ClearStateAsync("state", Id("a"), state);

        await Assert.ThrowsAsync<InconsistentStateException>(() => host.Storage.WriteStateAsync("state", Id("a"), old));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Migrate_Twice_ChangesNothing(DatabaseKind kind)
    {
        await using var host = await StartAsync(kind);
        await SchemaMigrations.MigrateAsync(host.Database, CancellationToken.None);
    }

    private static GrainId Id(string key) => GrainId.Create("sample", key);

    private static GrainState<Sample> State(string? text) => new(new Sample(text));

    private async Task<TestSilo> StartAsync(DatabaseKind kind) =>
        await TestSilo.StartAsync(kind == DatabaseKind.PostgreSql ? await postgres.CreateDatabaseAsync() : null);

    public sealed record Sample(string? Text)
    {
        public Sample()
            : this((string?)null)
        {
        }
    }
}
