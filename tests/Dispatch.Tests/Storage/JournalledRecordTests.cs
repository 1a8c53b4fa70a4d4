using System.Text.Json.Serialization;
using Dispatch.Journal;
using Dispatch.Live;
using Dispatch.Storage;
using Dispatch.Tests.Processes;
using Orleans.Runtime;
using Orleans.Storage;

namespace Dispatch.Tests.Storage;

/// <summary>
/// The storage that commits many records at once takes their events to the journal in the same transaction. Fails where an event could be lost,
/// or be told of a write that was never stored, or where one record that cannot be stored takes its neighbours with it.
/// </summary>
public sealed class JournalledRecordTests(PostgresServer postgres)
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task Write_BringsItsEventsToTheJournal_AndLeavesTheRecordWithoutThem(bool onPostgres)
    {
        await using var silo = await StartAsync(onPostgres);
        var state = State("a", 1);
        await silo.Storage.WriteStateAsync("state", Id("a"), state);

        Assert.False(state.State!.HasEvents);
        Assert.Equal<IEnumerable<long>>([1], await VersionsAsync(silo, "a"));
        var read = new GrainState<Sample>();
        await silo.Storage.ReadStateAsync("state", Id("a"), read);
        Assert.False(read.State!.HasEvents);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Write_ThatLosesAgainstAnotherVersion_LeavesNoTraceInTheJournal(bool onPostgres)
    {
        await using var silo = await StartAsync(onPostgres);
        await silo.Storage.WriteStateAsync("state", Id("a"), State("a", 1));
        var first = State("a", 2);
        var update = State("a", 3);
        update.ETag = "7";

        await Assert.ThrowsAsync<InconsistentStateException>(() => silo.Storage.WriteStateAsync("state", Id("a"), first));
        await Assert.ThrowsAsync<InconsistentStateException>(() => silo.Storage.WriteStateAsync("state", Id("a"), update));

        Assert.Equal<IEnumerable<long>>([1], await VersionsAsync(silo, "a"));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Write_OfARecordTheDatabaseRefuses_DoesNotFailItsNeighbours(bool onPostgres)
    {
        await using var silo = await StartAsync(onPostgres);
        const int Refused = 17;
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 100).Select(async i =>
        {
            try
            {
                await silo.Storage.WriteStateAsync("state", Id($"g{i}"), State($"g{i}", 1, kind: i == Refused ? null! : "kind"));
                return true;
            }
            catch (Exception exception) when (exception is not InconsistentStateException)
            {
                return false;
            }
        }));

        Assert.Equal([Refused], outcomes.Index().Where(x => !x.Item).Select(x => x.Index));
        Assert.Empty(await VersionsAsync(silo, $"g{Refused}"));
        Assert.Equal<IEnumerable<long>>([1], await VersionsAsync(silo, "g99"));
        var read = new GrainState<Sample>();
        await silo.Storage.ReadStateAsync("state", Id($"g{Refused}"), read);
        Assert.False(read.RecordExists);
    }

    private static GrainId Id(string key) => GrainId.Create("sample", key);

    private static GrainState<Sample> State(string stream, long version, string kind = "kind") => new(new Sample(true)
    {
        Append = new JournalAppend([new JournalRow(stream, version, DateTimeOffset.UnixEpoch, "actor", "Actor", null, kind, JsonText.Of(version))]),
    });

    private static async Task<long[]> VersionsAsync(TestSilo silo, string stream)
    {
        await using var command = silo.Database.Source.CreateCommand($"SELECT version FROM journal WHERE stream = '{stream}' ORDER BY version");
        await using var reader = await command.ExecuteReaderAsync();
        var versions = new List<long>();
        while (await reader.ReadAsync())
        {
            versions.Add(reader.GetInt64(0));
        }

        return [.. versions];
    }

    private async Task<TestSilo> StartAsync(bool onPostgres) =>
        await TestSilo.StartAsync(onPostgres ? await postgres.CreateDatabaseAsync() : null);

    /// <summary>A record with an event.</summary>
    public sealed record Sample(bool HasEvents) : IJournalledRecord
    {
        public Sample()
            : this(false)
        {
        }

        [JsonIgnore]
        public JournalAppend? Append { get; init; }

        public IJournalledRecord Journalled() => new Sample(false);
    }
}
