using System.Collections.Immutable;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Communities;
using Dispatch.Incidents;
using Dispatch.Live;
using Dispatch.Pairs;

namespace Dispatch.Journal;

/// <summary>The journal behind the grains: every change and every read of a protected field, with who, when, what and why.</summary>
public interface IJournal
{
    /// <summary>Writes events; completes when they are durable, however long that takes. Writing the same again does nothing.</summary>
    Task AppendAsync(JournalAppend append);

    /// <summary>Writes the read of a protected field; completes when it is durable.</summary>
    Task AppendAccessAsync(AccessEntry access);

    /// <summary>Reads a stream's rows in order of version.</summary>
    /// <param name="stream">For instance <c>incident/…</c>.</param>
    /// <param name="toVersion">Last version wanted.</param>
    /// <exception cref="TimeoutException">The database could not be read now.</exception>
    Task<ImmutableArray<JournalRow>> ReadAsync(string stream, long toVersion);

    /// <summary>The commands that brought a stream's events, each with the version after its last one, oldest first.</summary>
    /// <param name="stream">For instance <c>incident/…</c>.</param>
    /// <param name="afterVersion">Events up to this one are left out.</param>
    /// <exception cref="TimeoutException">The database could not be read now.</exception>
    Task<ImmutableArray<CommandResult>> ReadCommandsAsync(string stream, long afterVersion);
}

/// <summary>
/// A record that carries events for the journal. A storage that can writes them in the transaction of the record, and then leaves the record
/// without them in the grain state; with any other they stay in the record until the journal has taken them.
/// </summary>
public interface IJournalledRecord
{
    /// <summary>The events that the journal may not have yet; null where it has all.</summary>
    JournalAppend? Append { get; }

    /// <summary>The record as it is once the journal has them.</summary>
    IJournalledRecord Journalled();
}

/// <summary>Events of one stream, with the rows by which its subject is found in searches.</summary>
/// <param name="Rows">The events, oldest first.</param>
/// <param name="Incident">The incident as searches show it after them; null for other streams, and where they show the same already.</param>
/// <param name="Matter">The matter as searches show it after them; null for other streams.</param>
public sealed record JournalAppend(ImmutableArray<JournalRow> Rows, IncidentView? Incident = null, MatterRow? Matter = null)
{
    /// <summary>The interactions that were recorded or taken back.</summary>
    public ImmutableArray<InteractionRow> Interactions { get; init; } = [];

    /// <summary>Times on duty of a pair that ended with them.</summary>
    public ImmutableArray<PairTime> Times { get; init; } = [];

    /// <summary>The handover sheet as lists show it after them; null for other streams.</summary>
    public HandoverView? Handover { get; init; }
}

/// <summary>One row of the journal; <paramref name="Stream"/> and <paramref name="Version"/> are its key.</summary>
/// <param name="Stream">For instance <c>incident/…</c>.</param>
/// <param name="Version">The aggregate's version after the event.</param>
/// <param name="At">When it was decided.</param>
/// <param name="ActorId">Who gave the command.</param>
/// <param name="ActorName">Their name then.</param>
/// <param name="CommandId">The command that brought it.</param>
/// <param name="Kind">The event's name.</param>
/// <param name="Data">The event.</param>
/// <param name="BodyHash">Digest of the command's body, where its result is to be found by it.</param>
public sealed record JournalRow(
    string Stream, long Version, DateTimeOffset At, string ActorId, string ActorName, string? CommandId, string Kind, JsonText Data,
    string? BodyHash = null);

/// <summary>A read of protected fields.</summary>
/// <param name="Subject">Whose fields, for instance <c>incident/…</c>.</param>
/// <param name="By">Who read them.</param>
/// <param name="Fields">Which.</param>
/// <param name="Reason">Why, in the reader's words or as a code.</param>
/// <param name="At">When.</param>
public sealed record AccessEntry(string Subject, Actor By, ImmutableArray<string> Fields, string Reason, DateTimeOffset At);
