using System.Text.Json;

namespace Dispatch.Trials.Clients;

/// <summary>A client's copy of a feed, by the rules of the public contract.</summary>
public sealed class FeedCopy
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, JsonElement> values = new(StringComparer.Ordinal);
    private string? epoch;
    private long seq;

    /// <summary>Where it stands, to be sent with a subscription; null before the first message.</summary>
    public object? Cursor
    {
        get
        {
            lock (gate)
            {
                return epoch is null ? null : new { epoch, seq };
            }
        }
    }

    /// <summary>Takes a message.</summary>
    /// <returns>False where something is missing in between.</returns>
    public bool Apply(JsonElement message)
    {
        lock (gate)
        {
            var snapshot = message.GetProperty("snapshot").GetBoolean();
            if (!snapshot && (message.GetProperty("epoch").GetString() != epoch || message.GetProperty("from").GetInt64() != seq))
            {
                return false;
            }

            if (snapshot)
            {
                values.Clear();
            }

            foreach (var change in message.GetProperty("changes").EnumerateArray())
            {
                var key = change.GetProperty("key").GetString()!;
                if (!change.TryGetProperty("value", out var value) || value.ValueKind == JsonValueKind.Null)
                {
                    values.Remove(key);
                }
                else
                {
                    values[key] = value.Clone();
                }
            }

            (epoch, seq) = (message.GetProperty("epoch").GetString(), message.GetProperty("to").GetInt64());
            return true;
        }
    }

    /// <summary>The values of all keys that begin like this.</summary>
    public IReadOnlyList<JsonElement> All(string prefix)
    {
        lock (gate)
        {
            return [.. values.Where(x => x.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(x => x.Value)];
        }
    }
}
