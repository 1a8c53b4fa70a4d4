using System.Collections.Immutable;

namespace Dispatch.Incidents;

/// <summary>
/// Who looks at an incident, as its web nodes tell. Whoever looks on several screens or nodes is there once, since the earliest. What a node said
/// is forgotten after a while: it may have died. Used from the incident's own turns only.
/// </summary>
public sealed class Lookers(TimeProvider time)
{
    private readonly Dictionary<string, (DateTimeOffset Until, ImmutableArray<Looker> Present)> byNode = new(StringComparer.Ordinal);
    private Dictionary<string, Looker> shown = new(StringComparer.Ordinal);

    /// <summary>Whether nobody looks.</summary>
    public bool IsEmpty => byNode.Count == 0;

    /// <summary>A web node says who looks there.</summary>
    public void Tell(string node, ImmutableArray<Looker> present)
    {
        if (present.IsEmpty)
        {
            byNode.Remove(node);
        }
        else
        {
            byNode[node] = (time.GetUtcNow() + Looker.GoodFor, present);
        }
    }

    /// <summary>Forgets what nodes said too long ago.</summary>
    public void Forget()
    {
        foreach (var node in byNode.Where(x => x.Value.Until <= time.GetUtcNow()).Select(x => x.Key).ToArray())
        {
            byNode.Remove(node);
        }
    }

    /// <summary>What changed since this was asked last: keys of the incident's feed with their values, null for who left.</summary>
    public IReadOnlyList<(string Key, Looker? Looker)> TakeChanges()
    {
        var now = byNode.Values.SelectMany(x => x.Present).GroupBy(x => x.Id, StringComparer.Ordinal)
            .ToDictionary(x => x.Key, x => x.MinBy(y => y.Since)!, StringComparer.Ordinal);
        List<(string, Looker?)> changes =
        [
            .. shown.Keys.Where(x => !now.ContainsKey(x)).Select(x => (KeyOf(x), (Looker?)null)),
            .. now.Values.Where(x => shown.GetValueOrDefault(x.Id) != x).Select(x => (KeyOf(x.Id), x)),
        ];
        shown = now;
        return changes;
    }

    private static string KeyOf(string accountId) => $"looking/{accountId}";
}
