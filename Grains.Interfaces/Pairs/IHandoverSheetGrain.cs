using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dispatch.Commands;
using Orleans.Concurrency;

namespace Dispatch.Pairs;

/// <summary>A handover sheet. Key: its id.</summary>
[Alias("dispatch.handover-sheet")]
public interface IHandoverSheetGrain : IGrainWithStringKey
{
    /// <summary>Does a command, or refuses it. Answered only when the result is durable.</summary>
    [Alias("execute")]
    Task<Answer<HandoverView>> ExecuteAsync(CommandContext context, HandoverCommand command);

    /// <summary>The durable state; null where there is no such sheet.</summary>
    [Alias("get"), AlwaysInterleave]
    Task<HandoverView?> GetAsync();
}

/// <summary>Ids of handover sheets.</summary>
public static class HandoverIds
{
    /// <summary>The sheet that a change of a pair opens: the same whenever it is worked out.</summary>
    /// <param name="pairId">The pair.</param>
    /// <param name="organisationVersion">The organisation's version after the change.</param>
    public static string Of(string pairId, long organisationVersion)
    {
        var change = string.Create(CultureInfo.InvariantCulture, $"handover\n{pairId}\n{organisationVersion}");
        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(change), digest);
        digest[6] = (byte)((digest[6] & 0x0F) | 0x80);
        digest[8] = (byte)((digest[8] & 0x3F) | 0x80);
        return new Guid(digest[..16], bigEndian: true).ToString("D");
    }

    /// <summary>Whether a text can be a sheet's id.</summary>
    public static bool IsId(string? id) => Guid.TryParseExact(id, "D", out _);
}
