namespace Dispatch.Protection;

/// <summary>
/// For how long protected fields are kept after their matter has ended, in days; section <c>Dispatch:Retention</c>. The law gives no number: the Personal
/// Information Protection Law (个人信息保护法, 2021), article 19, asks for the shortest time that the purpose needs. These defaults follow from the purposes named
/// with each; a bureau sets its own by its records schedule.
/// </summary>
public sealed record RetentionOptions
{
    /// <summary>Longest that can be set: 30 years, the long term of the regulation on the keeping of archives (机关文件材料归档范围和文书档案保管期限规定, 2006).</summary>
    public const int MaxDays = 10_958;

    /// <summary>Contacts: 180 days, 1 to <see cref="MaxDays"/>. Long enough for the follow-up of a visit and for a complaint about it.</summary>
    public int ContactDays { get; init; } = 180;

    /// <summary>Concerns: 365 days. The repeat of a concern within a year can be told to the same resident.</summary>
    public int ConcernDays { get; init; } = 365;

    /// <summary>
    /// Disputes: 1,096 days, three years. The time in which the civil code (民法典, article 188) lets a party sue on the agreement.
    /// </summary>
    public int DisputeDays { get; init; } = 1096;

    /// <summary>Incidents: 365 days. Longer than the six months within which a public-order case may be punished (治安管理处罚法) and a decision be taken to court.</summary>
    public int IncidentDays { get; init; } = 365;

    /// <summary>Tips: 180 days. Who gave one is in the more danger the longer it is known.</summary>
    public int TipDays { get; init; } = 180;

    /// <summary>Complaints about the police: 1,096 days, so that a pattern can be looked into and the answer reviewed.</summary>
    public int ComplaintDays { get; init; } = 1096;

    /// <summary>How many seconds lie between two sweeps: 1 to 86,400, default an hour.</summary>
    public int SweepSeconds { get; init; } = 3600;

    /// <summary>Longest legal hold, in days: 1 to <see cref="MaxDays"/>, default a year; it can be renewed.</summary>
    public int MaxHoldDays { get; init; } = 365;

    /// <summary>For how long fields of a class are kept.</summary>
    public TimeSpan For(RetentionClass cls) => TimeSpan.FromDays(cls switch
    {
        RetentionClass.Contact => ContactDays,
        RetentionClass.Concern => ConcernDays,
        RetentionClass.Dispute => DisputeDays,
        RetentionClass.Incident => IncidentDays,
        RetentionClass.Tip => TipDays,
        RetentionClass.Complaint => ComplaintDays,
        _ => throw new ArgumentOutOfRangeException(nameof(cls)),
    });

    /// <summary>The first number that cannot be, in words; null where all can.</summary>
    public string? FindFault() =>
        Days(nameof(ContactDays), ContactDays)
        ?? Days(nameof(ConcernDays), ConcernDays)
        ?? Days(nameof(DisputeDays), DisputeDays)
        ?? Days(nameof(IncidentDays), IncidentDays)
        ?? Days(nameof(TipDays), TipDays)
        ?? Days(nameof(ComplaintDays), ComplaintDays)
        ?? Days(nameof(MaxHoldDays), MaxHoldDays)
        ?? (SweepSeconds is >= 1 and <= 86_400 ? null : $"{nameof(SweepSeconds)} is 1 to 86400.");

    private static string? Days(string name, int value) => value is >= 1 and <= MaxDays ? null : $"{name} is 1 to {MaxDays} days.";
}
