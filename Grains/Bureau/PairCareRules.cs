using Dispatch.Commands;

namespace Dispatch.Bureau;

/// <summary>What may be agreed and planned about a pair: its agreement, an officer's retirement, who follows a green leaf. Pure.</summary>
public static class PairCareRules
{
    private const int MaxGoals = 2000;
    private const int MaxName = 100;
    private const int MaxYears = 10;
    private static readonly DateOnly First = new(2000, 1, 1);
    private static readonly DateOnly Last = new(2100, 12, 31);

    /// <summary>The organisation after a change, and the pair it was about.</summary>
    public static PairMembership Decide(Organisation organisation, PairChange change)
    {
        ArgumentNullException.ThrowIfNull(organisation);
        ArgumentNullException.ThrowIfNull(change);
        return PairMembershipRules.Find(organisation, change.PairId) is not { } pair ? PairMembershipRules.NotFound(change.PairId) : change switch
        {
            AgreePair c => Agree(organisation, pair, c),
            PlanRetirement c => Plan(organisation, pair, c),
            NameSuccessor c => Name(organisation, pair, c),
            _ => throw new ArgumentOutOfRangeException(nameof(change), change, "Not a change of what is agreed or planned."),
        };
    }

    /// <summary>What cannot be in an organisation file; null where all is well.</summary>
    public static string? FindFault(PairInfo pair)
    {
        ArgumentNullException.ThrowIfNull(pair);
        return pair.Agreement is { } a && WhyNot(a.From, a.To, a.Goals, a.SignedOn) is { } wrong
                ? $"The agreement of pair '{pair.Id}' cannot be ({wrong.Field}): {wrong.Message}"
            : pair.Officers.Any(x => x.RetiresOn is { } day && !IsPossible(day)) ? $"An officer of pair '{pair.Id}' retires on a day that cannot be."
            : pair.Successor is { } s && (!OrganisationRules.IsId(s.OfficerId)
                || (Reason(s.Reason) ?? PairMembershipRules.Text("name", s.Name, MaxName, required: true)) is not null)
                ? $"The successor named for pair '{pair.Id}' cannot be."
            : null;
    }

    private static PairMembership Agree(Organisation o, PairInfo pair, AgreePair c) =>
        WhyNot(c.From, c.To, c.Goals, c.SignedOn) is { } refusal ? refusal
        : pair.Officers.Length < 2 ? Refusal.Rule(RefusalCodes.PairIncomplete, $"Pair {pair.Id} has one officer; an agreement takes two.")
        : PairMembershipRules.With(
            o, pair with { Agreement = new PairAgreement(c.From, c.To, c.Goals.Trim(), c.SignedOn, pair.Agreement?.From) }, gone: []);

    private static PairMembership Plan(Organisation o, PairInfo pair, PlanRetirement c) =>
        Reason(c.Reason) is { } refusal ? refusal
        : pair.Officers.FirstOrDefault(x => x.Id == c.OfficerId) is not { } officer
            ? Refusal.Invalid(RefusalCodes.OfficerNotInPair, "officerId", $"Officer '{c.OfficerId}' is not of pair {pair.Id}.")
        : c.RetiresOn is { } day && !IsPossible(day) ? OutOfRange("retiresOn")
        : PairMembershipRules.With(
            o, pair with { Officers = pair.Officers.Replace(officer, officer with { RetiresOn = c.RetiresOn }) }, gone: []);

    private static PairMembership Name(Organisation o, PairInfo pair, NameSuccessor c) =>
        Reason(c.Reason) is { } refusal ? refusal
        : pair.Officers.Any(x => x.Id == c.OfficerId && x.Role == OfficerRole.GreenLeaf)
            ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, "officerId", "A green leaf is not his own successor.")
        : Officers(o).FirstOrDefault(x => x.Id == c.OfficerId) is not { } officer
            ? Refusal.Invalid(RefusalCodes.OfficerNotFound, "officerId", $"The bureau knows no officer '{c.OfficerId}'.")
        : PairMembershipRules.With(o, pair with { Successor = new NamedSuccessor(officer.Id, officer.Name, c.Reason) }, gone: []);

    private static Refusal? WhyNot(DateOnly from, DateOnly to, string? goals, DateOnly signedOn) =>
        !IsPossible(from) ? OutOfRange("from")
        : !IsPossible(to) || to <= from || to > from.AddYears(MaxYears)
            ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, "to", $"to is after from, and at most {MaxYears} years later.")
        : signedOn < from.AddYears(-1) || signedOn > to
            ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, "signedOn", "signedOn is at most a year before from, and not after to.")
        : PairMembershipRules.Text("goals", goals, MaxGoals, required: true);

    private static IEnumerable<OfficerInfo> Officers(Organisation o) => o.Pairs.SelectMany(x => x.Officers).Concat(o.UnpairedOfficers ?? []);

    private static bool IsPossible(DateOnly day) => day >= First && day <= Last;

    private static Refusal OutOfRange(string field) =>
        Refusal.Invalid(RefusalCodes.ValueOutOfRange, field, $"{field} is a day from {First.Year} to {Last.Year}.");

    private static Refusal? Reason(string? reason) => PairMembershipRules.Text("reason", reason, PairMembershipRules.MaxReason, required: true);
}
