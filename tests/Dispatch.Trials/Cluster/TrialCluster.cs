using Dispatch.Processes;
using Dispatch.Trials.Clients;
using Dispatch.Trials.Recording;

namespace Dispatch.Trials.Cluster;

/// <summary>What a cluster is started with.</summary>
/// <param name="Pairs">How many pairs of the trial's own there are.</param>
public sealed record TrialSetup(int Pairs)
{
    /// <summary>Recorded calls whose organisation it has beside the trial's own.</summary>
    public RecordedCalls? Recorded { get; init; }

    /// <summary>Settings of the web nodes.</summary>
    public IReadOnlyList<(string Key, string Value)> WebSettings { get; init; } = [];
}

/// <summary>Three silos and two web nodes as processes of their own on a private PostgreSQL, all on loopback.</summary>
public sealed class TrialCluster : IAsyncDisposable
{
    /// <summary>Silos.</summary>
    public const int SiloCount = 3;

    /// <summary>Web nodes.</summary>
    public const int WebCount = 2;

    private readonly string directory;

    private TrialCluster(PostgresServer postgres, string database, string directory, string organisation, TrialSetup setup)
    {
        this.directory = directory;
        OrganisationFile = organisation;
        Postgres = postgres;
        Database = database;
        Pairs = setup.Pairs;
        Silos = [.. Enumerable.Range(0, SiloCount).Select(_ => new SiloProcess(database))];
        Webs = [.. Enumerable.Range(0, WebCount).Select(_ => DispatchServer.On(
            database, [("Dispatch__Mode", "Cluster"), ("Dispatch__Organisation", organisation), .. setup.WebSettings]))];
    }

    /// <summary>The database server.</summary>
    public PostgresServer Postgres { get; }

    /// <summary>Connection string of the database.</summary>
    public string Database { get; }

    /// <summary>The file of its organisation.</summary>
    public string OrganisationFile { get; }

    /// <summary>How many pairs of the trial's own there are.</summary>
    public int Pairs { get; }

    /// <summary>The silos.</summary>
    public IReadOnlyList<SiloProcess> Silos { get; }

    /// <summary>The web nodes.</summary>
    public IReadOnlyList<DispatchServer> Webs { get; }

    /// <summary>Starts everything.</summary>
    /// <param name="pairs">How many pairs there are.</param>
    public static Task<TrialCluster> StartAsync(int pairs) => StartAsync(new TrialSetup(pairs));

    /// <summary>Starts everything.</summary>
    public static async Task<TrialCluster> StartAsync(TrialSetup setup)
    {
        var postgres = await PostgresServer.StartAsync();
        var directory = Directory.CreateTempSubdirectory("dispatch-trial-").FullName;
        var recorded = setup.Recorded is { } calls ? await calls.OrganisationAsync(directory) : null;
        var organisation = await TrialOrganisation.WriteAsync(directory, setup.Pairs, recorded);
        var cluster = new TrialCluster(postgres, await postgres.CreateDatabaseAsync(), directory, organisation, setup);
        try
        {
            await Task.WhenAll(cluster.Silos.Select(x => x.StartAsync()));

            // The first web node imports the organisation and makes the accounts; the others find them.
            foreach (var web in cluster.Webs)
            {
                await web.StartAsync();
            }
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }

        return cluster;
    }

    /// <summary>A client of its web nodes.</summary>
    public ApiClient Client(string userName, HistoryRecorder history, int seed) =>
        new([.. Webs.Select(x => x.Url)], userName, DispatchServer.Password, history, seed);

    /// <summary>Starts again whatever does not run.</summary>
    public async Task MakeWholeAsync()
    {
        foreach (var process in Silos.Concat<ServerProcess>(Webs).Where(x => !x.IsRunning))
        {
            await process.StartAsync();
        }
    }

    /// <summary>Writes what the processes printed last.</summary>
    public async Task WriteOutputAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, process) in Silos.Select((x, i) => ($"silo-{i}.log", (ServerProcess)x)).Concat(Webs.Select((x, i) => ($"web-{i}.log", (ServerProcess)x))))
        {
            await File.WriteAllTextAsync(Path.Combine(folder, name), process.Output);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Silos.Concat<ServerProcess>(Webs).Select(x => x.DisposeAsync().AsTask()));
        await Postgres.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }
}
