using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatch.Demo;
using Dispatch.Live;
using Dispatch.Packs;

namespace Dispatch.Month;

/// <summary>Collects the steps of a month while its stories are told, in any order; the month has them by time.</summary>
public sealed class MonthBuilder
{
    /// <summary>How many days a month has.</summary>
    public const int Days = 30;

    private readonly List<MonthStep> steps = [];
    private readonly List<MonthMatter> matters = [];
    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);
    private readonly string prefix;
    private readonly DateTimeOffset from;
    private string room = string.Empty;

    /// <summary>A month without steps.</summary>
    /// <param name="prefix">How every key begins.</param>
    /// <param name="seed">Seed of all that is left to chance.</param>
    /// <param name="cast">Where it plays, and who is there.</param>
    /// <param name="pack">The model by which the bureau works.</param>
    /// <param name="from">Midnight of the first day, at UTC+8.</param>
    public MonthBuilder(string prefix, int seed, MonthCast cast, ModelPack pack, DateTimeOffset from)
    {
        this.prefix = prefix;
        this.from = from;
        Dice = new RepeatableRandom((ulong)seed);
        Cast = cast;
        Pack = pack;
    }

    /// <summary>Where it plays.</summary>
    public MonthCast Cast { get; }

    /// <summary>The model by which the bureau works.</summary>
    public ModelPack Pack { get; }

    /// <summary>Chance, the same for the same seed.</summary>
    public RepeatableRandom Dice { get; }

    /// <summary>The green leaf.</summary>
    public MonthActor Leaf => new(MonthRole.Officer, Cast.GreenLeaf);

    /// <summary>The red flower.</summary>
    public MonthActor Flower => new(MonthRole.Officer, Cast.RedFlower);

    /// <summary>The community, as paths name it.</summary>
    public string Community => $"communities/{Cast.CommunityId}";

    /// <summary>The steps that follow are about this room of the product.</summary>
    public MonthBuilder About(string name)
    {
        room = name;
        return this;
    }

    /// <summary>A moment of the month.</summary>
    /// <param name="day">Day of the month, 0 to 29.</param>
    /// <param name="hour">Hour at UTC+8, with parts of it.</param>
    public DateTimeOffset At(int day, double hour) => from.AddDays(day).AddMinutes((int)(hour * 60));

    /// <summary>One of several.</summary>
    public T Pick<T>(IReadOnlyList<T> all)
    {
        ArgumentNullException.ThrowIfNull(all);
        return all[Dice.Below(all.Count)];
    }

    /// <summary>One more step.</summary>
    /// <param name="at">When.</param>
    /// <param name="actor">Who.</param>
    /// <param name="path">What, below <c>/api/v1</c>.</param>
    /// <param name="body">With what.</param>
    /// <param name="refused">The code with which it must be refused.</param>
    public MonthStep Do(DateTimeOffset at, MonthActor actor, string path, object? body = null, string? refused = null) =>
        Add(new MonthStep(NextKey(), at, room, actor, path, ToJson(body ?? new { })) { Refused = refused });

    /// <summary>One more step whose answer has an id that later steps name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="at">When.</param>
    /// <param name="actor">Who.</param>
    /// <param name="path">What.</param>
    /// <param name="body">With what.</param>
    /// <param name="idIn">Where the id is in the answer.</param>
    public MonthStep Make(string name, DateTimeOffset at, MonthActor actor, string path, object body, string idIn = "id") =>
        Add(new MonthStep(NextKey(), at, room, actor, path, ToJson(body)) { Ids = Name(name, idIn) });

    /// <summary>One more step that reads until there is the id that later steps name.</summary>
    public MonthStep Read(string name, DateTimeOffset at, MonthActor actor, string path, string idIn) =>
        Add(new MonthStep(NextKey(), at, room, actor, path, null) { Ids = Name(name, idIn) });

    /// <summary>A step of whose answer later steps name one thing more.</summary>
    public MonthStep Also(MonthStep step, string name, string idIn)
    {
        ArgumentNullException.ThrowIfNull(step);
        return Replace(step, step with { Ids = step.Ids.Add(name, idIn) });
    }

    /// <summary>A step that may be refused because live work goes on beside the month.</summary>
    public MonthStep MayBe(MonthStep step, params ImmutableArray<string> codes)
    {
        ArgumentNullException.ThrowIfNull(step);
        return Replace(step, step with { MayBe = codes });
    }

    /// <summary>A step that is about now.</summary>
    public MonthStep AsNow(MonthStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return Replace(step, step with { Now = true });
    }

    /// <summary>Says how a matter stands at the end of the month.</summary>
    public void Ends(MonthMatter matter) => matters.Add(matter);

    /// <summary>The month, by time.</summary>
    public MonthPlan Build() => new(from, [.. steps.OrderBy(x => x.At)], [.. matters]);

    private static ImmutableSortedDictionary<string, string> Name(string name, string idIn) =>
        ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal).Add(name, idIn);

    private static JsonObject ToJson(object body) => JsonSerializer.SerializeToNode(body, DispatchJson.Options)!.AsObject();

    private MonthStep Add(MonthStep step)
    {
        var given = step.Actor == Flower && IsFlowerAway(step.At) ? step with { Actor = Leaf } : step;
        steps.Add(given);
        return given;
    }

    /// <summary>While the red flower is away, the green leaf does what there is to do.</summary>
    private bool IsFlowerAway(DateTimeOffset at) => !Cast.PairIsLive && at >= At(PairStory.AwayOn, 0) && at < At(PairStory.BackOn + 1, 0);

    private MonthStep Replace(MonthStep step, MonthStep by)
    {
        steps[steps.LastIndexOf(step)] = by;
        return by;
    }

    /// <summary>Counted within the room, so that a story that grows leaves the keys of the others as they are.</summary>
    private string NextKey()
    {
        var number = counts[room] = counts.GetValueOrDefault(room) + 1;
        return $"{prefix}-{room}-{number}";
    }
}
