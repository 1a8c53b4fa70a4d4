using System.Text.Json;
using Dispatch.Incidents;
using Dispatch.Live;
using Orleans.Storage;

namespace Dispatch.Storage;

/// <summary>Stores grain state as JSON with our own names, so that renaming a CLR type breaks nothing that is stored.</summary>
public sealed class DispatchGrainStorageSerializer : IGrainStorageSerializer
{
    private static readonly JsonSerializerOptions Options = Create();

    /// <inheritdoc/>
    public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input, Options));

    /// <inheritdoc/>
    public T Deserialize<T>(BinaryData input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return JsonSerializer.Deserialize<T>(input.ToMemory().Span, DispatchJson.Options)
            ?? throw new JsonException($"Stored state of {typeof(T).Name} is null.");
    }

    /// <summary>The same JSON; what an incident has most of is not made anew each time.</summary>
    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(DispatchJson.Options);
        options.Converters.Add(new WrittenOnce<NoteView>());
        options.Converters.Add(new WrittenOnce<OfferView>());
        options.Converters.Add(new WrittenOnce<AssignmentView>());
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
