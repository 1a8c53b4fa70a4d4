using Dispatch.Commands;
using Dispatch.Concerns;
using Dispatch.Packs;
using Dispatch.Tests.Processes;

namespace Dispatch.Tests.Concerns;

/// <summary>A concern in the hands of its rules alone: each step is decided, applied, and its refusal kept.</summary>
public sealed class ConcernSteps(string pack = "red-flower-green-leaf")
{
    public static readonly Actor Officer = new("officer", "Officer", "north-1");
    public static readonly string Id = DerivedIds.For("concern", "officer", "1");
    public static readonly string Interaction = DerivedIds.For("interaction", "officer", "1");
    private long version;

    public DateTimeOffset Now { get; set; } = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    public ConcernState? State { get; private set; }

    public ConcernView Concern => State!.Concern;

    public ModelPack Pack { get; } = TestPacks.Shipped.Find(pack)!;

    public ConcernSurroundings Around => new(Id, Officer, Now, Pack)
    {
        StationId = "north", IncidentExists = true, PairStationId = "north", OwnerExists = true,
    };

    public static RaiseConcern Raising => new(ConcernSource.Interaction, "parking", "夜间乱停车") { CommunityId = "north-west", InteractionIds = [Interaction] };

    /// <summary>Does it; the code of the refusal, or null.</summary>
    public string? Do(ConcernCommand command, Func<ConcernSurroundings, ConcernSurroundings>? look = null)
    {
        var decision = ConcernRules.Decide(State, command, look is null ? Around : look(Around));
        foreach (var happened in decision.Events)
        {
            State = ConcernState.Apply(State, new Recorded<ConcernEvent>(++version, Now, Officer, "x", happened));
        }

        return decision.Refusal?.Code;
    }

    /// <summary>Does it and expects it to be done.</summary>
    public ConcernSteps Done(ConcernCommand command, Func<ConcernSurroundings, ConcernSurroundings>? look = null)
    {
        Assert.Null(Do(command, look));
        return this;
    }

    /// <summary>An open problem of a station.</summary>
    public static ProblemView Problem(string station = "north", DateTimeOffset? closedAt = null) =>
        new(DerivedIds.For("problem", "officer", "1"), "P1", "north-east", station, "停车", DateTimeOffset.UnixEpoch, "Officer") { ClosedAt = closedAt };
}
