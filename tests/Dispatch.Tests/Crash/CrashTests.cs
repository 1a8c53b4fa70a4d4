using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Dispatch.Tests.Processes;

namespace Dispatch.Tests.Crash;

/// <summary>I3: what was acknowledged survives SIGKILL at a random moment, ten times over. Fails where an answer is given before its write is durable.</summary>
public sealed class CrashTests(PostgresServer postgres)
{
    private const int Rounds = 10;
    private const int Workers = 6;

    [Theory, InlineData(false), InlineData(true)]
    public async Task Kill_AtARandomMomentTenTimes_KeepsEveryAcknowledgedCommand(bool onPostgres)
    {
        var directory = Directory.CreateTempSubdirectory("dispatch-organisation-").FullName;
        var organisation = await TestOrganisation.WriteAsync(directory);
        await using var server = DispatchServer.On(
            onPostgres ? await postgres.CreateDatabaseAsync() : null, ("Dispatch__Organisation", organisation));
        using var history = new History();
        var random = new Random(20261123);
        for (var round = 0; round < Rounds; round++)
        {
            await server.StartAsync();
            using var client = await ApiClient.SignInAsync(server.Url, "dispatcher");
            await history.CheckAsync(client);
            using var stop = new CancellationTokenSource();
            var workers = Enumerable.Range(0, Workers)
                .Select(worker => WorkAsync(client, history, worker, round, stop.Token)).ToArray();

            // The moment is counted in acknowledged commands, so that a slow machine is killed in the middle of its work, too.
            await history.WaitForAsync(random.Next(5, 60));
            await server.KillAsync();
            await stop.CancelAsync();
            await Task.WhenAll(workers);
        }

        await server.StartAsync();
        using var last = await ApiClient.SignInAsync(server.Url, "dispatcher");
        await history.CheckAsync(last);
        Assert.True(history.Count > Rounds * 5, $"Only {history.Count} commands were acknowledged.");
        Assert.Equal(0, await server.StopAsync());
    }

    /// <summary>One pair after the other: sign on, take an incident through its steps, close it, again and again.</summary>
    private static async Task WorkAsync(
        ApiClient client, History history, int worker, int round, CancellationToken stop)
    {
        var pair = worker < 3 ? $"north-{worker + 1}" : $"south-{worker - 2}";
        try
        {
            await client.PostAsync($"pairs/{pair}/sign-on", new { officerIds = new[] { $"{pair}-a", $"{pair}-b" } }, $"on-{round}-{worker}");
            await FinishOldWorkAsync(client, history, pair, $"{round}-{worker}");
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                var key = $"{round}-{worker}-{i}";
                if (await history.DoAsync(client, "incidents", Opening(worker, i), $"open-{key}") is not { } incident)
                {
                    continue;
                }

                var id = (string)incident["id"]!;
                await history.DoAsync(client, $"incidents/{id}/notes", new { text = $"note {key}" }, $"note-{key}");
                if (await history.DoAsync(client, $"incidents/{id}/offers", new { pairIds = new[] { pair } }, $"offer-{key}") is not { } offered)
                {
                    continue;
                }

                var offer = (string)offered["offers"]![0]!["id"]!;
                await history.DoAsync(client, $"offers/{offer}/accept", null, $"accept-{key}");
                foreach (var status in new[] { "enRoute", "onScene", "reported", "cleared" })
                {
                    await history.DoAsync(client, $"incidents/{id}/assignments/{pair}/status", new { status }, $"{status}-{key}");
                }

                await history.DoAsync(client, $"incidents/{id}/close", new { disposition = "settled" }, $"close-{key}");
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or IOException)
        {
            // The server was killed; what was under way is unknown, and so it is not checked.
        }
    }

    /// <summary>A pair that was committed when the server died is committed still, and is cleared first.</summary>
    private static async Task FinishOldWorkAsync(ApiClient client, History history, string pair, string key)
    {
        var (_, view) = await client.GetAsync($"pairs/{pair}");
        if (view!["commitment"] is { } commitment)
        {
            var id = (string)commitment["incidentId"]!;
            await history.DoAsync(client, $"incidents/{id}/assignments/{pair}/status", new { status = "cleared" }, $"old-{key}");
        }
    }

    private static object Opening(int worker, int i) => new
    {
        category = "dispute",
        priority = 1 + (i % 4),
        location = new { lat = worker < 3 ? 35.15 : 35.05, lon = 115.05 },
        summary = $"worker {worker} incident {i}",
    };

    /// <summary>What was acknowledged, and whether it is still so.</summary>
    private sealed class History : IDisposable
    {
        private readonly ConcurrentDictionary<string, (string Path, object? Body, JsonNode Answer)> acknowledged = new();
        private readonly SemaphoreSlim counted = new(0);

        public void Dispose() => counted.Dispose();

        public int Count => acknowledged.Count;

        public async Task<JsonNode?> DoAsync(ApiClient client, string path, object? body, string key)
        {
            var (status, answer) = await client.PostAsync(path, body, key);
            if ((int)status is >= 200 and < 300)
            {
                acknowledged[key] = (path, body, answer!);
                counted.Release();
                return answer;
            }

            Assert.True(status is HttpStatusCode.Conflict or HttpStatusCode.ServiceUnavailable, $"{path}: {(int)status} {answer}");
            return null;
        }

        public async Task WaitForAsync(int commands)
        {
            for (var i = 0; i < commands; i++)
            {
                Assert.True(await counted.WaitAsync(TimeSpan.FromSeconds(60)), "No command was acknowledged for 60 s.");
            }
        }

        /// <summary>Sends every acknowledged command again: the first answer must come back, and do nothing.</summary>
        public async Task CheckAsync(ApiClient client)
        {
            await Parallel.ForEachAsync(acknowledged, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (entry, _) =>
            {
                var (status, answer) = await client.PostAsync(entry.Value.Path, entry.Value.Body, entry.Key);
                Assert.True((int)status is >= 200 and < 300, $"{entry.Key} was acknowledged and is now {(int)status}: {answer}");
                Assert.True(
                    JsonNode.DeepEquals(entry.Value.Answer, answer), $"{entry.Key} was answered\n{entry.Value.Answer}\nand now\n{answer}");
            });
            while (counted.Wait(0))
            {
            }
        }
    }
}
