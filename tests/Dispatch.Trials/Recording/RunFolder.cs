using System.Text.Json;
using System.Text.Json.Serialization;
using Dispatch.Trials.Checking;

namespace Dispatch.Trials.Recording;

/// <summary>A recorded run as files of one JSON value a line, so that it can be checked again, read by other tools and kept as evidence.</summary>
public static class RunFolder
{
    private const string Attempts = "attempts.jsonl";
    private const string Journal = "journal.jsonl";
    private const string Final = "final.jsonl";
    private const string Disturbances = "disturbances.jsonl";
    private const string Faults = "faults.jsonl";
    private const string Replays = "replays.log";
    private const string About = "run.json";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter<FeedRule>() } };

    /// <summary>Writes it; the folder is made where it is missing.</summary>
    public static async Task WriteAsync(string folder, Trial trial, string about)
    {
        Directory.CreateDirectory(folder);
        await WriteAsync(folder, Attempts, trial.Attempts);
        await WriteAsync(folder, Journal, trial.Journal);
        await WriteAsync(folder, Final, trial.Final);
        await WriteAsync(folder, Disturbances, trial.Disturbances);
        var described = new Described(about, trial.QuietAt, trial.DeadlineTolerance.TotalSeconds, new Dictionary<string, long>(trial.Before));
        await File.WriteAllTextAsync(Path.Combine(folder, About), JsonSerializer.Serialize(described, Json));
    }

    /// <summary>Writes what was recorded of screens; the folder is made where it is missing.</summary>
    public static async Task WriteAsync(string folder, ScreensRecord record, string about)
    {
        Directory.CreateDirectory(folder);
        await WriteAsync(folder, Faults, record.Faults);
        await WriteAsync(folder, Disturbances, record.Disturbances);
        await WriteAsync(folder, Attempts, record.Attempts);
        await WriteAsync(folder, Journal, record.Journal);
        await File.WriteAllLinesAsync(Path.Combine(folder, Replays), record.Replays);
        await File.WriteAllTextAsync(Path.Combine(folder, About), JsonSerializer.Serialize(new { about }, Json));
    }

    /// <summary>Reads what <see cref="WriteAsync(string, Trial, string)"/> wrote.</summary>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    /// <exception cref="JsonException">A line is not what is expected.</exception>
    public static async Task<(Trial Trial, string About)> ReadAsync(string folder)
    {
        var described = JsonSerializer.Deserialize<Described>(await File.ReadAllTextAsync(Path.Combine(folder, About)), Json)!;
        var trial = new Trial(
            await ReadAsync<Attempt>(folder, Attempts),
            await ReadAsync<JournalRow>(folder, Journal),
            await ReadAsync<FinalView>(folder, Final),
            await ReadAsync<Disturbance>(folder, Disturbances),
            described.QuietAt)
        {
            Before = described.Before, DeadlineTolerance = TimeSpan.FromSeconds(described.DeadlineToleranceSeconds),
        };
        return (trial, described.About);
    }

    private static Task WriteAsync<T>(string folder, string file, IEnumerable<T> values) =>
        File.WriteAllLinesAsync(Path.Combine(folder, file), values.Select(x => JsonSerializer.Serialize(x, Json)));

    private static async Task<IReadOnlyList<T>> ReadAsync<T>(string folder, string file)
    {
        var values = new List<T>();
        await foreach (var line in File.ReadLinesAsync(Path.Combine(folder, file)))
        {
            values.Add(JsonSerializer.Deserialize<T>(line, Json)!);
        }

        return values;
    }

    private sealed record Described(string About, DateTimeOffset QuietAt, double DeadlineToleranceSeconds, Dictionary<string, long> Before);
}
