using System.Data.Common;

namespace Dispatch.Benchmarks.Processes;

/// <summary>Parameters of a command that is prepared once and executed often: made the first time, and only given values after.</summary>
public static class PreparedParameters
{
    /// <summary>Gives the parameter at this place its value.</summary>
    public static void Set(this DbCommand command, int at, string name, object value)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (at == command.Parameters.Count)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            command.Parameters.Add(parameter);
        }

        command.Parameters[at].Value = value;
    }
}
