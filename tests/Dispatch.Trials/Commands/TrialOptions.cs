using System.CommandLine;
using System.Globalization;

namespace Dispatch.Trials.Commands;

/// <summary>Options that trials share.</summary>
public static class TrialOptions
{
    /// <summary>Of every choice that is made; a fresh one where it is not given.</summary>
    public static readonly Option<int?> Seed = new("--seed") { Description = "Of every choice that is made; printed, random where not given." };

    /// <summary>Where histories are written.</summary>
    public static readonly Option<DirectoryInfo?> Folder = new("--folder") { Description = "Where histories are written; a new folder under the system's temporary one where not given." };

    /// <summary>A seed that nobody gave.</summary>
    public static int FreshSeed() => Random.Shared.Next();

    /// <summary>Where this run writes.</summary>
    public static string FolderOf(ParseResult arguments, string trial, int seed) =>
        arguments.GetValue(Folder)?.FullName
        ?? Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"dispatch-{trial}-{DateTime.UtcNow:yyyyMMdd-HHmmss}-{seed}"));
}
