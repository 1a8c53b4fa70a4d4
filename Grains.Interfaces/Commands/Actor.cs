namespace Dispatch.Commands;

/// <summary>Who gives a command: written into the journal with every change.</summary>
/// <param name="Id">Account id, or <c>system</c> for what the system does by itself (a deadline, a recovery).</param>
/// <param name="Name">Name shown to people.</param>
/// <param name="PairId">The pair the officer belongs to; null for everyone else.</param>
[GenerateSerializer, Immutable, Alias("dispatch.actor")]
public sealed record Actor(string Id, string Name, string? PairId = null)
{
    /// <summary>The system itself, when a deadline or a recovery acts.</summary>
    public static readonly Actor System = new("system", "system");
}
