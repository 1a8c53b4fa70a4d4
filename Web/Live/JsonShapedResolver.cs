using System.Text;
using System.Text.Json;
using MessagePack;
using MessagePack.Formatters;
using MessagePack.Resolvers;

namespace Dispatch.Live;

/// <summary>
/// MessagePack with the very names and values of our JSON: what is ours is written by System.Text.Json and transcoded, so the two protocols
/// cannot drift apart. A feed's batch is serialised once for all its screens, so the second step costs next to nothing.
/// </summary>
public sealed class JsonShapedResolver : IFormatterResolver
{
    /// <summary>For SignalR's MessagePack protocol: primitives as they are, ours as JSON would have them.</summary>
    public static readonly MessagePackSerializerOptions Options = MessagePackSerializerOptions.Standard
        .WithResolver(CompositeResolver.Create(BuiltinResolver.Instance, PrimitiveObjectResolver.Instance, new JsonShapedResolver()))
        .WithSecurity(MessagePackSecurity.UntrustedData);

    /// <inheritdoc/>
    public IMessagePackFormatter<T>? GetFormatter<T>() => Cache<T>.Formatter;

    private static class Cache<T>
    {
        public static readonly IMessagePackFormatter<T>? Formatter =
            typeof(T).Namespace?.StartsWith("Dispatch", StringComparison.Ordinal) == true ? new JsonShapedFormatter<T>() : null;
    }

    private sealed class JsonShapedFormatter<T> : IMessagePackFormatter<T>
    {
        public void Serialize(ref MessagePackWriter writer, T value, MessagePackSerializerOptions options)
        {
            using var json = new StringReader(JsonSerializer.Serialize(value, DispatchJson.Options));
            MessagePackSerializer.ConvertFromJson(json, ref writer, options);
        }

        public T Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
        {
            var json = new StringBuilder();
            using (var text = new StringWriter(json))
            {
                MessagePackSerializer.ConvertToJson(ref reader, text, options);
            }

            return JsonSerializer.Deserialize<T>(json.ToString(), DispatchJson.Options)!;
        }
    }
}
