using System.Globalization;
using Dispatch.Live;

namespace Dispatch.Tests.Live;

/// <summary>The server's side of a feed, which sends in parts and remembers what it was at each moment of each life.</summary>
public sealed class ModelFeed
{
    private readonly Dictionary<(string Epoch, long Seq), string> past = [];
    private readonly Dictionary<string, string> content = new(StringComparer.Ordinal);
    private VersionedMap map;
    private int lives;

    public ModelFeed(string name)
    {
        Name = name;
        map = new VersionedMap("e0", maxTombstones: 4);
        Remember();
    }

    public string Name { get; }

    public FeedCursor Cursor => new(map.Epoch, map.Seq);

    public string Content => past[(map.Epoch, map.Seq)];

    public static string Text(IEnumerable<KeyValuePair<string, JsonText>> values) => Text(values.Select(x => (x.Key, x.Value.ToString())));

    /// <summary>What a client shows must be what the feed was at some moment: never half of it.</summary>
    public string At(FeedCursor cursor) => past.GetValueOrDefault((cursor.Epoch, cursor.Seq), "the feed never was there");

    public void Set(string key, int? value)
    {
        if (map.Set(key, value is { } number ? JsonText.Of(number) : default))
        {
            content[key] = map[key].ToString();
            _ = value is null && content.Remove(key);
            Remember();
        }
    }

    /// <summary>Begins another life with what it has.</summary>
    public void Restart()
    {
        var before = map;
        map = new VersionedMap(string.Create(CultureInfo.InvariantCulture, $"e{++lives}"), maxTombstones: 4);
        Remember(string.Empty);
        content.Clear();
        foreach (var key in before.Keys.ToArray())
        {
            Set(key, before[key].As<int>());
        }
    }

    /// <summary>
    /// What a client at this cursor is sent next, about so many changes of it at once; null where it has everything. A snapshot's first part goes
    /// as far as there are forgotten removals, so that any later part is good for whoever stands where it begins.
    /// </summary>
    public FeedMessage? Next(FeedCursor? cursor, int most)
    {
        var batch = map.Read(cursor);
        if (batch.IsEmpty && batch.To == batch.From)
        {
            return null;
        }

        var taken = Math.Min(most, batch.Changes.Length);
        while (taken > 0 && taken < batch.Changes.Length && map.Read(new FeedCursor(batch.Epoch, batch.Changes[taken - 1].Seq)).Snapshot)
        {
            taken++;
        }

        var isLast = taken == batch.Changes.Length;
        return new FeedMessage(
            Name, batch.Epoch, batch.From, isLast ? batch.To : batch.Changes[taken - 1].Seq, batch.Snapshot,
            [.. batch.Changes.Take(taken).Select(x => new FeedChange(x.Key, x.Value))], !isLast);
    }

    private static string Text(IEnumerable<(string Key, string Value)> values) =>
        string.Join(';', values.OrderBy(x => x.Key, StringComparer.Ordinal).Select(x => $"{x.Key}={x.Value}"));

    private void Remember() => Remember(Text(content.Select(x => (x.Key, x.Value))));

    private void Remember(string text) => past[(map.Epoch, map.Seq)] = text;
}
