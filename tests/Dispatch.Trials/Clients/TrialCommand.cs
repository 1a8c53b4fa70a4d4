namespace Dispatch.Trials.Clients;

/// <summary>A command as the public contract names it.</summary>
/// <param name="Action">Short name, for the history.</param>
/// <param name="Path">Address under <c>/api/v1/</c>.</param>
/// <param name="Body">Its JSON body; null for none.</param>
/// <param name="Records">Whether it leaves a row under its id in the journal stream of the aggregate it answers with.</param>
public sealed record TrialCommand(string Action, string Path, object? Body = null, bool Records = true)
{
    /// <summary>Its id: the same in every attempt.</summary>
    public string Id { get; } = Guid.CreateVersion7().ToString("D");

    /// <summary>The hub's method that does the same, where there is one.</summary>
    public string? HubMethod { get; init; }

    /// <summary>Its arguments after the command's id.</summary>
    public IReadOnlyList<object?> HubArguments { get; init; } = [];
}
