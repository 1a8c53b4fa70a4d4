using CsCheck;
using Dispatch.Live;

namespace Dispatch.Tests.Live;

/// <summary>The client against a hub whose messages get lost, repeated and reordered and whose line breaks: in the end it shows what the feed is.</summary>
public sealed class FaultyFeedTests
{
    private const string Feed = "station/1";

    [Fact]
    public Task Client_OverAnyFaults_EndsEqualToTheFeedAndNeverGoesBack() =>
        Gen.Int[0, 9999].Array[1, 100].SampleAsync(
            async steps =>
            {
                await using var run = new Run();
                await run.StartAsync();
                foreach (var step in steps)
                {
                    await run.StepAsync(step);
                }

                await run.EndAsync();
            },
            iter: 150);

    private sealed class Run : IAsyncDisposable
    {
        private readonly Lock gate = new();
        private readonly ModelFeed feed = new(Feed);
        private readonly FakeHub hub = new();
        private readonly FeedClient client;
        private readonly List<string> faults = [];
        private FeedMessage? last;
        private FeedCursor? sentTo;
        private FeedCursor? shown;

        public Run()
        {
            client = new FeedClient(new FeedClientOptions(new Uri("http://localhost"), () => Task.FromResult<string?>(null))
            {
                Configure = hub.Use, FirstPause = TimeSpan.FromMilliseconds(1), LongestPause = TimeSpan.FromMilliseconds(3),
            });
            client.Applied += _ => Watch();
            hub.Answer = (_, arguments) =>
            {
                lock (gate)
                {
                    sentTo = (FeedCursor?)arguments[1];
                }

                return Task.FromResult<string?>(null);
            };
        }

        public async Task StartAsync()
        {
            await client.StartAsync();
            await client.SubscribeAsync(Feed);
        }

        public async Task StepAsync(int step)
        {
            var detail = step / 20;
            switch (step % 20)
            {
                case < 5:
                    feed.Set($"k{detail % 6}", detail % 5 == 0 ? null : step);
                    break;
                case 5 when detail % 6 == 0:
                    feed.Restart();
                    break;
                case 6:
                    Send(most: 2, isLost: true);
                    break;
                case 7 when last is { } repeated:
                    hub.Send(repeated);
                    break;
                case 8 when last is { } overtaken:
                    Send(most: 2, isLost: true);
                    hub.Send(last!);
                    hub.Send(overtaken);
                    break;
                case 9:
                    hub.Send(new FeedStatus(Feed, detail % 2 == 0 ? FeedCondition.Stale : FeedCondition.Current));
                    break;
                case 10 when detail % 3 == 0:
                    hub.Cut();
                    break;
                case 11:
                    await Task.Yield();
                    break;
                default:
                    Send(1 + (detail % 3), isLost: false);
                    break;
            }
        }

        /// <summary>The line is good from now on, and something still happens: whoever missed anything notices.</summary>
        public async Task EndAsync()
        {
            feed.Set("end", 1);
            hub.Send(new FeedStatus(Feed, FeedCondition.Current));
            await Until.HoldsAsync(
                () =>
                {
                    while (Send(most: 2, isLost: false))
                    {
                    }

                    return ModelFeed.Text(client.Values(Feed)) == feed.Content && client.Watch(Feed).State.Phase == FeedPhase.Current;
                },
                () => $"{client.Watch(Feed).State} {client.Connection.State} {client.Watch(Feed).Shown} {sentTo} {feed.Cursor} {hub.Attempts} {hub.Calls.Count} {ModelFeed.Text(client.Values(Feed))} instead of {feed.Content}");
            Assert.Empty(faults);
        }

        public ValueTask DisposeAsync() => client.DisposeAsync();

        private bool Send(int most, bool isLost)
        {
            lock (gate)
            {
                if (feed.Next(sentTo, most) is not { } next)
                {
                    return false;
                }

                (last, sentTo) = (next, new FeedCursor(next.Epoch, next.To));
            }

            if (!isLost)
            {
                hub.Send(last);
            }

            return true;
        }

        private void Watch()
        {
            var now = client.Watch(Feed).Shown!;
            if (shown is { } before && before.Epoch == now.Epoch && before.Seq > now.Seq)
            {
                faults.Add($"It went back from {before} to {now}.");
            }

            shown = now;
        }
    }
}
