using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Dispatch.Live;

/// <summary>
/// The protocol of one connection, which holds it to its number of messages: a call too many is answered with a refusal before anything is done for it.
/// It counts here, since a filter of the hub hears of no call that the hub does not know, and of nothing that is no call.
/// </summary>
public sealed class CallLimit(IHubProtocol protocol, FeedConnection screen) : IHubProtocol
{
    /// <inheritdoc/>
    public string Name => protocol.Name;

    /// <inheritdoc/>
    public int Version => protocol.Version;

    /// <inheritdoc/>
    public TransferFormat TransferFormat => protocol.TransferFormat;

    /// <inheritdoc/>
    public bool IsVersionSupported(int version) => protocol.IsVersionSupported(version);

    /// <inheritdoc/>
    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        bool isParsed, isRefused;
        long offered;
        do
        {
            offered = input.Length;
            isParsed = protocol.TryParseMessage(ref input, binder, out message);
            isRefused = input.Length < offered && !screen.MayCall();
        }
        while (!isParsed && input.Length < offered); // A type it does not know is passed over, and must not hold up what came with it.

        if (isRefused && TargetOf(message) is { } target)
        {
            var refusal = DispatchHub.Error("tooManyCalls", "This connection calls too often; wait and try again.");
            message = new InvocationBindingFailureMessage(((HubInvocationMessage)message!).InvocationId, target, ExceptionDispatchInfo.Capture(refusal));
        }

        return isParsed;
    }

    /// <inheritdoc/>
    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => protocol.WriteMessage(message, output);

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => protocol.GetMessageBytes(message);

    private static string? TargetOf(HubMessage? message) => message switch
    {
        HubMethodInvocationMessage call => call.Target,
        InvocationBindingFailureMessage failure => failure.Target,
        _ => null,
    };
}
