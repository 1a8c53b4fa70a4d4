namespace Dispatch.Disputes;

/// <summary>How much of everything a dispute holds.</summary>
public static class DisputeLimits
{
    /// <summary>Most parties.</summary>
    public const int Parties = 20;

    /// <summary>Most moves from tier to tier.</summary>
    public const int Hops = 50;

    /// <summary>Most referrals.</summary>
    public const int Referrals = 30;

    /// <summary>Most sessions.</summary>
    public const int Sessions = 30;

    /// <summary>Most obligations of an agreement.</summary>
    public const int Obligations = 20;

    /// <summary>Most visits after a settlement.</summary>
    public const int FollowUps = 24;

    /// <summary>Most warning letters.</summary>
    public const int WarningLetters = 10;

    /// <summary>Most things it has to do with, at its opening.</summary>
    public const int Refs = 20;

    /// <summary>How often it can be gone on with.</summary>
    public const int Reopenings = 20;

    /// <summary>Longest title.</summary>
    public const int Title = 120;

    /// <summary>Longest summary.</summary>
    public const int Summary = 2000;

    /// <summary>Longest reason.</summary>
    public const int Reason = 500;

    /// <summary>Longest name of a role.</summary>
    public const int RoleName = 60;

    /// <summary>Longest id of a partner.</summary>
    public const int PartnerId = 64;

    /// <summary>How far back something may be recorded.</summary>
    public static readonly TimeSpan LongestAgo = TimeSpan.FromDays(30);

    /// <summary>How far ahead the clock of a phone may be.</summary>
    public static readonly TimeSpan ClockError = TimeSpan.FromMinutes(5);
}
