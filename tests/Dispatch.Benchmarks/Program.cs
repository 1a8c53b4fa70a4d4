using System.CommandLine;
using Dispatch.Benchmarks.Browser;
using Dispatch.Benchmarks.Community;
using Dispatch.Benchmarks.Durable;
using Dispatch.Benchmarks.Live;
using Dispatch.Benchmarks.Live.Raw;
using Dispatch.Benchmarks.Recommend;

// One command for each benchmark. Each prints ours, what it is compared with, and the ratio, measured in one run.
return await new RootCommand("Benchmarks of Dispatch.") { DurableCommand.Create(), RecommendCommand.Create(), LiveCommand.Create(), CommunityCommand.Create(), ScreensCommand.Create(), RawCommand.Create() }.Parse(args).InvokeAsync();
