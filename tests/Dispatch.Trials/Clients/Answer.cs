using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Dispatch.Trials.Checking;

namespace Dispatch.Trials.Clients;

/// <summary>What a client makes of an answer.</summary>
/// <param name="Outcome">What it now knows.</param>
/// <param name="Code">Code of the refusal, or what went wrong.</param>
/// <param name="Body">The body of an acknowledgement.</param>
public sealed record Answer(Outcome Outcome, string? Code, JsonElement Body = default)
{
    /// <summary>Left out of a pair's digest: where it is and how far its work is are not part of what a command on it answers for.</summary>
    private static readonly HashSet<string> Passing = new(StringComparer.Ordinal) { "position", "commitment" };

    /// <summary>Whether it was acknowledged.</summary>
    public bool IsOk => Outcome == Outcome.Ok;

    /// <summary>The incident or the pair that it shows.</summary>
    public JsonElement Subject => Body.TryGetProperty("incident", out var incident) ? incident : Body;

    /// <summary>Id of the incident or the pair.</summary>
    public string Id => Subject.GetProperty("id").GetString()!;

    /// <summary>Journal stream of the incident or the pair.</summary>
    public string Stream => Subject.TryGetProperty("callSign", out _) ? $"pair/{Id}" : $"incident/{Id}";

    /// <summary>Its version.</summary>
    public long Version => Subject.GetProperty("version").GetInt64();

    /// <summary>The ids of offers that a request made.</summary>
    public IEnumerable<(string Id, string PairId)> Offers => Body.TryGetProperty("offers", out var offers)
        ? offers.EnumerateArray().Select(x => (x.GetProperty("id").GetString()!, x.GetProperty("pairId").GetString()!))
        : [];

    /// <summary>Digest of the body, whatever the order of its names; a null counts as absent.</summary>
    public string Digest()
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            Write(writer, Body, Stream.StartsWith("pair/", StringComparison.Ordinal) ? Passing : []);
        }

        return Convert.ToHexStringLower(SHA256.HashData(bytes.WrittenSpan).AsSpan(0, 8));
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value, HashSet<string> without)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in value.EnumerateObject().OrderBy(x => x.Name, StringComparer.Ordinal))
                {
                    if (property.Value.ValueKind != JsonValueKind.Null && !without.Contains(property.Name))
                    {
                        writer.WritePropertyName(property.Name);
                        Write(writer, property.Value, []);
                    }
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(writer, item, []);
                }

                writer.WriteEndArray();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
