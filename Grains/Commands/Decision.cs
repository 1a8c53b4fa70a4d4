using System.Collections.Immutable;

namespace Dispatch.Commands;

/// <summary>What the rules say to a command: events that are now true, a refusal, or both where a refusal itself must be recorded.</summary>
/// <typeparam name="TEvent">Base type of the aggregate's events.</typeparam>
/// <param name="Events">In order; empty where the command finds everything as it wants it.</param>
/// <param name="Refusal">Why the sender is told no.</param>
public readonly record struct Decision<TEvent>(ImmutableArray<TEvent> Events, Refusal? Refusal = null)
{
    /// <summary>Refused.</summary>
    public static implicit operator Decision<TEvent>(Refusal refusal) => new([], refusal);

    /// <summary>One event.</summary>
    public static implicit operator Decision<TEvent>(TEvent happened) => new([happened]);
}

/// <summary>Decisions without a type of their own.</summary>
public readonly record struct Decision
{
    /// <summary>Nothing to do: what is asked for is already so.</summary>
    public static Decision<TEvent> Nothing<TEvent>() => new([]);
}
