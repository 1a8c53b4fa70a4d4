namespace Dispatch.Processes;

/// <summary>A command of the web program for operators, such as <c>replay</c>, as a process of its own.</summary>
/// <param name="arguments">The command and its arguments.</param>
public sealed class WebCommand(params string[] arguments) : ServerProcess("WebDirectory", "Dispatch.Web.dll")
{
    /// <summary>It ran, and not everything was done.</summary>
    public const int NotAllDone = 1;

    /// <summary>It did not run: bad arguments, an unreadable file or no way into the server.</summary>
    public const int Fault = 2;

    private static readonly TimeSpan Patience = TimeSpan.FromHours(6);

    /// <inheritdoc/>
    protected override IEnumerable<string> Arguments => arguments;

    /// <summary>Starts it; it is its own business when it is ready.</summary>
    public override Task StartAsync()
    {
        Launch([new("DISPATCH_PASSWORD", DispatchServer.Password)]);
        return Task.CompletedTask;
    }

    /// <summary>Starts it and waits for its end; stops it with SIGTERM where it is told to.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> RunToEndAsync(CancellationToken stop)
    {
        await StartAsync();
        var ended = WaitForExitAsync(Patience);
        try
        {
            return await ended.WaitAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return await StopAsync();
        }
    }
}
