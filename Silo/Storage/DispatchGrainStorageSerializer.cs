using System.Text.Json;
using Dispatch.Live;
using Orleans.Storage;

namespace Dispatch.Storage;

/// <summary>Stores grain state as JSON with our own names, so that renaming a CLR type breaks nothing that is stored.</summary>
public sealed class DispatchGrainStorageSerializer : IGrainStorageSerializer
{
    /// <inheritdoc/>
    public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input, DispatchJson.Options));

    /// <inheritdoc/>
    public T Deserialize<T>(BinaryData input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return JsonSerializer.Deserialize<T>(input.ToMemory().Span, DispatchJson.Options)
            ?? throw new JsonException($"Stored state of {typeof(T).Name} is null.");
    }
}
