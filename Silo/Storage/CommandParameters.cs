using System.Data.Common;

namespace Dispatch.Storage;

/// <summary>Gives a command its values.</summary>
public static class CommandParameters
{
    /// <summary>A command that runs in a transaction.</summary>
    public static DbCommand Command(this DbTransaction transaction, string sql)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        return command;
    }

    /// <summary>Sets a parameter by name; null is the database's null.</summary>
    public static void Set(this DbCommand command, string name, object? value)
    {
        ArgumentNullException.ThrowIfNull(command);
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value ?? DBNull.Value;
        command.Parameters.Add(parameter);
    }
}
