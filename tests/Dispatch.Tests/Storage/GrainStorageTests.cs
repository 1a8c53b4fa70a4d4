using Dispatch.Storage;
using Dispatch.Tests.Processes;
using Orleans.Runtime;
using Orleans.Storage;

namespace Dispatch.Tests.Storage;

/// <summary>The storage under the grains, the same on both databases: versions fence writers, and nothing can be stored twice.</summary>
public sealed class GrainStorageTests(PostgresServer postgres)
{
    public static TheoryData<DatabaseKind, string> Databases => new()
    {
        { DatabaseKind.Sqlite, "GroupCommit" },
        { DatabaseKind.Sqlite, "AdoNet" },
        { DatabaseKind.PostgreSql, "GroupCommit" },
        { DatabaseKind.PostgreSql, "AdoNet" },
    };

    [Theory, MemberData(nameof(Databases))]
    public async Task Write_ThenRead_BringsStateAndVersion(DatabaseKind kind, string storage)
    {
        await using var host = await StartAsync(kind, storage);
        var written = State("first");
        await host.Storage.WriteStateAsync("state", Id("a"), written);

        var read = State(null);
        await host.Storage.ReadStateAsync("state", Id("a"), read);

        Assert.Equal("first", read.State!.Text);
        Assert.Equal(written.ETag, read.ETag);
        Assert.True(read.RecordExists);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Write_WithAnOldVersion_LosesAndChangesNothing(DatabaseKind kind, string storage)
    {
        await using var host = await StartAsync(kind, storage);
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
    public async Task Write_TwoFirstWritesAtOnce_OneWinsAndTheGrainStaysReadable(DatabaseKind kind, string storage)
    {
        await using var host = await StartAsync(kind, storage);
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
    public async Task Write_OfAVersionThatWasNeverStored_Loses(DatabaseKind kind, string storage)
    {
        await using var host = await StartAsync(kind, storage);
        await Assert.ThrowsAsync<InconsistentStateException>(
            () => host.Storage.WriteStateAsync("state", Id("never"), new GrainState<Sample>(new Sample("x"), "7")));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Clear_ThenWriteWithTheOldVersion_Loses(DatabaseKind kind, string storage)
    {
        await using var host = await StartAsync(kind, storage);
        var state = State("one");
        await host.Storage.WriteStateAsync("state", Id("a"), state);
        var old = new GrainState<Sample>(new Sample("old"), state.ETag);
        await host.Storage.ClearStateAsync("state", Id("a"), state);

        await Assert.ThrowsAsync<InconsistentStateException>(() => host.Storage.WriteStateAsync("state", Id("a"), old));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Write_ManyGrainsAtOnceWithOneStale_OnlyTheStaleOneLoses(DatabaseKind kind, string storage)
    {
        await using var host = await StartAsync(kind, storage);
        var states = Enumerable.Range(0, 200).Select(i => State($"first {i}")).ToArray();
        await Task.WhenAll(states.Select((state, i) => host.Storage.WriteStateAsync("state", Id($"g{i}"), state)));
        states[77].ETag = "41";
        var outcomes = await Task.WhenAll(states.Select(async (state, i) =>
        {
            try
            {
                state.State = new Sample($"second {i}");
                await host.Storage.WriteStateAsync("state", Id($"g{i}"), state);
                return true;
            }
            catch (InconsistentStateException)
            {
                return false;
            }
        }));

        Assert.Equal([77], outcomes.Index().Where(x => !x.Item).Select(x => x.Index));
        for (var i = 0; i < states.Length; i++)
        {
            var read = State(null);
            await host.Storage.ReadStateAsync("state", Id($"g{i}"), read);
            Assert.Equal(i == 77 ? "first 77" : $"second {i}", read.State!.Text);
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task EitherStorage_ReadsWhatTheOtherWrote(DatabaseKind kind, string storage)
    {
        await using var host = await StartAsync(kind, storage);
        var stock = new QueuedGrainStorage(host.Stock, host.Database);
        await host.Storage.WriteStateAsync("state", Id("a"), State("ours"));
        var read = State(null);
        await stock.ReadStateAsync("state", Id("a"), read);
        Assert.Equal("ours", read.State!.Text);
        read.State = new Sample("theirs");
        await stock.WriteStateAsync("state", Id("a"), read);
        await host.Storage.ReadStateAsync("state", Id("a"), read);
        Assert.Equal("theirs", read.State!.Text);
        read.State = new Sample("ours again");
        await host.Storage.WriteStateAsync("state", Id("a"), read);
        Assert.Equal("3", read.ETag);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Keys_ThatReadAsTheSameNumber_AreGrainsOfTheirOwn(DatabaseKind kind, string storage)
    {
        await using var host = await StartAsync(kind, storage);
        string[] keys = ["E1", "0E1", "e1", "00000000000000000000000000000001"];
        foreach (var key in keys)
        {
            await host.Storage.WriteStateAsync("state", Id(key), State($"state of {key}"));
        }

        foreach (var key in keys)
        {
            var read = State(null);
            await host.Storage.ReadStateAsync("state", Id(key), read);
            Assert.Equal($"state of {key}", read.State!.Text);
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Migrate_Twice_ChangesNothing(DatabaseKind kind, string storage)
    {
        await using var host = await StartAsync(kind, storage);
        await SchemaMigrations.MigrateAsync(host.Database, CancellationToken.None);
    }

    private static GrainId Id(string key) => GrainId.Create("sample", key);

    private static GrainState<Sample> State(string? text) => new(new Sample(text));

    private async Task<TestSilo> StartAsync(DatabaseKind kind, string storage) =>
        await TestSilo.StartAsync(kind == DatabaseKind.PostgreSql ? await postgres.CreateDatabaseAsync() : null, ("Dispatch:Storage", storage));

    public sealed record Sample(string? Text)
    {
        public Sample()
            : this((string?)null)
        {
        }
    }
}
