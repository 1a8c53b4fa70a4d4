using System.Data.Common;

namespace Dispatch.Storage;

/// <summary>A statement with the values it runs with.</summary>
/// <param name="Sql">Its text; the same text comes again and again and is compiled once.</param>
/// <param name="Values">Parameters by name, always in the same order.</param>
public sealed record Statement(string Sql, (string Name, object? Value)[] Values);

/// <summary>Statements of one connection, each text compiled once: an embedded database has no round trips to save.</summary>
public sealed class PreparedStatements(DbConnection connection) : IAsyncDisposable
{
    private readonly Dictionary<string, DbCommand> commands = new(StringComparer.Ordinal);

    /// <summary>The transaction that statements run in.</summary>
    public required DbTransaction Transaction { get; set; }

    /// <summary>Runs a statement.</summary>
    /// <returns>How many rows it changed.</returns>
    public Task<int> RunAsync(Statement statement, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(statement);
        if (!commands.TryGetValue(statement.Sql, out var command))
        {
            commands[statement.Sql] = command = connection.CreateCommand();
            command.CommandText = statement.Sql;
            foreach (var (name, _) in statement.Values)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = name;
                command.Parameters.Add(parameter);
            }
        }

        command.Transaction = Transaction;
        for (var i = 0; i < statement.Values.Length; i++)
        {
            command.Parameters[i].Value = statement.Values[i].Value ?? DBNull.Value;
        }

        return command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var command in commands.Values)
        {
            await command.DisposeAsync();
        }

        commands.Clear();
    }
}
