using System.Data.Common;
using System.Globalization;

namespace Dispatch.Api;

/// <summary>The conditions of a search, each with its values as parameters of the command.</summary>
public sealed class Conditions(DbCommand command)
{
    private readonly List<string> conditions = ["1 = 1"];

    /// <summary>A condition without a value.</summary>
    public void Add(string sql) => conditions.Add(sql);

    /// <summary>A condition where there is a value; <c>{0}</c> stands for it.</summary>
    public void Add(string sql, object? value)
    {
        if (value is not null)
        {
            conditions.Add(sql.Replace("{0}", Value(value), StringComparison.Ordinal));
        }
    }

    /// <summary>One of some values; nothing is found where there are none, and everything where it is null.</summary>
    public void AddIn(string column, IReadOnlyCollection<string>? values)
    {
        if (values is not null)
        {
            conditions.Add(values.Count == 0 ? "1 = 0" : $"{column} IN ({string.Join(", ", values.Select(Value))})");
        }
    }

    /// <summary>After a page, newest first.</summary>
    public void AddCursor(string timeColumn, string? cursor)
    {
        if (cursor is not null)
        {
            var after = PageCursor.Parse(cursor);
            var (at, id) = (Value(after.At), Value(after.Id));
            conditions.Add($"({timeColumn} < {at} OR ({timeColumn} = {at} AND id < {id}))");
        }
    }

    /// <summary>The name of a parameter with this value.</summary>
    public string Value(object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = $"p{command.Parameters.Count.ToString(CultureInfo.InvariantCulture)}";
        parameter.Value = value is DateTimeOffset at ? at.ToUniversalTime() : value;
        command.Parameters.Add(parameter);
        return $"@{parameter.ParameterName}";
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(" AND ", conditions);
}
