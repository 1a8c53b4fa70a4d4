using System.Buffers.Text;

namespace Dispatch.Benchmarks.Live.Clients;

/// <summary>Finds in a message of the hub the few things that are measured, by searching its bytes; nothing is parsed.</summary>
public static class FeedScan
{
    /// <summary>The head of a <c>Feed</c> message.</summary>
    /// <param name="From">The cursor it applies to.</param>
    /// <param name="To">The cursor after it.</param>
    /// <param name="Snapshot">Whether it replaces everything.</param>
    /// <param name="More">Whether further parts of the same batch follow.</param>
    /// <param name="Length">Where the changes begin.</param>
    public readonly record struct Head(long From, long To, bool Snapshot, bool More, int Length);

    private static ReadOnlySpan<byte> Start => "{\"type\":1,\"target\":\"Feed\",\"arguments\":[{\"feed\":\""u8;

    /// <summary>Whether a message is a <c>Feed</c>, and its head.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out Head head)
    {
        head = default;
        if (!message.StartsWith(Start))
        {
            return false;
        }

        var at = 0;
        var from = Number(message, "\"from\":"u8, ref at);
        var to = Number(message, "\"to\":"u8, ref at);
        var snapshot = message[at..].StartsWith(",\"snapshot\":true"u8);
        var more = message[^Math.Min(message.Length, 20)..].IndexOf("\"more\":true"u8) >= 0;
        head = new Head(from, to, snapshot, more, at);
        return true;
    }

    /// <summary>The feed's epoch.</summary>
    public static string Epoch(ReadOnlySpan<byte> message) => Text(message, "\"epoch\":\""u8);

    /// <summary>Finds the next changed pair and its version.</summary>
    /// <param name="message">The message.</param>
    /// <param name="at">Where to go on; set behind what was found.</param>
    /// <param name="pair">Number of the pair, see <see cref="LiveTown.PairId"/>.</param>
    /// <param name="version">Its version.</param>
    public static bool TryNextPair(ReadOnlySpan<byte> message, ref int at, out int pair, out long version)
    {
        version = 0;
        if (!TryNextKey(message, ref at, out pair))
        {
            return false;
        }

        version = Number(message, "\"version\":"u8, ref at);
        return true;
    }

    /// <summary>Finds the next changed pair alone.</summary>
    public static bool TryNextKey(ReadOnlySpan<byte> message, ref int at, out int pair)
    {
        pair = 0;
        var key = "\"key\":\"pair/p"u8;
        var found = message[at..].IndexOf(key);
        if (found < 0)
        {
            return false;
        }

        at += found + key.Length;
        if (!Utf8Parser.TryParse(message[at..], out pair, out var digits))
        {
            throw new FormatException("A key of the feed has no pair's number.");
        }

        at += digits;
        return true;
    }

    /// <summary>The id of the call that a completion answers; 0 where the message is none.</summary>
    public static int CompletedCall(ReadOnlySpan<byte> message)
    {
        var start = "{\"type\":3,\"invocationId\":\""u8;
        return message.StartsWith(start) && Utf8Parser.TryParse(message[start.Length..], out int id, out _) ? id : 0;
    }

    private static long Number(ReadOnlySpan<byte> message, ReadOnlySpan<byte> name, ref int at)
    {
        var found = message[at..].IndexOf(name);
        if (found < 0 || !Utf8Parser.TryParse(message[(at + found + name.Length)..], out long number, out var digits))
        {
            throw new FormatException($"A message of the feed has no {System.Text.Encoding.ASCII.GetString(name)} after {at}.");
        }

        at += found + name.Length + digits;
        return number;
    }

    private static string Text(ReadOnlySpan<byte> message, ReadOnlySpan<byte> name)
    {
        var rest = message[(message.IndexOf(name) + name.Length)..];
        return System.Text.Encoding.UTF8.GetString(rest[..rest.IndexOf((byte)'"')]);
    }
}
