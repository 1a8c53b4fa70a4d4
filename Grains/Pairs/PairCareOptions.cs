namespace Dispatch.Pairs;

/// <summary>Clocks of pairs in their communities that no model pack has; section <c>Dispatch:PairCare</c>.</summary>
public sealed class PairCareOptions
{
    /// <summary>How long a handover sheet may be open before it is overdue; 1 to 90 days, default 7.</summary>
    public TimeSpan HandoverWithin { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long before its end a term is to be renewed; 1 to 366 days, default 30.</summary>
    public int TermEndsSoonDays { get; set; } = 30;

    /// <summary>What cannot be; null where all is well.</summary>
    public string? FindFault() =>
        HandoverWithin < TimeSpan.FromDays(1) || HandoverWithin > TimeSpan.FromDays(90) ? "HandoverWithin is 1 to 90 days."
        : TermEndsSoonDays is < 1 or > 366 ? "TermEndsSoonDays is 1 to 366."
        : null;
}
