using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Dispatch.Residents;

/// <summary>
/// Tells addresses apart without keeping one: a digest with a salt that is made when the process starts and dies with it. Only the limits know the digest, in
/// memory, for as long as their window runs.
/// </summary>
public sealed class AddressPartition(ResidentOptions options)
{
    /// <summary>Bytes of an IPv6 address that one household or phone has to itself.</summary>
    private const int HouseholdBytes = 8;

    private readonly byte[] salt = RandomNumberGenerator.GetBytes(32);

    /// <summary>The name under which this request is counted.</summary>
    public string Of(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Convert.ToBase64String(HMACSHA256.HashData(salt, AddressOf(context)).AsSpan(0, 12));
    }

    private byte[] AddressOf(HttpContext context)
    {
        if (options.AddressHeader is { } header && context.Request.Headers[header] is [.., { Length: > 0 } said])
        {
            var last = said[(said.LastIndexOf(',') + 1)..].Trim();
            return IPAddress.TryParse(last, out var address) ? Household(address) : Encoding.UTF8.GetBytes(last);
        }

        return context.Connection.RemoteIpAddress is { } remote ? Household(remote) : [];
    }

    private static byte[] Household(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4().GetAddressBytes()
        : address.AddressFamily == AddressFamily.InterNetworkV6 ? address.GetAddressBytes()[..HouseholdBytes]
        : address.GetAddressBytes();
}
