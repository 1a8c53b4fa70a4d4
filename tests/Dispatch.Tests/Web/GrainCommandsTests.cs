using Dispatch.Api;
using Dispatch.Commands;
using Orleans.Runtime;

namespace Dispatch.Tests.Web;

/// <summary>
/// A command whose outcome is unknown is sent again by the web node. Were it not, every kill of a silo would be seen by the people at the screens;
/// were a known outcome sent again, a refusal would be asked for twice.
/// </summary>
public sealed class GrainCommandsTests
{
    private static readonly Refusal Unknown = new(RefusalKind.Unknown, RefusalCodes.StorageUnavailable, "Not known.");
    private static readonly Refusal Refused = Refusal.Rule(RefusalCodes.PairNotFree, "Not free.");

    [Fact]
    public async Task UntilKnown_EveryKindOfUnknown_IsSentAgainUntilItIsDone()
    {
        Func<Task<Answer<string>>>[] answers =
        [
            () => throw new TimeoutException(),
            () => throw new OrleansException("The silo is gone."),
            () => Task.FromResult<Answer<string>>(Unknown),
            () => new TaskCompletionSource<Answer<string>>().Task,
            () => Task.FromResult<Answer<string>>("done"),
        ];
        var sent = 0;
        var answer = await Commands(TimeSpan.FromSeconds(60)).UntilKnownAsync(() => answers[sent++]());
        Assert.Equal("done", answer.Value);
        Assert.Equal(answers.Length, sent);
    }

    [Fact]
    public async Task UntilKnown_Refused_IsSentOnce()
    {
        var sent = 0;
        var answer = await Commands(TimeSpan.FromSeconds(60)).UntilKnownAsync(() =>
        {
            sent++;
            return Task.FromResult<Answer<string>>(Refused);
        });
        Assert.Equal(Refused, answer.Refusal);
        Assert.Equal(1, sent);
    }

    [Fact]
    public async Task UntilKnown_NeverKnown_SaysSoInTheEnd()
    {
        var commands = Commands(TimeSpan.FromMilliseconds(300));
        Assert.Equal(Unknown, (await commands.UntilKnownAsync(() => Task.FromResult<Answer<string>>(Unknown))).Refusal);
        await Assert.ThrowsAsync<TimeoutException>(() => commands.UntilKnownAsync<string>(() => throw new TimeoutException()));
    }

    [Fact]
    public async Task UntilKnown_AnotherFailure_IsNotSentAgain() =>
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => Commands(TimeSpan.FromSeconds(60)).UntilKnownAsync<string>(() => throw new InvalidOperationException()));

    private static GrainCommands Commands(TimeSpan repeatFor) =>
        new(new GrainCommandOptions { RepeatFor = repeatFor, AnswerWithin = TimeSpan.FromSeconds(0.1) }, TimeProvider.System);
}
