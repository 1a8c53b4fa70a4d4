using System.Text.Json.Nodes;
using Dispatch.Processes;

namespace Dispatch.Trials.Cluster;

/// <summary>Recorded calls of a fire department beside the project, where they are; everything works without them.</summary>
/// <param name="Folder">Where the files lie.</param>
public sealed record RecordedCalls(string Folder)
{
    /// <summary>The calls.</summary>
    public string Calls => Path.Combine(Folder, "sf-fire-calls-2020-04.csv");

    private string Neighborhoods => Path.Combine(Folder, "sf-neighborhoods.geojson");

    private string Stations => Path.Combine(Folder, "sf-fire-stations.csv");

    /// <summary>Those of this machine; null where there are none.</summary>
    public static RecordedCalls? Find()
    {
        var found = new RecordedCalls(Path.GetFullPath(Path.Combine(BuildFacts.ProjectRoot, "..", "shared", "data")));
        return File.Exists(found.Calls) && File.Exists(found.Neighborhoods) && File.Exists(found.Stations) ? found : null;
    }

    /// <summary>The organisation that answered them, as the product's own command makes it.</summary>
    public async Task<JsonObject> OrganisationAsync(string directory)
    {
        var path = Path.Combine(directory, "recorded.json");
        await using var command = new WebCommand(
            "organisation", "from-sf-fire", "--calls", Calls, "--neighborhoods", Neighborhoods, "--stations", Stations, "--out", path);
        var exit = await command.RunToEndAsync(CancellationToken.None);
        return exit == 0
            ? JsonNode.Parse(await File.ReadAllTextAsync(path))!.AsObject()
            : throw new InvalidOperationException($"The organisation of the recorded calls could not be made:\n{command.Output}");
    }
}
