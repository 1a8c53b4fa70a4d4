namespace Dispatch.Commands;

/// <summary>What comes with every command: its id, which makes a retry safe, and who gives it.</summary>
/// <param name="CommandId">1 to 128 characters chosen by the sender; the same id and body get the first answer again.
/// Null for internal commands that are idempotent by their content.</param>
/// <param name="Actor">Who gives the command.</param>
[GenerateSerializer, Immutable, Alias("dispatch.command-context")]
public sealed record CommandContext(string? CommandId, Actor Actor)
{
    /// <summary>Longest command id that is taken.</summary>
    public const int MaxCommandIdLength = 128;

    /// <summary>A command of the system itself, idempotent by its content.</summary>
    public static readonly CommandContext System = new(null, Actor.System);
}
