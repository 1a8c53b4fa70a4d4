using System.Globalization;
using Spectre.Console;

namespace Dispatch.Month;

/// <summary>Shows how far a month is, and what became of it.</summary>
public static class MonthScreen
{
    private const int MostUnexpected = 20;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    /// <summary>Shows a bar until the work is over; its exceptions are left to its awaiter. Where no terminal is, nothing is shown.</summary>
    public static async Task ShowAsync(IAnsiConsole console, Func<int> played, int steps, Task work, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(console);
        if (!console.Profile.Out.IsTerminal)
        {
            await Task.WhenAny(work);
            return;
        }

        await console.Progress().Columns(new SpinnerColumn(), new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn()).StartAsync(async context =>
        {
            var bar = context.AddTask("month", maxValue: Math.Max(1, steps));
            while (!work.IsCompleted)
            {
                await Task.WhenAny(work, Task.Delay(LookEvery, time));
                bar.Value = played();
            }
        });
    }

    /// <summary>Prints the closing report.</summary>
    public static void Print(IAnsiConsole console, MonthPlan plan, MonthReport report)
    {
        ArgumentNullException.ThrowIfNull(console);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(report);
        var table = new Table().Border(TableBorder.Simple).AddColumns("room", "steps", "done", "refused as expected", "otherwise", "left out", "unexpected");
        foreach (var (room, figures) in report.Rooms.Append(KeyValuePair.Create("all", report.Total)))
        {
            table.AddRow([room, .. new[]
            {
                figures.Steps, figures.Done, figures.Refused, figures.Otherwise, figures.LeftOut, figures.Unexpected,
            }.Select(x => x.ToString(CultureInfo.InvariantCulture))]);
        }

        console.Write(table);
        var first = plan.From.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        console.WriteLine($"30 days from {first}: {report.Total.Steps} steps, {report.Unexpected.Length} unexpected answers");
        foreach (var answer in report.Unexpected.Take(MostUnexpected))
        {
            console.WriteLine($"  {answer.Step.Key} at {answer.Step.At:u}, {answer.Step.Path}: {answer.Status} {answer.Code} {answer.Detail}");
        }
    }
}
