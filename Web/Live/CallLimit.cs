using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Dispatch.Live;

/// <summary>
/// The protocol of one connection, which holds it to its number of messages: a call too many is answered with a refusal before anything is done for it.
/// It counts here, since a filter of the hub hears of no call that the hub does not know, and of nothing that is no call.
/// </summary>
public sealed class CallLimit(IHubProtocol inner, FeedConnection screen) : WrappedProtocol(inner)
{
    /// <inheritdoc/>
    public override bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        bool isParsed, isRefused;
        long offered;
        do
        {
            offered = input.Length;
            isParsed = TryParseInner(ref input, binder, out message);
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

    private static string? TargetOf(HubMessage? message) => message switch
    {
        HubMethodInvocationMessage call => call.Target,
        InvocationBindingFailureMessage failure => failure.Target,
        _ => null,
    };
}
