using Dispatch.Month;
using Dispatch.Packs;
using Dispatch.Tests.Live;
using Dispatch.Tests.Partners;
using Dispatch.Tests.Processes;

namespace Dispatch.Tests.Month;

/// <summary>Compares what a server shows with what a month's data set adds up to.</summary>
internal sealed class MonthCheck(Uri server, ApiClient supervisor, MonthPlan plan, MonthReport report) : IDisposable
{
    private static readonly string[] Restricted = ["tip", "complaint"];

    private IEnumerable<MonthMatter> Shown => plan.Matters.Where(x => !Restricted.Contains(x.Kind));

    private MonthStep[] Contacts => [.. plan.Steps.Where(x => x.Path.EndsWith("/interactions", StringComparison.Ordinal) && x is { Body: not null, Refused: null } && !x.Ids.ContainsKey("twice"))];

    public static async Task<MonthCheck> BeginAsync(Uri server, MonthPlan plan, MonthReport report) =>
        new(server, await ApiClient.SignInAsync(server, "supervisor"), plan, report);

    public async Task EverythingAsync()
    {
        await MattersAsync();
        await ListsAndQueuesAsync();
        await FiguresAsync();
        await BoardAsync();
        await FeedAsync();
    }

    public void Dispose() => supervisor.Dispose();

    private async Task MattersAsync()
    {
        foreach (var matter in Shown)
        {
            var view = await supervisor.ReadAsync($"{matter.Kind}s/{Id(matter)}");
            var status = matter.Kind == "problem" ? view["closedAt"] is null ? "open" : "closed" : (string?)view["status"];
            Assert.True(status == matter.Status, $"{matter.Kind} {matter.Name} is {status}, not {matter.Status}");
            if (matter.ClosedLocally is { } locally)
            {
                var answer = (string?)(await supervisor.ReadAsync($"disputes/{Id(matter)}/closed-locally"))["answer"];
                Assert.True(answer == locally, $"dispute {matter.Name} is closed locally: {answer}, not {locally}");
            }
        }
    }

    private async Task ListsAndQueuesAsync()
    {
        foreach (var kind in Shown.GroupBy(x => x.Kind))
        {
            Assert.Equal(Sorted(kind.Select(Id)), await IdsAsync($"matters?communityId={MonthServerRun.Community}&kind={kind.Key}&limit=200"));
            Assert.Equal(Sorted(kind.Where(x => x.IsOpen).Select(Id)), await IdsAsync($"matters?communityId={MonthServerRun.Community}&kind={kind.Key}&open=true"));
        }

        Assert.Equal(Sorted(Shown.Where(x => x.Overdue).Select(Id)), await IdsAsync($"matters?communityId={MonthServerRun.Community}&overdue=true"));
        foreach (var queue in new[] { "overdue", "unanswered", "awaitingConfirmation", "notConfirmed", "reopened", "escalated" })
        {
            Assert.Equal(InQueue("concern", queue), await IdsAsync($"communities/{MonthServerRun.Community}/concerns?queue={queue}"));
        }

        var queues = await supervisor.ReadAsync($"disputes/queues?communityId={MonthServerRun.Community}");
        foreach (var queue in new[] { "overdue", "repeat", "followUp" })
        {
            Assert.Equal(InQueue("dispute", queue), Sorted(queues[queue]!.AsArray().Select(x => (string)x!["id"]!)));
        }
    }

    private async Task FiguresAsync()
    {
        var first = WorkCalendar.DayOf(plan.From);
        var figures = await supervisor.ReadAsync($"figures?from={first:yyyy-MM-dd}&to={first.AddDays(MonthBuilder.Days - 1):yyyy-MM-dd}&communityId={MonthServerRun.Community}");
        var interactions = figures["interactions"]!;
        Assert.Equal(Contacts.Length, (int)interactions["total"]!);
        Assert.Equal(Contacts.Sum(x => (long?)x.Body!["participants"] ?? 0), (long)interactions["participants"]!);
        Assert.Equal(
            Contacts.CountBy(x => $"{WorkCalendar.DayOf(AtOf(x)):yyyy-MM-dd}").OrderBy(x => x.Key, StringComparer.Ordinal).Select(x => (x.Key, x.Value)),
            interactions["byDay"]!.AsArray().Select(x => ((string)x!["day"]!, (int)x["count"]!)));
        foreach (var kind in Shown.GroupBy(x => x.Kind))
        {
            var counted = figures["matters"]![kind.Key]!;
            Assert.Equal(
                (kind.Key, kind.Count(), kind.Count(x => !x.IsOpen), kind.Count(x => x.IsOpen), kind.Count(x => x is { IsOpen: true, Overdue: true })),
                (kind.Key, (int)counted["opened"]!, (int)counted["closed"]!, (int)counted["openNow"]!, (int)counted["overdueNow"]!));
            foreach (var clock in kind.Where(x => x.FirstClock is not null).GroupBy(x => x.FirstClock!))
            {
                Assert.Equal((clock.Key, clock.Count()), (clock.Key, (int)counted["firstClock"]![clock.Key]!));
            }
        }
    }

    /// <summary>The board knows the last contact, and that the pair is complete again.</summary>
    private async Task BoardAsync()
    {
        var row = (await supervisor.ReadAsync("communities/roll-out"))["communities"]!.AsArray().Single(x => (string?)x!["communityId"] == MonthServerRun.Community)!;
        Assert.Equal("fullPair", (string?)row["cover"]);
        Assert.Equal(Contacts.Max(AtOf), (DateTimeOffset)row["lastContactAt"]!);
    }

    private async Task FeedAsync()
    {
        await using var screen = await Onlooker.ConnectAsync(server, supervisor, $"community/{MonthServerRun.Community}");
        foreach (var matter in Shown.Where(x => x.IsOpen))
        {
            await screen.UntilAsync($"community/{MonthServerRun.Community}", $"{matter.Kind}/{Id(matter)}", _ => true);
        }

        var open = Shown.Where(x => x.IsOpen).CountBy(x => x.Kind).ToDictionary(x => x.Key, x => x.Value);
        await screen.UntilAsync($"community/{MonthServerRun.Community}", "summary", x =>
            open.All(y => x.GetProperty("open").TryGetProperty(y.Key, out var count) && count.GetInt32() == y.Value)
            && x.GetProperty("interactionsToday").EnumerateObject().Sum(y => y.Value.GetInt32()) == 0);
    }

    private static DateTimeOffset AtOf(MonthStep step) => (DateTimeOffset?)step.Body!["at"] ?? step.At;

    private string Id(MonthMatter matter) => report.Ids[matter.Name];

    private string[] InQueue(string kind, string queue) => Sorted(Shown.Where(x => x.Kind == kind && x.Queues.Contains(queue)).Select(Id));

    private async Task<string[]> IdsAsync(string path) => Sorted((await supervisor.ReadAsync(path))["items"]!.AsArray().Select(x => (string)x!["id"]!));

    private static string[] Sorted(IEnumerable<string> ids) => [.. ids.Order(StringComparer.Ordinal)];
}
