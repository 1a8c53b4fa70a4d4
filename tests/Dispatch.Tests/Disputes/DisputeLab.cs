using System.Collections.Immutable;
using Dispatch.Commands;
using Dispatch.Disputes;
using Dispatch.Packs;
using Dispatch.Protection;
using Dispatch.Tests.Processes;

namespace Dispatch.Tests.Disputes;

/// <summary>A dispute that is driven through its pure rules the way its grain drives it.</summary>
internal sealed class DisputeLab(ModelPack pack, DateTimeOffset now)
{
    public const string Id = "0f1e2d3c-0000-8000-8000-000000000001";
    public const string OtherId = "0f1e2d3c-0000-8000-8000-000000000002";
    public static readonly Actor Officer = new("officer", "Officer", "north-1");

    /// <summary>A Wednesday of ordinary weeks, 10 h in China.</summary>
    public static readonly DateTimeOffset Wednesday = new(2026, 3, 11, 2, 0, 0, TimeSpan.Zero);

    private long version;

    public DisputeLab(string pack = "red-flower-green-leaf")
        : this(TestPacks.Shipped.Find(pack)!, Wednesday)
    {
    }

    public ModelPack Pack { get; } = pack;

    public DateTimeOffset Now { get; set; } = now;

    public DisputeState? State { get; private set; }

    public List<DisputeEvent> Events { get; } = [];

    /// <summary>Sends a dispute elsewhere, for duplicates and repeats.</summary>
    public DisputeView? Other { get; set; }

    public DisputeView View => State!.View(Id, version);

    /// <summary>Does a command; why not, where it is refused.</summary>
    public Refusal? Try(DisputeCommand command)
    {
        var facts = new DisputeFacts(Id, Officer, Pack, Now) { StationId = "north", Other = Other };
        var decision = DisputeRules.Decide(State, command, facts);
        foreach (var happened in decision.Events)
        {
            State = DisputeState.Apply(State, new Recorded<DisputeEvent>(++version, Now, Officer, null, happened));
            Events.Add(happened);
        }

        return decision.Refusal;
    }

    /// <summary>Does commands that must not be refused.</summary>
    public DisputeLab Do(params ReadOnlySpan<DisputeCommand> commands)
    {
        foreach (var command in commands)
        {
            Assert.Null(Try(command));
        }

        return this;
    }

    /// <summary>Expects a refusal that changes nothing.</summary>
    public DisputeLab Refused(string code, DisputeCommand command)
    {
        var before = version;
        Assert.Equal(code, Try(command)?.Code);
        Assert.Equal(before, version);
        return this;
    }

    public DisputeLab Open(string kind = "neighbour", string? tier = null, params NewParty[] parties) => Do(Opening(kind, tier, parties));

    public static OpenDispute Opening(string kind = "neighbour", string? tier = null, params NewParty[] parties) =>
        new(kind, "楼上漏水", parties.Length > 0 ? [.. parties] : [Somebody(), Somebody()]) { CommunityId = "north-west", Tier = tier };

    public static NewParty Somebody(PartyRole role = PartyRole.Party, MinorAge? minor = null, int? guardianOf = null) =>
        new(role, Minor: minor, GuardianOf: guardianOf, Person: new ProtectedPerson("某人"));

    /// <summary>Both consent and agree in a session; what they owe each other.</summary>
    public DisputeLab Agree(params NewObligation[] obligations) => Do(
        new GiveConsent("party-1", ConsentForm.Written),
        new GiveConsent("party-2", ConsentForm.Oral),
        new ScheduleSession(Now, "一号调解室", "社区民警"),
        new HoldSession($"session-{State!.Sessions.Length + 1}", SessionOutcome.Agreement, ["party-1", "party-2"]),
        new RecordAgreement(AgreementForm.Written, "各退一步", ["party-1", "party-2"], [.. obligations]));

    public ClosedLocally ClosedLocally(params DateTimeOffset[] repeats) => Dispatch.Disputes.ClosedLocally.Of(View, Pack, Now, repeats);
}
