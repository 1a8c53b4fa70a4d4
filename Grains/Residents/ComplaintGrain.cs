using System.Text.Json;
using Dispatch.Commands;
using Dispatch.Communities;
using Dispatch.Journal;
using Dispatch.Live;
using Dispatch.Protection;

namespace Dispatch.Residents;

/// <summary>The shell of a complaint.</summary>
public sealed class ComplaintGrain : MatterGrain<ComplaintState, ComplaintEvent, ComplaintCommand, ComplaintView>, IComplaintGrain
{
    private const int MaxReason = 500;

    /// <summary>Made by Orleans.</summary>
    public ComplaintGrain([PersistentState("complaint")] IPersistentState<AggregateRecord<ComplaintState, ComplaintEvent>> storage, AggregateServices services)
        : base(storage, services)
    {
    }

    /// <inheritdoc/>
    protected override MatterKind Kind => MatterKind.Complaint;

    /// <inheritdoc/>
    public Task<ClaimedComplaint?> ClaimAsync(string claimDigest)
    {
        ArgumentNullException.ThrowIfNull(claimDigest);
        return Task.FromResult(
            State is { ClaimDigest: { } known } state && ClaimDigests.AreSame(known, claimDigest) ? Claimed(View(state, Version)) : null);
    }

    /// <inheritdoc/>
    public async Task<Answer<ProtectedPerson>> ReadContactAsync(CommandContext context, string reason)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (State?.Contact?.Fields is not { } box)
        {
            return Refusal.NotFound(RefusalCodes.MatterNotFound, "Nobody left a way to be reached.");
        }

        if (string.IsNullOrWhiteSpace(reason) || reason.Length > MaxReason)
        {
            return Refusal.Invalid(RefusalCodes.ValueMissing, "reason", $"Say why, in at most {MaxReason} characters.");
        }

        await Services.Journal.AppendAccessAsync(new AccessEntry(Stream, context.Actor, box.Fields, reason, Now));
        return await Services.Vault.OpenAsync(box) is { } person
            ? person
            : Refusal.NotFound(RefusalCodes.Erased, "Its time is over; what was known of the person is erased.");
    }

    /// <inheritdoc/>
    protected override async ValueTask<Decision<ComplaintEvent>> DecideAsync(CommandContext context, ComplaintCommand command)
    {
        var ground = command is MakeComplaint c ? await GroundAsync(c) : new ComplaintGround(null, false, default);
        return ComplaintRules.Decide(State, context, command, ground, Now);
    }

    /// <inheritdoc/>
    protected override async Task OnChangedAsync(System.Collections.Immutable.ImmutableArray<Recorded<ComplaintEvent>> recorded)
    {
        await base.OnChangedAsync(recorded);
        if (recorded.Any(x => x.Event is ComplaintClosed) && State is { Contact: not null, ClosedAt: { } closedAt })
        {
            await Services.Vault.EndAsync(Stream, closedAt);
        }
    }

    /// <inheritdoc/>
    protected override ComplaintState Apply(ComplaintState? state, Recorded<ComplaintEvent> recorded) => ComplaintState.Apply(state, recorded);

    /// <inheritdoc/>
    protected override ComplaintView View(ComplaintState state, long version) => ComplaintRules.ViewOf(Id, state, version);

    /// <inheritdoc/>
    protected override JsonText ForTimeline(ComplaintEvent happened) =>
        JsonText.Of(happened is ComplaintMade made ? made with { ClaimDigest = null, Contact = null } : happened);

    /// <inheritdoc/>
    protected override MatterRow RowOf(ComplaintView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return new MatterRow(
            MatterKind.Complaint, view.Id, view.Number, view.Version, view.CommunityId, view.StationId,
            JsonNamingPolicy.CamelCase.ConvertName(view.Status.ToString()), view.ClosedAt is null, view.MadeAt, $"{view.Number} {view.Text}", JsonText.Of(view), default)
        {
            DueAt = view.DueAt,
            ClosedAt = view.ClosedAt,
            Refs = view.About is { Id: { } id, Kind: not ComplaintKind.Other } about ? [$"{JsonNamingPolicy.CamelCase.ConvertName(about.Kind.ToString())}/{id}"] : [],
            Facets = [$"decision={(view.Decision is { } decision ? JsonNamingPolicy.CamelCase.ConvertName(decision.ToString()) : "none")}"],
            Restricted = true,
        };
    }

    private static ClaimedComplaint Claimed(ComplaintView view) =>
        new(view.Number, view.Status, view.Text, view.MadeAt, view.Letters, view.DueAt, view.Decision, view.Answer);

    private async ValueTask<ComplaintGround> GroundAsync(MakeComplaint c)
    {
        var organisation = Services.Organisation.Current;
        var ground = new ComplaintGround(
            organisation.Community(c.CommunityId), c.About is { Kind: ComplaintKind.Pair, Id: { } pairId } && organisation.Pair(pairId) is not null,
            Services.Pack.Calendar);
        return State is not null || c.Contact is not { IsEmpty: false } person || ComplaintRules.WhyNot(c, ground) is not null
            ? ground
            : ground with { Contact = new SealedPerson("complainant", "complainant", null, await Services.Vault.SealAsync(Stream, RetentionClass.Complaint, person)) };
    }
}
