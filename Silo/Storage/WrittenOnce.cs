using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Dispatch.Live;

namespace Dispatch.Storage;

/// <summary>
/// Writes an immutable value as the bytes it was written as before. A record is stored whole with every change, and all but one of its notes,
/// offers and assignments are the same objects as the last time; they are kept as bytes for as long as they live.
/// </summary>
/// <typeparam name="T">An immutable record; a changed copy is another object and is written anew.</typeparam>
public sealed class WrittenOnce<T> : JsonConverter<T>
    where T : class
{
    private static readonly ConditionalWeakTable<T, byte[]> Written = [];

    /// <inheritdoc/>
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize<T>(ref reader, DispatchJson.Options);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteRawValue(
            Written.GetValue(value, static x => JsonSerializer.SerializeToUtf8Bytes(x, DispatchJson.Options)), skipInputValidation: true);
    }
}
