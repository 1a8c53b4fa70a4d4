using System.Collections.Immutable;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Communities;
using Dispatch.Packs;
using Dispatch.Protection;

namespace Dispatch.Disputes;

/// <content>Opening, parties and grade.</content>
public static partial class DisputeRules
{
    private const int MaxPlace = 200;
    private const int LeastParties = 2;

    private static Decision<DisputeEvent> Open(DisputeState? state, OpenDispute c, DisputeFacts facts)
    {
        if (state is not null)
        {
            return Refusal.Rule(RefusalCodes.DisputeAlreadyOpen, "This dispute was opened already.");
        }

        if ((DisputeChecks.Whole("parties", (ImmutableArray<NewParty>?)c.Parties) ?? DisputeChecks.Whole("refs", c.Refs) ?? WhyNotText(c) ?? WhyNotPack(c, facts.Pack) ?? WhyNotParties(c) ?? WhyNotRepeat(c, facts) ?? WhyNotPlace(c, facts)) is { } refusal)
        {
            return refusal;
        }

        var kind = facts.Pack.FindDisputeKind(c.Kind)!;
        var tier = c.Tier is null ? facts.Pack.DisputeTiers.MinBy(x => x.Order)! : facts.Pack.FindDisputeTier(c.Tier)!;
        var first = facts.Pack.FirstAttempt is { } attempt && attempt.DisputeKinds.Contains(c.Kind) ? facts.Pack.Due(attempt.Within, facts.Now) : (DateTimeOffset?)null;
        ImmutableArray<string> refs = [.. (c.Refs ?? []).Concat(c.RepeatOf is null ? [] : [MatterIds.KeyOf(MatterKind.Dispute, c.RepeatOf)]).Distinct(StringComparer.Ordinal)];
        return new DisputeOpened(
            MatterIds.Number(MatterKind.Dispute, facts.Id, facts.Now), c.CommunityId, facts.StationId!, kind.Code, !kind.NoMediationClosing,
            Wording.Clean(c.Title)!, Wording.Clean(c.Summary), c.Grade ?? facts.Pack.DisputeGrades.MinBy(x => x.Order)!.Code, tier.Code, tier.Kind,
            [.. c.Parties.Select((x, i) => Stored(x, i, facts.SealedOf(i)))], c.Location?.Rounded(), Wording.Clean(c.Place), refs, c.RepeatOf,
            c.PairId ?? facts.By.PairId, first, DisputeClocks.At(tier.Kind, !kind.NoMediationClosing, facts.Pack, facts.Now));
    }

    private static Refusal? WhyNotText(OpenDispute c) =>
        DisputeChecks.Needed("title", c.Title, DisputeLimits.Title, c.TextConfirmed)
        ?? DisputeChecks.Optional("summary", c.Summary, DisputeLimits.Summary, c.TextConfirmed)
        ?? DisputeChecks.Optional("place", c.Place, MaxPlace, c.TextConfirmed)
        ?? (c.Refs?.Length > DisputeLimits.Refs || c.Refs?.All(DisputeChecks.IsRef) == false
            ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, "refs", $"refs are at most {DisputeLimits.Refs} of the form kind/id.")
            : null);

    private static Refusal? WhyNotPack(OpenDispute c, ModelPack pack) =>
        pack.FindDisputeKind(c.Kind) is not { } kind ? Refusal.Invalid(RefusalCodes.DisputeKindNotFound, "kind", $"The model has no kind of dispute '{c.Kind}'.")
        : kind.Excluded is { } excluded
            ? new Refusal(RefusalKind.Rule, RefusalCodes.DisputeKindExcluded, $"{excluded.Code}: {excluded.Reason} {excluded.ReasonEn}", "kind")
        : c.Grade is not null && pack.FindDisputeGrade(c.Grade) is null ? NoGrade(c.Grade)
        : c.Tier is not null && pack.FindDisputeTier(c.Tier) is null ? NoTier(c.Tier)
        : null;

    private static Refusal? WhyNotParties(OpenDispute c) =>
        c.Parties.Length is < LeastParties or > DisputeLimits.Parties || c.Parties.Count(x => x.Role == PartyRole.Party) < LeastParties
            ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, "parties", $"A dispute has {LeastParties} to {DisputeLimits.Parties} parties, two of them of role party.")
            : c.Parties.Select((x, i) => WhyNot(x, $"parties[{i}]", c.TextConfirmed, n => n <= c.Parties.Length && c.Parties[n - 1].Role != PartyRole.Guardian))
                .FirstOrDefault(x => x is not null);

    private static Refusal? WhyNotRepeat(OpenDispute c, DisputeFacts facts) =>
        c.RepeatOf is null ? null
        : facts.Other is not { } other ? Refusal.Invalid(RefusalCodes.MatterNotFound, "repeatOf", "There is no such dispute.")
        : other.CommunityId != c.CommunityId ? Refusal.Invalid(RefusalCodes.RepeatNotOfCommunity, "repeatOf", "That dispute is of another community.")
        : null;

    private static Refusal? WhyNotPlace(OpenDispute c, DisputeFacts facts) =>
        facts.StationId is null ? Refusal.NotFound(RefusalCodes.CommunityNotFound, $"There is no community '{c.CommunityId}'.")
        : c.Location is { IsValid: false } ? Refusal.Invalid(RefusalCodes.LocationInvalid, "location", "location is no place on earth.")
        : !facts.KnowsPair ? Refusal.Invalid(RefusalCodes.PairNotFound, "pairId", $"There is no pair '{c.PairId}'.")
        : null;

    private static Refusal? WhyNot(NewParty x, string field, bool confirmed, Func<int, bool> isSomebody) =>
        x.Nature == PartyNature.Group && string.IsNullOrWhiteSpace(x.Label) ? Refusal.Invalid(RefusalCodes.ValueMissing, $"{field}.label", "A group has a label.")
        : x.Nature == PartyNature.Person && x.Label is not null
            ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, $"{field}.label", "A person has no label: what is known of one is protected.")
        : x.GuardianOf is { } of && (x.Role != PartyRole.Guardian || of < 1 || !isSomebody(of))
            ? Refusal.Invalid(RefusalCodes.PartyNotFound, $"{field}.guardianOf", "guardianOf is the number of a party, and said of a guardian.")
        : DisputeChecks.Optional($"{field}.label", x.Label, DisputeLimits.RoleName, confirmed) ?? x.Person?.WhyNot($"{field}.person");

    private static StoredParty Stored(NewParty x, int index, SealedFields? box) => new(
        IdOf(index), x.Role, x.Nature, Wording.Clean(x.Label), x.Minor, x.GuardianOf is { } of ? IdOf(of - 1) : null, box);

    private static string IdOf(int index) => $"party-{index + 1}";

    private static Decision<DisputeEvent> Add(DisputeState s, AddParty c, DisputeFacts facts) =>
        s.Parties.Length >= DisputeLimits.Parties ? Full("parties", DisputeLimits.Parties)
        : c.Party.Role == PartyRole.Party && s.Agreement is not null ? AgreementExists
        : WhyNot(c.Party, "party", c.TextConfirmed, n => n <= s.Parties.Length && s.Parties[n - 1].Role != PartyRole.Guardian) is { } refusal ? refusal
        : new PartyAdded(Stored(c.Party, s.Parties.Length, facts.SealedOf(0)));

    private static Decision<DisputeEvent> Set(DisputeState s, SetPerson c, DisputeFacts facts) =>
        !s.IsOpen ? NotOpen
        : s.Party(c.PartyId) is null ? NoParty("partyId", c.PartyId)
        : c.Person.WhyNot("person") is { } refusal ? refusal
        : new PersonSet(c.PartyId, facts.SealedOf(0), c.Minor);

    private static Decision<DisputeEvent> Grade(DisputeState s, ChangeGrade c, DisputeFacts facts) =>
        DisputeChecks.Needed("reason", c.Reason, DisputeLimits.Reason, c.TextConfirmed) is { } refusal ? refusal
        : facts.Pack.FindDisputeGrade(c.Grade) is null ? NoGrade(c.Grade)
        : s.Grade == c.Grade ? Decision.Nothing<DisputeEvent>()
        : new GradeChanged(c.Grade, Wording.Clean(c.Reason)!);

    private static Refusal NoGrade(string grade) => Refusal.Invalid(RefusalCodes.DisputeGradeNotFound, "grade", $"The model has no grade '{grade}'.");
}
