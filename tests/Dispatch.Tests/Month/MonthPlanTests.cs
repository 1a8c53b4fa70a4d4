using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dispatch.Bureau;
using Dispatch.Live;
using Dispatch.Month;
using Dispatch.Packs;
using Dispatch.Protection;
using Dispatch.Tests.Processes;

namespace Dispatch.Tests.Month;

/// <summary>The data set: the same for the same seed, in order, within its month, and without anything that looks like a person's number.</summary>
public sealed class MonthPlanTests
{
    private static readonly MonthCast Cast = new("north-west", "north", "north-2", "north-2-a", "north-2-b", new GeoPoint(35.15, 115.05));
    private static readonly DateTimeOffset From = new(2026, 10, 25, 16, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Packs => [.. TestPacks.Shipped.All.Select(x => x.Id)];

    [Theory, MemberData(nameof(Packs))]
    public void SameSeed_IsTheSameMonth_AndAnotherIsNot(string pack)
    {
        Assert.Equal(Digest(Of(7, pack)), Digest(Of(7, pack)));
        Assert.NotEqual(Digest(Of(7, pack)), Digest(Of(8, pack)));
    }

    [Theory, MemberData(nameof(Packs))]
    public void Steps_AreInOrderWithinTheMonth_WithKeysOfTheirOwn(string pack)
    {
        var plan = Of(7, pack);
        Assert.All(plan.Steps, x => Assert.InRange(x.At, From, From.AddDays(MonthBuilder.Days)));
        Assert.Equal(plan.Steps.OrderBy(x => x.At), plan.Steps);
        Assert.Equal(plan.Steps.Length, plan.Steps.Select(x => x.Key).Distinct(StringComparer.Ordinal).Count());
        Assert.All(plan.Matters, x => Assert.Contains(plan.Steps, y => y.Ids.ContainsKey(x.Name)));
    }

    [Fact]
    public void Texts_HoldNobodysNumber() =>
        Assert.All(Of(7, "red-flower-green-leaf").Steps.Where(x => x.Body is not null), x => Assert.Empty(FreeText.Find(string.Join('\n', Texts(x.Body!)))));

    [Fact]
    public void Contacts_FollowTheWeek()
    {
        var byDay = Of(7, "red-flower-green-leaf").Steps
            .Where(x => x.Room == DailyStory.Room)
            .CountBy(x => x.At.ToOffset(WorkCalendar.Zone).DayOfWeek)
            .ToDictionary(x => x.Key, x => x.Value);
        Assert.True(byDay[DayOfWeek.Sunday] < byDay[DayOfWeek.Wednesday], "Sundays are as busy as Wednesdays.");
    }

    private static MonthPlan Of(int seed, string pack) => CommunityMonth.Of(seed, Cast, TestPacks.Shipped.Find(pack)!, From, 12);

    private static string Digest(MonthPlan plan) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(plan, DispatchJson.Options))));

    private static IEnumerable<string> Texts(System.Text.Json.Nodes.JsonNode node) => node switch
    {
        System.Text.Json.Nodes.JsonObject x => x.Where(y => y.Value is not null).SelectMany(y => Texts(y.Value!)),
        System.Text.Json.Nodes.JsonArray x => x.Where(y => y is not null).SelectMany(y => Texts(y!)),
        System.Text.Json.Nodes.JsonValue x when x.TryGetValue<string>(out var text) => [text],
        _ => [],
    };
}
