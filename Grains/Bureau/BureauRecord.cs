using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Journal;

namespace Dispatch.Bureau;

/// <summary>What is stored of the bureau.</summary>
public sealed record BureauRecord : IJournalledRecord
{
    /// <summary>How many commands are known again.</summary>
    public const int MaxCommands = 200;

    /// <summary>Counts imports, changes of pairs, stations and communities, and choices of a model pack from 1; 0 before the first.</summary>
    public long Version { get; init; }

    /// <summary>Null before the first import.</summary>
    public Organisation? Organisation { get; init; }

    /// <summary>The last commands, newest last.</summary>
    public ImmutableArray<BureauCommand> Commands { get; init; } = [];

    /// <summary>Rows that may not be in the journal yet.</summary>
    public ImmutableArray<JournalRow> Unjournalled { get; init; } = [];

    /// <summary>What is to be handed over between officers.</summary>
    public HandoverPlans Handovers { get; init; } = HandoverPlans.None;

    /// <inheritdoc/>
    [JsonIgnore]
    public JournalAppend? Append => Unjournalled.IsEmpty ? null : new JournalAppend(Unjournalled);

    /// <inheritdoc/>
    public IJournalledRecord Journalled() => this with { Unjournalled = [] };

    /// <summary>A command that was done.</summary>
    public BureauCommand? Find(string? commandId) => commandId is null ? null : Commands.LastOrDefault(x => x.Id == commandId);

    /// <summary>The record after a change of the organisation.</summary>
    public BureauRecord Next(Organisation organisation, JournalRow row, BureauCommand? command) => this with
    {
        Version = row.Version,
        Organisation = organisation,
        Unjournalled = Unjournalled.Add(row),
        Commands = command is null ? Commands : [.. Commands.Skip(Commands.Length - MaxCommands + 1), command],
    };
}

/// <summary>A command that was done, and what it was answered.</summary>
/// <param name="Id">The command's id.</param>
/// <param name="BodyHash">Digest of its body.</param>
/// <param name="Version">The organisation's version after it.</param>
/// <param name="Pair">The pair it was about; null for all that is about none.</param>
public sealed record BureauCommand(string Id, string BodyHash, long Version, PairInfo? Pair);
