using System.Globalization;
using Spectre.Console;

namespace Dispatch.Replay;

/// <summary>How far a replay is.</summary>
/// <param name="Steps">Steps in all.</param>
/// <param name="Done">Steps that are over.</param>
/// <param name="Closed">Calls closed.</param>
/// <param name="Calls">Calls in all.</param>
public readonly record struct ReplayProgress(int Steps, int Done, int Closed, int Calls)
{
    private static readonly TimeSpan BarEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(5);

    /// <summary>Shows it until the work is over: a bar on a terminal, a line now and then elsewhere. The work's exceptions are left to its awaiter.</summary>
    public static Task ShowAsync(IAnsiConsole console, Func<ReplayProgress> read, Task work, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(console);
        return console.Profile.Out.IsTerminal ? ShowBarAsync(console, read, work, time) : ShowLinesAsync(console, read, work, time);
    }

    private static Task ShowBarAsync(IAnsiConsole console, Func<ReplayProgress> read, Task work, TimeProvider time) => console.Progress()
        .Columns(new SpinnerColumn(), new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
        .StartAsync(async context =>
        {
            var bar = context.AddTask("replay", maxValue: Math.Max(1, read().Steps));
            while (await IsGoingOnAsync(work, BarEvery, time))
            {
                Show(bar, read());
            }

            Show(bar, read());
        });

    private static void Show(ProgressTask bar, ReplayProgress now)
    {
        bar.Value = now.Done;
        bar.Description = $"{now.Closed}/{now.Calls} calls closed";
    }

    private static async Task ShowLinesAsync(IAnsiConsole console, Func<ReplayProgress> read, Task work, TimeProvider time)
    {
        while (await IsGoingOnAsync(work, LineEvery, time))
        {
            var now = read();
            var part = (100d * now.Done / Math.Max(1, now.Steps)).ToString("0", CultureInfo.InvariantCulture);
            console.WriteLine($"{part} %: {now.Closed} of {now.Calls} calls closed, {now.Done} of {now.Steps} steps over");
        }
    }

    private static async Task<bool> IsGoingOnAsync(Task work, TimeSpan wait, TimeProvider time)
    {
        await Task.WhenAny(work, Task.Delay(wait, time));
        return !work.IsCompleted;
    }
}
