using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Dispatch.Month;

/// <summary>What the answers gave so far: names in paths and bodies are replaced by it.</summary>
public sealed partial class MonthNames
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);
    private readonly HashSet<string> absent = new(StringComparer.Ordinal);

    /// <summary>What is known.</summary>
    public IReadOnlyDictionary<string, string> Values => values;

    /// <summary>What a name stands for; null where it is not known.</summary>
    public string? Find(string name) => values.GetValueOrDefault(name);

    /// <summary>Nobody will know these.</summary>
    public void Miss(IEnumerable<string> names) => absent.UnionWith(names);

    /// <summary>Whether nobody will know a name that a step needs.</summary>
    public bool Misses(MonthStep step) => Needed(step).Any(absent.Contains);

    /// <summary>The first name that a step needs and that is not known; null where all are.</summary>
    public string? FirstUnknown(MonthStep step) => Needed(step).FirstOrDefault(x => !values.ContainsKey(x));

    /// <summary>A text with what its names stand for.</summary>
    public string Fill(string text) => Name().Replace(text, x => values.GetValueOrDefault(x.Groups[1].Value) ?? x.Value);

    /// <summary>A body with what the names in its texts stand for.</summary>
    public JsonNode? Fill(JsonNode? body) => body switch
    {
        JsonObject x => new JsonObject(x.Select(y => KeyValuePair.Create(y.Key, Fill(y.Value)))),
        JsonArray x => new JsonArray([.. x.Select(Fill)]),
        JsonValue x when x.TryGetValue<string>(out var text) => JsonValue.Create(Fill(text)),
        _ => body?.DeepClone(),
    };

    /// <summary>Takes from an answer what a step names of it.</summary>
    /// <returns>Whether all was there.</returns>
    public bool Take(MonthStep step, JsonNode? answer)
    {
        ArgumentNullException.ThrowIfNull(step);
        foreach (var (name, path) in step.Ids)
        {
            if (Follow(answer, Fill(path)) is not { } value)
            {
                return false;
            }

            values[name] = value;
        }

        return true;
    }

    private static string? Follow(JsonNode? node, string path)
    {
        foreach (var part in path.Split('.'))
        {
            node = (node, part.IndexOf('=', StringComparison.Ordinal)) switch
            {
                (JsonArray list, > 0 and var at) => list.LastOrDefault(x => Text(x, part[..at]) == part[(at + 1)..]),
                (JsonArray list, _) => list.Count == 0 ? null : list[^1],
                (JsonObject one, _) => one[part],
                _ => null,
            };
        }

        return Text(node);
    }

    /// <summary>What a thing says under a name, or the first of a list in it.</summary>
    private static string? Text(JsonNode? thing, string name) =>
        name.Split('/') is [var list, var of] ? Text((thing?[list] as JsonArray)?.FirstOrDefault()?[of]) : Text(thing?[name]);

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static IEnumerable<string> Needed(MonthStep step) =>
        Names(step.Path).Concat(Names(step.Body?.ToJsonString() ?? string.Empty)).Concat(step.Ids.Values.SelectMany(Names));

    private static IEnumerable<string> Names(string text) => Name().Matches(text).Select(x => x.Groups[1].Value);

    [GeneratedRegex(@"\{([a-zA-Z][a-zA-Z0-9-]*)\}")]
    private static partial Regex Name();
}
