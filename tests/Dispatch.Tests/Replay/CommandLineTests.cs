using Xunit;

using Dispatch.Replay;

namespace Dispatch.Tests.Replay;

/// <summary>What cannot be carried out is told by exit code 2, before anything is sent.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("replay")]
    [InlineData("replay", "x.csv", "--limit")]
    [InlineData("replay", "x.csv", "--password", "p", "--limit", "none")]
    [InlineData("replay", "x.csv", "--password", "p", "--speed", "fast")]
    [InlineData("replay", "x.csv", "--password", "p", "--concurrency", "0")]
    [InlineData("replay", "x.csv", "--password", "p", "--give-up-after", "soon")]
    [InlineData("replay", "x.csv", "--password", "p", "--server", "ftp://127.0.0.1")]
    [InlineData("replay", "no-such-file.csv", "--password", "p")]
    [InlineData("organisation", "from-sf-fire")]
    [InlineData("organisation", "import", "no-such-file.json", "--password", "p")]
    [InlineData("nonsense")]
    public async Task RunAsync_BadArguments_IsAFault(params string[] arguments) =>
        Assert.Equal(CommandLine.Fault, await CommandLine.RunAsync(arguments));

    [Theory]
    [InlineData("--help")]
    [InlineData("replay", "--help")]
    public async Task RunAsync_Help_IsDone(params string[] arguments) => Assert.Equal(CommandLine.Done, await CommandLine.RunAsync(arguments));
}
