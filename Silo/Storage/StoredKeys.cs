using System.Text;

namespace Dispatch.Storage;

/// <summary>
/// Keys as they are stored. Orleans' ADO.NET provider takes a key that reads as a hexadecimal number for that number, so that the pairs "E1" and
/// "0E1" would share one record; a mark in front keeps every key a text of its own.
/// </summary>
public static class StoredKeys
{
    private const string Mark = "k:";

    /// <summary>The id under which a grain's state is stored.</summary>
    public static GrainId Of(GrainId grainId) => GrainId.Create(grainId.Type, $"{Mark}{grainId.Key}");

    /// <summary>The bytes of a stored key that the provider hashes: UTF-8, reversed.</summary>
    public static byte[] HashedBytes(string storedKey)
    {
        var bytes = Encoding.UTF8.GetBytes(storedKey);
        Array.Reverse(bytes);
        return bytes;
    }
}
