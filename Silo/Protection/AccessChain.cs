using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dispatch.Journal;

namespace Dispatch.Protection;

/// <summary>
/// The chain of reads that this process writes. Every row's digest covers the row before it, under a secret that is not in the database in the clear: who
/// can write the table and not the secret can neither change a row nor leave one out unseen. Used by one at a time.
/// </summary>
public sealed class AccessChain(ProtectionSecrets secrets)
{
    /// <summary>What stands before the first row.</summary>
    public const string Start = "";

    private readonly string writer = Guid.CreateVersion7().ToString("N");
    private long seq;
    private string last = Start;

    /// <summary>The next row.</summary>
    public ChainedAccess Append(Guid id, AccessEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var at = entry.At.ToUniversalTime();
        var row = new ChainedAccess(
            id.ToString("D"), at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMillisecond)), entry.Subject, entry.By.Id, entry.By.Name,
            string.Join(',', entry.Fields), entry.Reason, writer, ++seq);
        last = MacOf(row, last);
        return row with { Mac = last };
    }

    /// <summary>The digest that a row has behind another.</summary>
    public string MacOf(ChainedAccess row, string before)
    {
        ArgumentNullException.ThrowIfNull(row);
        var content = JsonSerializer.Serialize(new object[]
        {
            before, row.Writer, row.Seq, row.Id, row.At.ToUnixTimeMilliseconds(), row.Subject, row.ActorId, row.ActorName, row.Fields, row.Reason,
        });
        return Convert.ToHexStringLower(HMACSHA256.HashData(secrets.Chain, Encoding.UTF8.GetBytes(content)));
    }
}
