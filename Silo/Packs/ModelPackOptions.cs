namespace Dispatch.Packs;

/// <summary>Where model packs come from; section <c>Dispatch:Packs</c>.</summary>
public sealed class ModelPackOptions
{
    /// <summary>
    /// A directory of further packs, <c>*.json</c>, beside those that are shipped; one with the id of a shipped pack takes its place. The same for every process
    /// of an installation. Unset for none.
    /// </summary>
    public string? Directory { get; set; }
}
