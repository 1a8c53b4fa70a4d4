using System.CommandLine;
using System.Text.Json;
using Dispatch.Trials.Checking;
using Dispatch.Trials.Recording;

namespace Dispatch.Trials.Commands;

/// <summary><c>check FOLDER</c>: judges a recorded run again.</summary>
public static class CheckCommand
{
    /// <summary>Makes it.</summary>
    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo>("folder") { Description = "Where a run left its histories." };
        var command = new Command("check", "Judges a recorded run again.") { folder };
        command.SetAction((arguments, _) => RunAsync(arguments.GetRequiredValue(folder).FullName));
        return command;
    }

    private static async Task<int> RunAsync(string folder)
    {
        try
        {
            var (trial, about) = await RunFolder.ReadAsync(folder);
            Console.WriteLine(about);
            var report = Checker.Check(trial);
            ReportPrinter.Print(Console.Out, trial, report);
            return report.Violations.Count == 0 ? 0 : 1;
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            await Console.Error.WriteLineAsync($"trials: runUnreadable: {exception.Message}");
            return 2;
        }
    }
}
