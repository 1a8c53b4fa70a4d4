using System.CommandLine;
using Dispatch.Trials.Commands;

// One command for each trial. Each prints its seed, what it did, what it found, and ends with 0 where nothing was violated.
return await new RootCommand("Trials of Dispatch: the invariants under contention and failure.") { RaceCommand.Create(), ClusterCommand.Create(), ScreensCommand.Create(), FailoverCommand.Create(), CheckCommand.Create() }.Parse(args).InvokeAsync();
