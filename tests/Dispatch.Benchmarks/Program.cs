using System.CommandLine;
using Dispatch.Benchmarks.Durable;

// One command for each benchmark. Each prints ours, what it is compared with, and the ratio, measured in one run.
return await new RootCommand("Benchmarks of Dispatch.") { DurableCommand.Create() }.Parse(args).InvokeAsync();
