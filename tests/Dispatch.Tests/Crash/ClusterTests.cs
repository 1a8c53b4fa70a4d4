using System.Net;
using System.Text.Json.Nodes;
using Dispatch.Tests.Processes;

namespace Dispatch.Tests.Crash;

/// <summary>Silos and a web node as processes of their own on PostgreSQL: the same commands work, and go on when a silo is killed.</summary>
public sealed class ClusterTests(PostgresServer postgres)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Cluster_OneOfTwoSilosKilled_EveryAcknowledgedCommandHoldsAndWorkGoesOn()
    {
        var database = await postgres.CreateDatabaseAsync();
        var directory = Directory.CreateTempSubdirectory("dispatch-organisation-").FullName;
        await using var first = new SiloProcess(database);
        await using var second = new SiloProcess(database);
        await Task.WhenAll(first.StartAsync(), second.StartAsync());
        await using var web = DispatchServer.On(
            database, ("Dispatch__Mode", "Cluster"), ("Dispatch__Organisation", await TestOrganisation.WriteAsync(directory)));
        await web.StartAsync();
        using var dispatcher = await ApiClient.SignInAsync(web.Url, "dispatcher");
        var opened = new List<(string Key, JsonNode Answer)>();
        for (var i = 0; i < 20; i++)
        {
            opened.Add(await OpenAsync(dispatcher, $"before-{i}"));
        }

        await first.KillAsync();
        for (var i = 0; i < 20; i++)
        {
            opened.Add(await OpenAsync(dispatcher, $"after-{i}"));
        }

        foreach (var (key, answer) in opened)
        {
            var again = await OpenAsync(dispatcher, key);
            Assert.True(JsonNode.DeepEquals(answer, again.Answer), $"{key} was answered\n{answer}\nand now\n{again.Answer}");
        }

        var numbers = opened.Select(x => (string)x.Answer["number"]!).ToList();
        Assert.Equal(numbers.Count, numbers.Distinct().Count());
        Assert.Equal(0, await web.StopAsync());
    }

    /// <summary>Opens an incident, repeating the command under its key while its outcome is unknown.</summary>
    private static async Task<(string Key, JsonNode Answer)> OpenAsync(ApiClient client, string key)
    {
        using var late = new CancellationTokenSource(Patience);
        while (true)
        {
            var (status, answer) = await client.PostAsync(
                "incidents", new { category = "dispute", priority = 2, location = new { lat = 35.15, lon = 115.05 }, summary = key }, key);
            if (status != HttpStatusCode.ServiceUnavailable)
            {
                Assert.True(status == HttpStatusCode.Created, $"{key}: {(int)status} {answer}");
                return (key, answer!);
            }

            Assert.False(late.IsCancellationRequested, $"{key} was not answered within {Patience}: {answer}");
        }
    }
}
