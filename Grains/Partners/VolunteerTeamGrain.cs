using System.Collections.Immutable;
using Dispatch.Commands;
using Dispatch.Journal;
using Dispatch.Protection;
using Microsoft.Extensions.Logging;

namespace Dispatch.Partners;

/// <summary>The volunteers of a team. Who they are is sealed, each under a key of his own, and kept no longer than they are of the team and a while after.</summary>
public sealed partial class VolunteerTeamGrain(
    [PersistentState("volunteers")] IPersistentState<AggregateRecord<VolunteerTeamState, VolunteerEvent>> storage, AggregateServices services)
    : AggregateGrain<VolunteerTeamState, VolunteerEvent, VolunteerTeamView>(storage, services), IVolunteerTeamGrain
{
    private const string Role = "volunteer";
    private readonly ILogger logger = services.Loggers.CreateLogger<VolunteerTeamGrain>();

    /// <inheritdoc/>
    protected override string Stream => $"volunteers/{this.GetPrimaryKeyString()}";

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);

        // An end that the vault was not told of, because a process died just then, is told now.
        await EndAsync(State?.Volunteers.Where(x => !x.IsOfTeam) ?? []);
    }

    /// <inheritdoc/>
    public async Task<Answer<VolunteerTeamView>> ExecuteAsync(CommandContext context, VolunteerCommand command)
    {
        ArgumentNullException.ThrowIfNull(context);
        return await FindFirstAnswerAsync(context, command) ?? await CommitAsync(context, command, await DecideAsync(context, command));
    }

    /// <inheritdoc/>
    public Task<VolunteerTeamView> GetAsync() =>
        Task.FromResult(State is null ? new VolunteerTeamView(this.GetPrimaryKeyString(), 0, [], []) : View(State, Version));

    /// <inheritdoc/>
    public async Task<Answer<ProtectedPerson>> ReadPersonAsync(CommandContext context, string volunteerId, string reason)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (State?.Find(volunteerId) is not { Person.Fields: { } box })
        {
            return Refusal.NotFound(RefusalCodes.VolunteerNotFound, "There is no such volunteer, or only a code name.");
        }

        await Services.Journal.AppendAccessAsync(new AccessEntry(SubjectOf(volunteerId), context.Actor, box.Fields, reason, Now));
        return await Services.Vault.OpenAsync(box) is { } person ? person : Refusal.NotFound(RefusalCodes.SubjectNotFound, "It was erased when its time was over.");
    }

    /// <inheritdoc/>
    protected override VolunteerTeamState Apply(VolunteerTeamState? state, Recorded<VolunteerEvent> recorded) => VolunteerTeamState.Apply(state, recorded);

    /// <inheritdoc/>
    protected override VolunteerTeamView View(VolunteerTeamState state, long version) =>
        new(this.GetPrimaryKeyString(), version, [.. state.Volunteers.Select(x => x.View)], state.Months);

    /// <inheritdoc/>
    protected override Task OnChangedAsync(ImmutableArray<Recorded<VolunteerEvent>> recorded) => EndAsync(
        recorded.Select(x => x.Event switch { VolunteerLeft e => e.VolunteerId, VolunteerRefused e => e.VolunteerId, _ => null })
            .OfType<string>().Select(x => State!.Find(x)).OfType<Volunteer>());

    private static string SubjectOf(string volunteerId) => $"volunteer/{volunteerId}";

    private async ValueTask<Decision<VolunteerEvent>> DecideAsync(CommandContext context, VolunteerCommand command)
    {
        var newId = DerivedIds.For(Role, context.Actor.Id, context.CommandId ?? Guid.CreateVersion7(Now).ToString("D"));
        var partner = await new PartnerDirectory(GrainFactory).FindAsync(this.GetPrimaryKeyString());
        var organisation = await Services.Organisation.GetAsync();
        var ground = new VolunteerGround(Now, newId, partner, Services.Pack, organisation, Sealed: null);
        if (command is ApplyAsVolunteer { Person: { IsEmpty: false } person } && VolunteerRules.Decide(State, command, ground).Refusal is null)
        {
            var box = await Services.Vault.SealAsync(SubjectOf(newId), RetentionClass.Contact, person);
            ground = ground with { Sealed = new SealedPerson(newId, Role, Minor: null, box) };
        }

        return VolunteerRules.Decide(State, command, ground);
    }

    private async Task EndAsync(IEnumerable<Volunteer> gone)
    {
        try
        {
            foreach (var one in gone.Where(x => x.Person is not null).ToArray())
            {
                await Services.Vault.EndAsync(SubjectOf(one.View.Id), one.Since);
            }
        }
        catch (TimeoutException exception)
        {
            LogNotEnded(exception, Stream);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The vault could not be told who left {Stream}; it is told at the next activation.")]
    private partial void LogNotEnded(Exception exception, string stream);
}
