using System.Xml.Linq;
using Dispatch.Storage;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Dispatch.Protection;

/// <summary>Master keys in the database, where all processes of a cluster find them; wrapped by a certificate where one is configured.</summary>
public sealed class MasterKeyTable(DispatchDatabase database) : IXmlRepository
{
    /// <inheritdoc/>
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var command = database.Source.CreateCommand("SELECT xml FROM data_protection_key WHERE xml IS NOT NULL ORDER BY id");
        using var reader = command.ExecuteReader();
        var keys = new List<XElement>();
        while (reader.Read())
        {
            keys.Add(XElement.Parse(reader.GetString(0)));
        }

        return keys;
    }

    /// <inheritdoc/>
    public void StoreElement(XElement element, string friendlyName)
    {
        ArgumentNullException.ThrowIfNull(element);
        using var command = database.Source.CreateCommand("INSERT INTO data_protection_key (friendly_name, xml) VALUES (@name, @xml)");
        command.Set("name", friendlyName);
        command.Set("xml", element.ToString(SaveOptions.DisableFormatting));
        Write(command);
    }

    /// <summary>Forgets all keys here, once they are kept elsewhere.</summary>
    public void Clear()
    {
        using var command = database.Source.CreateCommand("DELETE FROM data_protection_key");
        Write(command);
    }

    private void Write(System.Data.Common.DbCommand command)
    {
        database.WriteGate.Wait();
        try
        {
            command.ExecuteNonQuery();
        }
        finally
        {
            database.WriteGate.Release();
        }
    }
}
