using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dispatch.Live;

/// <summary>JSON that was serialised once, where it was made, and is passed on as bytes. The empty value is JSON null.</summary>
/// <param name="Utf8">Valid UTF-8 JSON, or null for JSON null.</param>
[GenerateSerializer, Immutable, Alias("dispatch.json-text")]
[JsonConverter(typeof(Converter))]
public readonly record struct JsonText(byte[]? Utf8)
{
    /// <summary>Serialises with the names of the public contract.</summary>
    public static JsonText Of<T>(T value) => new(JsonSerializer.SerializeToUtf8Bytes(value, DispatchJson.Options));

    /// <summary>Whether it is JSON null.</summary>
    [JsonIgnore]
    public bool IsNull => Utf8 is null;

    /// <summary>Reads it back.</summary>
    public T? As<T>() => Utf8 is null ? default : JsonSerializer.Deserialize<T>(Utf8, DispatchJson.Options);

    /// <inheritdoc/>
    public bool Equals(JsonText other) =>
        Utf8 is null ? other.Utf8 is null : other.Utf8 is not null && Utf8.AsSpan().SequenceEqual(other.Utf8);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Utf8);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => Utf8 is null ? "null" : Encoding.UTF8.GetString(Utf8);

    /// <summary>Writes the bytes as they are; reads any JSON value.</summary>
    public sealed class Converter : JsonConverter<JsonText>
    {
        /// <inheritdoc/>
        public override bool HandleNull => true;

        /// <inheritdoc/>
        public override JsonText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.Null)
            {
                return default;
            }

            using var document = JsonDocument.ParseValue(ref reader);
            var buffer = new ArrayBufferWriter<byte>();
            using (var writer = new Utf8JsonWriter(buffer))
            {
                document.RootElement.WriteTo(writer);
            }

            return new JsonText(buffer.WrittenSpan.ToArray());
        }

        /// <inheritdoc/>
        public override void Write(Utf8JsonWriter writer, JsonText value, JsonSerializerOptions options)
        {
            if (value.Utf8 is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                writer.WriteRawValue(value.Utf8, skipInputValidation: true);
            }
        }
    }
}
