namespace Dispatch.Protection;

/// <summary>A row of the access journal, with its place in the chain of the process that wrote it.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="At">When, in whole milliseconds.</param>
/// <param name="Subject">Whose fields.</param>
/// <param name="ActorId">Who read them.</param>
/// <param name="ActorName">Their name then.</param>
/// <param name="Fields">Which, separated by commas.</param>
/// <param name="Reason">Why.</param>
/// <param name="Writer">The chain: a life of a process.</param>
/// <param name="Seq">Place in it, from 1.</param>
/// <param name="Mac">Keyed digest of all that and of the row before, in hexadecimal.</param>
public sealed record ChainedAccess(
    string Id, DateTimeOffset At, string Subject, string ActorId, string ActorName, string Fields, string Reason, string Writer, long Seq, string Mac = "");
