namespace Dispatch.Month;

/// <summary>Volunteers along their path: five apply, four are trained, one is not taken, one leaves, and every third night three of them patrol.</summary>
public static class VolunteerStory
{
    private const string Team = $"partners/{{{PartnerStory.Team}}}";
    private const int Applied = 5;
    private const int Trained = 4;
    private static readonly string[] OnPatrol = ["{volunteer1}", "{volunteer2}", "{volunteer3}"];

    /// <summary>Tells it.</summary>
    public static void Tell(MonthBuilder b)
    {
        ArgumentNullException.ThrowIfNull(b);
        b.About("volunteers");
        for (var number = 1; number <= Applied; number++)
        {
            b.Make(
                $"volunteer{number}", b.At(1, 14 + (number / 10d)), b.Leaf, $"{Team}/volunteers",
                new { codeName = $"义警{number}号", person = number % 2 == 0 ? null : new { name = "报名居民（化名）" } }, "volunteers.-1.id");
        }

        for (var number = 1; number <= Trained; number++)
        {
            b.Do(b.At(3, 14 + (number / 10d)), b.Leaf, $"{Team}/volunteers/{{volunteer{number}}}/check");
            b.Do(b.At(6, 14 + (number / 10d)), b.Flower, $"{Team}/volunteers/{{volunteer{number}}}/train");
        }

        b.Do(b.At(2, 9), b.Flower, $"{Team}/volunteers/{{volunteer1}}/train", refused: "volunteerOutOfOrder");
        b.Do(b.At(4, 19), b.Leaf, $"{Team}/patrol/sign-in", new { volunteerIds = OnPatrol }, refused: "volunteerNotTrained");
        b.Do(b.At(4, 14), b.Leaf, $"{Team}/volunteers/{{volunteer5}}/refuse", new { reason = "时间不合适" });
        b.Do(b.At(15, 14), b.Leaf, $"{Team}/volunteers/{{volunteer4}}/leave");
        for (var day = 8; day < MonthBuilder.Days; day += 3)
        {
            b.Do(b.At(day, 19.5), b.Leaf, $"{Team}/patrol/sign-in", new { volunteerIds = OnPatrol });
            b.Do(b.At(day, 21.5), b.Leaf, $"{Team}/patrol/sign-out", new { volunteerIds = OnPatrol });
        }
    }
}
