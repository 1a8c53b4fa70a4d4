using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Dispatch.Live;

/// <summary>
/// A hub protocol that also tells when anything at all came in. SignalR hides its pings from the application, but they are the only sign of
/// life of a quiet feed.
/// </summary>
public sealed class HeardProtocol(IHubProtocol inner, Action heard) : WrappedProtocol(inner)
{
    /// <summary>Puts it around the protocol that a connection would use.</summary>
    public static void Wrap(IServiceCollection services, Action heard)
    {
        ArgumentNullException.ThrowIfNull(services);
        var used = services.Last(x => x.ServiceType == typeof(IHubProtocol));
        services.AddSingleton<IHubProtocol>(provider => new HeardProtocol(
            (IHubProtocol)ActivatorUtilities.CreateInstance(provider, used.ImplementationType!), heard));
    }

    /// <inheritdoc/>
    public override bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        if (!input.IsEmpty)
        {
            heard();
        }

        return TryParseInner(ref input, binder, out message);
    }
}
