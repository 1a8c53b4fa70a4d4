namespace Dispatch.Incidents;

/// <summary>Somebody who has an incident open on a screen.</summary>
/// <param name="Id">Account id.</param>
/// <param name="Name">Name for people.</param>
/// <param name="PairId">The pair that speaks; null for everyone else.</param>
/// <param name="Since">Since when, without a break.</param>
[GenerateSerializer, Immutable, Alias("dispatch.looker")]
public sealed record Looker(string Id, string Name, string? PairId, DateTimeOffset Since)
{
    /// <summary>How long what a web node said is believed; it says it again before.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(15);
}
