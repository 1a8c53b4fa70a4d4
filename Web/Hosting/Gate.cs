using Dispatch.Api;

namespace Dispatch.Hosting;

/// <summary>
/// Who comes in. A request that arrives while this node starts waits until it can be answered: it would be told that what it asks for does not exist. While the node
/// of a cluster stops, it takes requests a little longer, but closes each connection with its answer and is not ready any more, so that clients and load
/// balancers go elsewhere before it is gone.
/// </summary>
public sealed class Gate(Bootstrap bootstrap, DispatchOptions options, TimeProvider time) : IHostedLifecycleService
{
    private static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(30);

    /// <summary>Whether the node is stopping.</summary>
    public bool IsClosing { get; private set; }

    /// <summary>Lets a request in.</summary>
    public async Task PassAsync(HttpContext context, RequestDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        // Decided when the answer begins: a request that came before the end may be answered after it, on a connection that is about to go.
        context.Response.OnStarting(() =>
        {
            if (IsClosing)
            {
                context.Response.Headers.Connection = "close";
            }

            return Task.CompletedTask;
        });

        if (context.Request.Path.StartsWithSegments("/hubs", StringComparison.Ordinal) && IsClosing)
        {
            await Problems.Problem(StatusCodes.Status503ServiceUnavailable, "stopping", "This node is stopping.").ExecuteAsync(context);
            return;
        }

        if (!bootstrap.IsReady && !context.Request.Path.StartsWithSegments("/healthz", StringComparison.Ordinal))
        {
            await bootstrap.Ready.WaitAsync(StartWithin, time, context.RequestAborted);
        }

        await next(context);
    }

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        IsClosing = true;
        return options.DrainFor > TimeSpan.Zero ? Task.Delay(options.DrainFor, time, cancellationToken) : Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
