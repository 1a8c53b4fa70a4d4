using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Journal;

namespace Dispatch.Commands;

/// <summary>
/// What is stored of an aggregate, in one record and so in one write: its state, and what the journal does not have of it: events that are not
/// there yet, and results of commands that left no event there (a retry gets the first answer).
/// </summary>
/// <typeparam name="TState">Immutable state.</typeparam>
/// <typeparam name="TEvent">Base type of its events.</typeparam>
public sealed record AggregateRecord<TState, TEvent> : IJournalledRecord
    where TState : class
{
    /// <summary>How many command results are known: more than any incident has seen (the busiest recorded call has about 100).</summary>
    public const int MaxCommands = 200;

    /// <summary>How far back the journal is searched for them, in events; a command brings few.</summary>
    public const int MaxEvents = 5 * MaxCommands;

    /// <summary>Null before the first event.</summary>
    public TState? State { get; init; }

    /// <summary>How many events there were.</summary>
    public long Version { get; init; }

    /// <summary>Results that the journal does not tell, newest last.</summary>
    public ImmutableArray<CommandResult> Commands { get; init; } = [];

    /// <summary>Events that may not be in the journal yet, oldest first.</summary>
    public ImmutableArray<Recorded<TEvent>> Unjournalled { get; init; } = [];

    /// <inheritdoc/>
    [JsonIgnore]
    public JournalAppend? Append { get; init; }

    /// <inheritdoc/>
    public IJournalledRecord Journalled() => this with { Unjournalled = [], Commands = Commands.RemoveAll(x => x.Recorded), Append = null };
}

/// <summary>What a command brought, for its retries.</summary>
/// <param name="Id">The command's id.</param>
/// <param name="BodyHash">Digest of its body; the same id with another body is refused.</param>
/// <param name="Version">The aggregate's version after it; the answer is the state at that version.</param>
/// <param name="Refusal">Set where it was refused.</param>
/// <param name="Recorded">Whether its events tell all this, once they are in the journal: it was done, and changed something.</param>
public sealed record CommandResult(string Id, string BodyHash, long Version, Refusal? Refusal = null, bool Recorded = false);

/// <summary>An event with who did it and when.</summary>
/// <param name="Version">The aggregate's version after it, counting from 1.</param>
/// <param name="At">When it was decided.</param>
/// <param name="By">Who gave the command.</param>
/// <param name="CommandId">The command that brought it.</param>
/// <param name="Event">What is now true.</param>
public sealed record Recorded<TEvent>(long Version, DateTimeOffset At, Actor By, string? CommandId, TEvent Event);
