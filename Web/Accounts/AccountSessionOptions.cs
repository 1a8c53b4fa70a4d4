namespace Dispatch.Accounts;

/// <summary>How long sessions last. Configured under <c>Dispatch:Sessions</c>.</summary>
public sealed class AccountSessionOptions
{
    /// <summary>How long an access token is good for, 1 s to a day, default an hour; the hub closes the connection then.</summary>
    public TimeSpan AccessTokenFor { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long a refresh token or a cookie is good for, at most 30 days, default 14 h: a shift and the way to the next.</summary>
    public TimeSpan SessionFor { get; set; } = TimeSpan.FromHours(14);

    /// <summary>What cannot work in these settings; null where all can.</summary>
    public string? FindFault() =>
        AccessTokenFor < TimeSpan.FromSeconds(1) || AccessTokenFor > TimeSpan.FromDays(1) ? $"AccessTokenFor is 1 s to 1 day, not {AccessTokenFor}."
        : SessionFor < AccessTokenFor || SessionFor > TimeSpan.FromDays(30) ? $"SessionFor is AccessTokenFor to 30 days, not {SessionFor}."
        : null;
}
