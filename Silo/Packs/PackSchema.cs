using System.Text.Json;
using Json.Pointer;
using Json.Schema;

namespace Dispatch.Packs;

/// <summary>The JSON Schema of model packs.</summary>
public sealed class PackSchema
{
    /// <summary>Its file, which is no pack.</summary>
    public const string FileName = "pack.schema.json";

    private static readonly EvaluationOptions Options = new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true };
    private readonly JsonSchema schema;
    private readonly JsonElement text;

    /// <summary>Reads it.</summary>
    public PackSchema(string json)
    {
        schema = JsonSchema.FromText(json);
        text = JsonElement.Parse(json);
    }

    /// <summary>The first fault of a document; null where it satisfies the schema.</summary>
    public PackFault? FindFault(JsonElement document)
    {
        var result = schema.Evaluate(document, Options);
        return result.IsValid ? null
            : (result.Details ?? []).Prepend(result).Where(x => x.Errors is { Count: > 0 }).Select(Describe).FirstOrDefault()
                ?? new PackFault(string.Empty, "It does not satisfy the schema.");
    }

    /// <summary>What the schema says should be there, where it says so in words, before what the library says is wrong.</summary>
    private PackFault Describe(EvaluationResults result)
    {
        var (keyword, message) = result.Errors!.First();
        var expected = JsonPointer.TryParse(Uri.UnescapeDataString(result.SchemaLocation.Fragment.TrimStart('#')), out var at)
            && at.Evaluate(text) is { ValueKind: JsonValueKind.Object } part && part.TryGetProperty("description", out var description)
            ? $"expected {description.GetString()}; "
            : string.Empty;
        return new PackFault(result.InstanceLocation.ToString(), keyword.Length == 0 ? "There is no such property." : $"{expected}{message}.");
    }
}
