namespace Dispatch.Pairs;

/// <summary>The clocks by which pairs in their communities are looked after; section <c>Dispatch:PairCare</c>.</summary>
public sealed class PairCareOptions
{
    /// <summary>How long a handover sheet may be open before it is overdue; 1 to 90 days, default 7.</summary>
    public TimeSpan HandoverWithin { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long a pair may be without contact in its home community; 1 to 90 days, default 7 (the document's roll-out board).</summary>
    public TimeSpan ContactWithin { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long before its end a term is to be renewed; 1 to 366 days, default 30.</summary>
    public int TermEndsSoonDays { get; set; } = 30;

    /// <summary>How many months before a green leaf retires a successor is to be named; 1 to 60, default 12.</summary>
    public int SuccessionMonths { get; set; } = 12;

    /// <summary>What cannot be; null where all is well.</summary>
    public string? FindFault() =>
        !IsDays(HandoverWithin) ? "HandoverWithin is 1 to 90 days."
        : !IsDays(ContactWithin) ? "ContactWithin is 1 to 90 days."
        : TermEndsSoonDays is < 1 or > 366 ? "TermEndsSoonDays is 1 to 366."
        : SuccessionMonths is < 1 or > 60 ? "SuccessionMonths is 1 to 60."
        : null;

    private static bool IsDays(TimeSpan time) => time >= TimeSpan.FromDays(1) && time <= TimeSpan.FromDays(90);
}
