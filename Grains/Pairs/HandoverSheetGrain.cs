using System.Collections.Immutable;
using Dispatch.Commands;
using Dispatch.Journal;

namespace Dispatch.Pairs;

/// <summary>The shell of a handover sheet.</summary>
public sealed class HandoverSheetGrain : AggregateGrain<HandoverState, HandoverEvent, HandoverView>, IHandoverSheetGrain
{
    private readonly IEnumerable<IHandoverSource> sources;
    private readonly PairCareOptions options;

    /// <summary>Made by Orleans.</summary>
    public HandoverSheetGrain(
        [PersistentState("handover")] IPersistentState<AggregateRecord<HandoverState, HandoverEvent>> storage,
        AggregateServices services,
        IEnumerable<IHandoverSource> sources,
        PairCareOptions options)
        : base(storage, services)
    {
        this.sources = sources;
        this.options = options;
    }

    /// <inheritdoc/>
    protected override string Stream => $"handover/{Id}";

    private string Id => this.GetPrimaryKeyString();

    /// <inheritdoc/>
    public async Task<Answer<HandoverView>> ExecuteAsync(CommandContext context, HandoverCommand command)
    {
        if (State is null && command is not OpenHandover)
        {
            return Refusal.NotFound(RefusalCodes.HandoverNotFound, $"There is no handover sheet '{Id}'.");
        }

        return await FindFirstAnswerAsync(context, command)
            ?? await CommitAsync(context, command, command is OpenHandover open
                ? HandoverRules.Open(State, open, State is null ? await FindAsync(open) : [], Now + options.HandoverWithin)
                : HandoverRules.Decide(State, command, Guid.CreateVersion7(Now).ToString("D")));
    }

    /// <inheritdoc/>
    public Task<HandoverView?> GetAsync() => Task.FromResult(State is null ? null : View(State, Version));

    /// <inheritdoc/>
    protected override HandoverState Apply(HandoverState? state, Recorded<HandoverEvent> recorded) => HandoverState.Apply(Id, state, recorded);

    /// <inheritdoc/>
    protected override HandoverView View(HandoverState state, long version)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Sheet with { Version = version };
    }

    /// <inheritdoc/>
    protected override JournalAppend WithRows(JournalAppend append, HandoverState state, long version)
    {
        ArgumentNullException.ThrowIfNull(append);
        return append with { Handover = View(state, version).ForMasked() };
    }

    /// <inheritdoc/>
    protected override Task OnChangedAsync(ImmutableArray<Recorded<HandoverEvent>> recorded) => Task.CompletedTask;

    private async Task<ImmutableArray<HandoverItem>> FindAsync(OpenHandover open)
    {
        var found = await Task.WhenAll(sources.Select(x => x.FindAsync(open.PairId, open.CommunityId, open.StationId)));
        return [.. found.SelectMany(x => x)];
    }
}
