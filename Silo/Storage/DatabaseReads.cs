using System.Data.Common;

namespace Dispatch.Storage;

/// <summary>Reads rows of our own tables.</summary>
public static class DatabaseReads
{
    /// <summary>Runs a query and reads every row.</summary>
    /// <param name="database">The database.</param>
    /// <param name="statement">The query; values are named as in it, and none is null.</param>
    /// <param name="read">Reads the present row.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DbException">The database failed.</exception>
    public static async Task<List<T>> ReadAsync<T>(
        this DispatchDatabase database, Statement statement, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(statement);
        ArgumentNullException.ThrowIfNull(read);
        await using var command = database.Source.CreateCommand(statement.Sql);
        foreach (var (name, value) in statement.Values)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>A text that may be missing.</summary>
    public static string? TextOrNull(this DbDataReader reader, int column)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return reader.IsDBNull(column) ? null : reader.GetString(column);
    }
}
