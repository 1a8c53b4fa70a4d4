using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Dispatch.Communities;
using Dispatch.Incidents;
using Dispatch.Journal;
using Dispatch.Live;
using Dispatch.Protection;
using Microsoft.Extensions.Logging;

namespace Dispatch.Commands;

/// <summary>
/// The shell around an aggregate's pure rules, written once: look up the command id, decide, apply, write one record, then tell the world.
/// Nothing is shown or answered before it is durable. After a failed write nobody knows what is stored, so the activation ends itself and
/// the next one reads it; the record's version keeps a second activation or a woken zombie from writing.
/// </summary>
/// <typeparam name="TState">Immutable state.</typeparam>
/// <typeparam name="TEvent">Base type of the events.</typeparam>
/// <typeparam name="TView">What is answered.</typeparam>
public abstract partial class AggregateGrain<TState, TEvent, TView> : Grain
    where TState : class
    where TEvent : class
    where TView : class
{
    private readonly IPersistentState<AggregateRecord<TState, TEvent>> storage;
    private readonly ILogger logger;
    private AggregateRecord<TState, TEvent> durable = new();
    private readonly List<CommandResult> results = [];
    private long journalled;
    private IncidentView? searchable;
    private bool recalled;
    private bool faulted;
    private Task draining = Task.CompletedTask;

    /// <summary>A shell over a stored record.</summary>
    protected AggregateGrain(IPersistentState<AggregateRecord<TState, TEvent>> storage, AggregateServices services)
    {
        ArgumentNullException.ThrowIfNull(services);
        this.storage = storage;
        Services = services;
        logger = services.Loggers.CreateLogger(GetType());
        Epoch = Guid.CreateVersion7().ToString("N");
    }

    /// <summary>What the process provides.</summary>
    protected AggregateServices Services { get; }

    /// <summary>Name of this activation's feeds.</summary>
    protected string Epoch { get; }

    /// <summary>Durable state; null before the first event.</summary>
    protected TState? State => durable.State;

    /// <summary>How many events are durable.</summary>
    protected long Version => durable.Version;

    /// <summary>Whether every event is in the journal.</summary>
    protected bool IsJournalled => journalled >= durable.Version;

    /// <summary>
    /// Now, or the past moment that the command at hand counts as given; in whole milliseconds: finer than any clock compared here, and kept alike by every database.
    /// </summary>
    protected DateTimeOffset Now
    {
        get
        {
            var now = PastTime.Current ?? Services.Time.GetUtcNow();
            return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
        }
    }

    /// <summary>Name of the journal's stream.</summary>
    protected abstract string Stream { get; }

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        durable = storage.State;
        results.AddRange(durable.Commands);
        journalled = durable.Version - durable.Unjournalled.Length;
        StartDraining();
        return Task.CompletedTask;
    }

    /// <summary>
    /// Ends this activation where somebody was told a later durable version than it has: it came to be beside another while silos came and went, and would
    /// show what is no more until its next write was refused.
    /// </summary>
    /// <exception cref="TimeoutException">It was behind; the next activation knows.</exception>
    protected void EndIfBehind(long knownVersion)
    {
        if (knownVersion > Version)
        {
            DeactivateOnIdle();
            throw new TimeoutException($"{Stream} is known at version {knownVersion}, this activation has {Version} and ends.");
        }
    }

    /// <summary>The state after one more event.</summary>
    protected abstract TState Apply(TState? state, Recorded<TEvent> recorded);

    /// <summary>What is answered for a state.</summary>
    protected abstract TView View(TState state, long version);

    /// <summary>The row by which the aggregate is found in searches; null where it has none.</summary>
    protected virtual IncidentView? SearchRow(TState state, long version) => null;

    /// <summary>The row by which a matter is found in searches; null for what is none.</summary>
    protected virtual MatterRow? MatterRow(TState state, long version) => null;

    /// <summary>The interactions that an event recorded or changed.</summary>
    protected virtual IEnumerable<InteractionRow> InteractionRows(Recorded<TEvent> recorded) => [];

    /// <summary>Adds to what goes to the journal the rows of other tables that follow from a state; written in the same transaction.</summary>
    protected virtual JournalAppend WithRows(JournalAppend append, TState state, long version) => append;

    /// <summary>Last change to a state before it is written: drops what need not be kept.</summary>
    protected virtual TState Trim(TState state) => state;

    /// <summary>Called after a write is durable, in the same turn, before the command is answered.</summary>
    protected abstract Task OnChangedAsync(ImmutableArray<Recorded<TEvent>> recorded);

    /// <summary>Called once every event is in the journal.</summary>
    protected virtual Task OnJournalledAsync() => Task.CompletedTask;

    /// <summary>The first answer to a command that was seen before; null for a new one.</summary>
    protected async ValueTask<Answer<TView>?> FindFirstAnswerAsync(CommandContext context, object command)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (faulted)
        {
            return Unavailable;
        }

        if (context.CommandId is null)
        {
            return null;
        }

        if (!await TryRecallAsync())
        {
            return Unavailable;
        }

        if (ResultOf(context.CommandId) is not { } first)
        {
            return null;
        }

        if (!IsDigest(first.BodyHash, command))
        {
            return Refusal.Invalid(RefusalCodes.IdempotencyKeyReused, "Idempotency-Key", "This key was used for another command.");
        }

        if (first.Refusal is not null)
        {
            return first.Refusal;
        }

        return View(await StateAtAsync(first.Version), first.Version);
    }

    /// <summary>Makes a decision true: applies its events, writes one record, tells the world, answers.</summary>
    protected async Task<Answer<TView>> CommitAsync(CommandContext context, object command, Decision<TEvent> decision)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (faulted)
        {
            return Unavailable;
        }

        var result = context.CommandId is null
            ? null
            : new CommandResult(
                context.CommandId,
                Services.Vault.Digest(Body(command)),
                durable.Version + decision.Events.Length,
                decision.Refusal,
                Recorded: decision.Refusal is null && !decision.Events.IsEmpty);
        if (decision.Events.IsEmpty)
        {
            // Nothing changed, but the answer is kept as durably as any: a repeat that comes late must not find another world and do something.
            if (result is not null && durable.State is not null && !await TryWriteAsync(durable.State, [], result))
            {
                return Unavailable;
            }

            return decision.Refusal is { } refusal ? refusal : View(durable.State!, durable.Version);
        }

        var recorded = Record(context, decision.Events);
        var state = recorded.Aggregate(durable.State, Apply)!;
        if (!await TryWriteAsync(state, recorded, result))
        {
            return Unavailable;
        }

        StartDraining();
        await OnChangedAsync(recorded);
        if (IsJournalled && draining.IsCompleted)
        {
            draining = OnJournalledAsync();
        }

        return decision.Refusal is { } refused ? refused : View(durable.State!, durable.Version);
    }

    /// <summary>Writes the record again as it is, so that no other activation that read it before can still write.</summary>
    protected Task<bool> FenceAsync() => TryWriteAsync(durable.State, [], null);

    /// <summary>Every event up to now, from the journal and from what is not there yet.</summary>
    protected async Task<ImmutableArray<Recorded<TEvent>>> ReadEventsAsync(long toVersion)
    {
        var tail = durable.Unjournalled.Where(x => x.Version > journalled && x.Version <= toVersion).ToImmutableArray();
        var fromJournal = Math.Min(toVersion, tail.IsEmpty ? toVersion : tail[0].Version - 1);
        var rows = await Services.Journal.ReadAsync(Stream, fromJournal);
        return
        [
            .. rows.Select(row => new Recorded<TEvent>(
                row.Version, row.At, new Actor(row.ActorId, row.ActorName), row.CommandId, row.Data.As<TEvent>()!)),
            .. tail,
        ];
    }

    private static Answer<TView> Unavailable => new Refusal(
        RefusalKind.Unknown, RefusalCodes.StorageUnavailable, "It is not known whether this was stored; send it again with the same key.");

    private static byte[] Body(object command) => JsonSerializer.SerializeToUtf8Bytes(command, command.GetType(), DispatchJson.Options);

    /// <summary>Digests are keyed, so that a telephone number cannot be guessed from one; those of earlier versions were not, and still count.</summary>
    private bool IsDigest(string digest, object command) => digest ==
        (digest.StartsWith(IVault.DigestPrefix, StringComparison.Ordinal)
            ? Services.Vault.Digest(Body(command))
            : Convert.ToHexStringLower(SHA256.HashData(Body(command)).AsSpan(0, 12)));

    private ImmutableArray<Recorded<TEvent>> Record(CommandContext context, ImmutableArray<TEvent> events)
    {
        var now = Now;
        var version = durable.Version;
        return [.. events.Select(e => new Recorded<TEvent>(++version, now, context.Actor, context.CommandId, e))];
    }

    private CommandResult? ResultOf(string commandId) => results.FindLast(x => x.Id == commandId);

    private void Remember(CommandResult? result)
    {
        if (result is not null)
        {
            if (results.Count == AggregateRecord<TState, TEvent>.MaxCommands)
            {
                results.RemoveAt(0);
            }

            results.Add(result);
        }
    }

    /// <summary>Before the first command of an activation: adds to the results of the record those that the journal tells.</summary>
    private async ValueTask<bool> TryRecallAsync()
    {
        recalled |= durable.Version == 0;
        if (recalled)
        {
            return true;
        }

        try
        {
            var told = await Services.Journal.ReadCommandsAsync(Stream, durable.Version - AggregateRecord<TState, TEvent>.MaxEvents);
            var known = told.Where(x => ResultOf(x.Id) is null).Concat(results).OrderBy(x => x.Version).ToArray();
            results.Clear();
            results.AddRange(known.TakeLast(AggregateRecord<TState, TEvent>.MaxCommands));
            recalled = true;
        }
        catch (TimeoutException exception)
        {
            LogRecallFailed(exception, Stream);
        }

        return recalled;
    }

    private async Task<bool> TryWriteAsync(TState? state, ImmutableArray<Recorded<TEvent>> recorded, CommandResult? result)
    {
        Remember(result);
        var version = durable.Version + recorded.Length;
        ImmutableArray<Recorded<TEvent>> unjournalled = IsJournalled
            ? recorded
            : [.. durable.Unjournalled.Where(x => x.Version > journalled), .. recorded];
        var row = state is null ? null : SearchRow(state, version);
        var trimmed = state is null ? null : Trim(state);
        storage.State = new AggregateRecord<TState, TEvent>
        {
            State = trimmed,
            Version = version,
            Commands = [.. results.Where(x => !x.Recorded || x.Version > journalled)],
            Unjournalled = unjournalled,
            Append = unjournalled.IsEmpty ? null : ToAppend(unjournalled, IsSearchable(row) ? null : row, trimmed!, version),
        };
        try
        {
            await storage.WriteStateAsync();
        }
        catch (Exception exception)
        {
            faulted = true;
            LogWriteFailed(exception, Stream);
            DeactivateOnIdle();
            return false;
        }

        // A storage that wrote the events to the journal together with the record has left the record without them.
        durable = storage.State;
        searchable = row;
        journalled = durable.Unjournalled.IsEmpty ? durable.Version : journalled;
        return true;
    }

    /// <summary>Whether searches show just this already, but for the version: a note, for instance, is not searched.</summary>
    private bool IsSearchable(IncidentView? row) => row is not null && searchable is not null && row with { Version = searchable.Version } == searchable;

    private async Task<TState> StateAtAsync(long version)
    {
        if (version == durable.Version)
        {
            return durable.State!;
        }

        var events = await ReadEventsAsync(version);
        return events.Aggregate(default(TState), Apply)
            ?? throw new InvalidOperationException($"The journal has no events of {Stream} up to version {version}.");
    }

    private void StartDraining()
    {
        if (draining.IsCompleted && journalled < durable.Version)
        {
            draining = DrainAsync();
        }
    }

    private async Task DrainAsync()
    {
        while (journalled < durable.Version && !faulted)
        {
            var waiting = durable.Unjournalled.Where(x => x.Version > journalled).ToImmutableArray();
            try
            {
                await Services.Journal.AppendAsync(ToAppend(waiting, SearchRow(durable.State!, durable.Version), durable.State!, durable.Version));
            }
            catch (OperationCanceledException)
            {
                // The process stops; the events are in the record and the next activation writes them.
                return;
            }

            // A write meanwhile may have taken them, and later ones, along.
            journalled = Math.Max(journalled, waiting[^1].Version);
        }

        await OnJournalledAsync();
    }

    private JournalAppend ToAppend(ImmutableArray<Recorded<TEvent>> waiting, IncidentView? incident, TState state, long version) =>
        WithRows(
            new([.. waiting.Select(ToRow)], incident, MatterRow(state, version)) { Interactions = [.. waiting.SelectMany(InteractionRows)] }, state, version);

    private JournalRow ToRow(Recorded<TEvent> recorded)
    {
        var data = JsonText.Of(recorded.Event);
        return new JournalRow(
            Stream, recorded.Version, recorded.At, recorded.By.Id, recorded.By.Name, recorded.CommandId, EventKind.Of(recorded.Event), data,
            recorded.CommandId is null ? null : ResultOf(recorded.CommandId)?.BodyHash);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The commands of {Stream} could not be read from the journal; this one may be sent again.")]
    private partial void LogRecallFailed(Exception exception, string stream);

    [LoggerMessage(Level = LogLevel.Error, Message = "Writing {Stream} failed; the activation ends and the next one reads what is stored.")]
    private partial void LogWriteFailed(Exception exception, string stream);
}
