using System.Xml.Linq;
using Dispatch.Storage;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Logging;

namespace Dispatch.Protection;

/// <summary>
/// Master keys of an installation on SQLite: files that only the owner of the process reads, beside the database and not in it, so that whoever gets
/// hold of a copy of the database has ciphertext alone.
/// </summary>
public static class MasterKeyFiles
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The files under a data directory; takes over the keys that earlier versions kept in the database.</summary>
    public static IXmlRepository In(string dataDirectory, DispatchDatabase database, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(loggers);
        var directory = new DirectoryInfo(Path.Combine(dataDirectory, "keys"));
        directory.Create();
        if (!OperatingSystem.IsWindows())
        {
            directory.UnixFileMode = OwnerOnly;
        }

        var files = new FileSystemXmlRepository(directory, loggers);
        var table = new MasterKeyTable(database);
        foreach (var key in table.GetAllElements())
        {
            files.StoreElement(key, $"key-{(string?)key.Attribute("id") ?? Guid.CreateVersion7().ToString("D")}");
        }

        table.Clear();
        return files;
    }
}
