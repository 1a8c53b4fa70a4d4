using Dispatch.Pairs;
using Dispatch.Protection;

namespace Dispatch.Incidents;

/// <summary>
/// What of an incident is sealed: its address and its caller, each apart, since the pair that goes there needs the one and not the other. The address is opened
/// once for an activation, which shows it to those who work there, and is never stored in the clear.
/// </summary>
public sealed partial class IncidentGrain
{
    private string? address;

    /// <summary>What the vault was last told; null where this activation told it nothing yet.</summary>
    private bool? keyEnded;

    private async Task<(SealedFields? Address, SealedFields? Caller)> SealAsync(OpenIncident c)
    {
        var where = new ProtectedPerson(Address: c.Address);
        var who = new ProtectedPerson(Name: c.Caller?.Name, Phone: c.Caller?.Phone, Note: c.Caller?.Note);
        return (await SealAsync(where), await SealAsync(who));
    }

    private async ValueTask<SealedFields?> SealAsync(ProtectedPerson person) =>
        person.IsEmpty ? null : await Services.Vault.SealAsync(Stream, RetentionClass.Incident, person);

    private async Task OpenAddressAsync(IncidentState state) =>
        address = state.SealedAddress is { } box ? (await Services.Vault.OpenAsync(box))?.Address : state.Address;

    /// <summary>An offer with the address, on its way to the pair, which keeps it sealed.</summary>
    private PairOffer Addressed(PairOffer offer) => address is null ? offer : offer with { Address = address };

    private async Task<Caller> OpenCallerAsync(IncidentState state) =>
        state.SealedCaller is not { } box ? state.Caller ?? new Caller()
        : await Services.Vault.OpenAsync(box) is { } person ? new Caller(person.Name, person.Phone, person.Note)
        : new Caller();

    /// <summary>It was opened again while the vault was told of its end, or by an incident that it was merged into.</summary>
    private void CorrectKey()
    {
        if (keyEnded == true && State is { IsOpen: true })
        {
            ScheduleWakeUp(TimeSpan.Zero);
        }
    }

    /// <summary>The retention of what is sealed begins when the incident ends, and ends when it is opened again; told again until it is done.</summary>
    private async Task LetKeyFollowAsync(bool isOpen)
    {
        if (State is not { HasSealed: true } state || keyEnded == !isOpen)
        {
            return;
        }

        await (isOpen ? Services.Vault.ReopenAsync(Stream) : Services.Vault.EndAsync(Stream, state.EndedAt ?? Now));
        keyEnded = !isOpen;
        CorrectKey();
    }
}
