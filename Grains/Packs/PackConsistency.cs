using System.Globalization;

namespace Dispatch.Packs;

/// <summary>What a pack must be and its schema cannot say: codes are unique, references lead somewhere, and no pack switches a guard rail off.</summary>
public static class PackConsistency
{
    /// <summary>The first fault; null where the pack can be taken.</summary>
    /// <param name="pack">A pack that satisfies the schema.</param>
    public static PackFault? FindFault(ModelPack pack)
    {
        ArgumentNullException.ThrowIfNull(pack);
        return RepeatedCodes(pack)
            .Concat(Orders("disputeGrades", pack.DisputeGrades, x => x.Order))
            .Concat(Orders("disputeTiers", pack.DisputeTiers, x => x.Order))
            .Concat(Partners(pack))
            .Concat(FirstAttempts(pack))
            .Concat(GuardRails(pack))
            .Concat(Endings(pack))
            .Concat(Days(pack))
            .FirstOrDefault();
    }

    private static IEnumerable<PackFault> RepeatedCodes(ModelPack p) =>
    [
        .. Repeated("practices", p.Practices, x => x.Code),
        .. Repeated("taskKinds", p.TaskKinds, x => x.Code),
        .. Repeated("concernCategories", p.ConcernCategories, x => x.Code),
        .. Repeated("disputeKinds", p.DisputeKinds, x => x.Code),
        .. Repeated("disputeGrades", p.DisputeGrades, x => x.Code),
        .. Repeated("disputeTiers", p.DisputeTiers, x => x.Code),
        .. Repeated("channels", p.Channels, x => x.Code),
        .. Repeated("smallUnits", p.SmallUnits, x => x.Code),
        .. Repeated("partnerKinds", p.PartnerKinds, x => x.Code),
        .. Repeated("servicePointKinds", p.ServicePointKinds, x => x.Code),
        .. Repeated("contactBookRoles", p.ContactBookRoles, x => x.Code),
        .. Repeated("meetingKinds", p.MeetingKinds, x => x.Code),
        .. Repeated("timeAwayReasons", p.TimeAwayReasons, x => x.Code),
    ];

    private static IEnumerable<PackFault> Repeated<T>(string list, IEnumerable<T> items, Func<T, string> code)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return items.Select(code).Index().Where(x => !seen.Add(x.Item)).Select(x => At($"/{list}/{x.Index}/code", $"'{x.Item}' is there twice."));
    }

    private static IEnumerable<PackFault> Orders<T>(string list, IReadOnlyList<T> items, Func<T, int> order) =>
        Enumerable.Range(1, items.Count - 1)
            .Where(i => order(items[i]) <= order(items[i - 1]))
            .Select(i => At($"/{list}/{i}/order", $"It must be above {order(items[i - 1])}, that of the one before."));

    private static IEnumerable<PackFault> Partners(ModelPack p) =>
    [
        .. p.TaskKinds.Index().SelectMany(x => Partners(p, $"/taskKinds/{x.Index}/partnerKinds", x.Item.PartnerKinds, y => y.TakesWork, "takes no work")),
        .. p.DisputeTiers.Index().SelectMany(x => Partners(p, $"/disputeTiers/{x.Index}/partnerKinds", x.Item.PartnerKinds, y => y.Mediates, "does not mediate")),
        .. p.PatrolTeam is null ? [] : Partner(p, "/patrolTeam/partnerKind", p.PatrolTeam.PartnerKind, y => y.TakesWork, "takes no work"),
        .. p.PatrolTeam is { } team && team.MaxVolunteers < team.MinVolunteers
            ? [At("/patrolTeam/maxVolunteers", $"It must be at least minVolunteers, {team.MinVolunteers}.")]
            : Enumerable.Empty<PackFault>(),
    ];

    private static IEnumerable<PackFault> Partners(
        ModelPack p, string pointer, IEnumerable<string> codes, Func<PartnerKind, bool> fits, string why) =>
        codes.Index().SelectMany(x => Partner(p, $"{pointer}/{x.Index}", x.Item, fits, why));

    private static IEnumerable<PackFault> Partner(ModelPack p, string pointer, string code, Func<PartnerKind, bool> fits, string why) =>
        p.FindPartnerKind(code) is not { } partner ? [At(pointer, $"There is no partner kind '{code}'.")]
        : fits(partner) ? []
        : [At(pointer, $"The partner kind '{code}' {why}.")];

    private static IEnumerable<PackFault> FirstAttempts(ModelPack p) => p.FirstAttempt is not { } first ? [] :
    [
        .. Partner(p, "/firstAttempt/by", first.By, x => !x.Volunteers, "is volunteers, who have no access to case data"),
        .. first.DisputeKinds.Index().SelectMany(x => FirstAttemptAt(p, $"/firstAttempt/disputeKinds/{x.Index}", x.Item)),
        .. first.ConcernCategories.Index().Where(x => !p.HasConcernCategory(x.Item))
            .Select(x => At($"/firstAttempt/concernCategories/{x.Index}", $"There is no concern category '{x.Item}'.")),
    ];

    private static IEnumerable<PackFault> FirstAttemptAt(ModelPack p, string pointer, string code) => p.FindDisputeKind(code) switch
    {
        null => [At(pointer, $"There is no dispute kind '{code}'.")],
        { Excluded: not null } or { NoMediationClosing: true } => [At(pointer, $"'{code}' is not for anybody to settle before the police see it.")],
        _ => [],
    };

    /// <summary>What the law says of mediation, and who may know of a case, is no setting of a pack.</summary>
    private static IEnumerable<PackFault> GuardRails(ModelPack p) =>
    [
        .. p.FindDisputeKind(DisputeKindCodes.DomesticViolence) is { NoMediationClosing: true }
            ? Enumerable.Empty<PackFault>()
            : [At("/disputeKinds", $"'{DisputeKindCodes.DomesticViolence}' must be there, with noMediationClosing true.")],
        .. DisputeKindCodes.AlwaysExcluded.Where(x => p.FindDisputeKind(x)?.Excluded is null)
            .Select(x => At("/disputeKinds", $"'{x}' must be there and be excluded.")),
        .. p.PartnerKinds.Index().Where(x => x.Item is { Volunteers: true, Mediates: true })
            .Select(x => At($"/partnerKinds/{x.Index}/mediates", "Volunteers have no access to case data, so they do not mediate.")),
    ];

    private static IEnumerable<PackFault> Endings(ModelPack p)
    {
        var facts = p.ClosedLocally.Facts;
        if (!facts.Contains(ClosedLocallyFact.SettledWhereItBegan))
        {
            yield return At("/closedLocally/facts", "'settledWhereItBegan' must be there.");
        }

        if (p.FollowUp.Visits == 0 && facts.Contains(ClosedLocallyFact.FollowUpDone))
        {
            yield return At($"/closedLocally/facts/{facts.IndexOf(ClosedLocallyFact.FollowUpDone)}", "'followUpDone' needs a follow-up visit.");
        }

        if (p.DisputeTiers[0].Kind == DisputeTierKind.Judicial)
        {
            yield return At("/disputeTiers/0/kind", "The first tier is not a court.");
        }
    }

    private static IEnumerable<PackFault> Days(ModelPack p) =>
    [
        .. p.WorkingWeekends.Index().Where(x => x.Item.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            .Select(x => At($"/workingWeekends/{x.Index}", $"{Iso(x.Item)} is neither a Saturday nor a Sunday.")),
        .. p.WorkingWeekends.Index().Where(x => p.Holidays.Contains(x.Item))
            .Select(x => At($"/workingWeekends/{x.Index}", $"{Iso(x.Item)} is a holiday, too.")),
    ];

    private static string Iso(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    private static PackFault At(string pointer, string message) => new(pointer, message);
}
