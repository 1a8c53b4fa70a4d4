namespace Dispatch.Protection;

/// <summary>An unwrapped key of a subject, as long as a process keeps it.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="Subject">What it seals.</param>
/// <param name="Bytes">256 bits.</param>
/// <param name="Fields">Names of the fields that it is known to have sealed.</param>
public sealed record DataKey(string Id, string Subject, byte[] Bytes, string Fields);
