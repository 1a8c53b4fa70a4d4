using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Dispatch.Live;

/// <summary>
/// A hub protocol that also tells when anything at all came in. SignalR hides its pings from the application, but they are the only sign of
/// life of a quiet feed.
/// </summary>
public sealed class HeardProtocol(IHubProtocol inner, Action heard) : IHubProtocol
{
    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <inheritdoc/>
    public int Version => inner.Version;

    /// <inheritdoc/>
    public TransferFormat TransferFormat => inner.TransferFormat;

    /// <summary>Puts it around the protocol that a connection would use.</summary>
    public static void Wrap(IServiceCollection services, Action heard)
    {
        ArgumentNullException.ThrowIfNull(services);
        var used = services.Last(x => x.ServiceType == typeof(IHubProtocol));
        services.AddSingleton<IHubProtocol>(provider => new HeardProtocol(
            (IHubProtocol)ActivatorUtilities.CreateInstance(provider, used.ImplementationType!), heard));
    }

    /// <inheritdoc/>
    public bool IsVersionSupported(int version) => inner.IsVersionSupported(version);

    /// <inheritdoc/>
    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        if (!input.IsEmpty)
        {
            heard();
        }

        return inner.TryParseMessage(ref input, binder, out message);
    }

    /// <inheritdoc/>
    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => inner.WriteMessage(message, output);

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => inner.GetMessageBytes(message);
}
