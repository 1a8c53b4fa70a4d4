using System.Collections.Immutable;

namespace Dispatch.Replay;

/// <summary>
/// Watches from outside that no pair is committed twice at once: what the server said it accepted, against what it said it cleared. Knows only of
/// this replay's incidents. Safe to use from every thread.
/// </summary>
public sealed class CommitmentWatch
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, string> holders = new(StringComparer.Ordinal);
    private readonly List<string> violations = [];

    /// <summary>What was seen that must never be: one line each.</summary>
    public ImmutableArray<string> Violations
    {
        get
        {
            lock (gate)
            {
                return [.. violations];
            }
        }
    }

    /// <summary>The server let a pair accept.</summary>
    public void Accepted(string pairId, string incidentId)
    {
        lock (gate)
        {
            if (holders.TryGetValue(pairId, out var other))
            {
                violations.Add($"pair {pairId} was accepted for incident {incidentId} while incident {other} had it");
            }

            holders[pairId] = incidentId;
        }
    }

    /// <summary>The server let a pair go; or nobody knows whether it did, and the pair is watched no longer.</summary>
    public void Freed(string pairId, string incidentId)
    {
        lock (gate)
        {
            if (holders.TryGetValue(pairId, out var holder) && holder == incidentId)
            {
                holders.Remove(pairId);
            }
        }
    }

    /// <summary>Whether an incident of this replay has the pair.</summary>
    public bool IsHeld(string pairId)
    {
        lock (gate)
        {
            return holders.ContainsKey(pairId);
        }
    }
}
