using System.Collections.Immutable;

namespace Dispatch.Commands;

/// <summary>
/// What is stored of an aggregate, in one record and so in one write: its state, the results of recent commands (a retry gets the first
/// answer), and the events that the journal does not have yet.
/// </summary>
/// <typeparam name="TState">Immutable state.</typeparam>
/// <typeparam name="TEvent">Base type of its events.</typeparam>
public sealed record AggregateRecord<TState, TEvent>
    where TState : class
{
    /// <summary>How many command results are kept: more than any incident has seen (the busiest recorded call has about 100).</summary>
    public const int MaxCommands = 200;

    /// <summary>Null before the first event.</summary>
    public TState? State { get; init; }

    /// <summary>How many events there were.</summary>
    public long Version { get; init; }

    /// <summary>Newest last.</summary>
    public ImmutableArray<CommandResult> Commands { get; init; } = [];

    /// <summary>Events that may not be in the journal yet, oldest first.</summary>
    public ImmutableArray<Recorded<TEvent>> Unjournalled { get; init; } = [];
}

/// <summary>What a command brought, for its retries.</summary>
/// <param name="Id">The command's id.</param>
/// <param name="BodyHash">Digest of its body; the same id with another body is refused.</param>
/// <param name="Version">The aggregate's version after it; the answer is the state at that version.</param>
/// <param name="Refusal">Set where it was refused.</param>
public sealed record CommandResult(string Id, string BodyHash, long Version, Refusal? Refusal);

/// <summary>An event with who did it and when.</summary>
/// <param name="Version">The aggregate's version after it, counting from 1.</param>
/// <param name="At">When it was decided.</param>
/// <param name="By">Who gave the command.</param>
/// <param name="CommandId">The command that brought it.</param>
/// <param name="Event">What is now true.</param>
public sealed record Recorded<TEvent>(long Version, DateTimeOffset At, Actor By, string? CommandId, TEvent Event);
