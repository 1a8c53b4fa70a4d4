namespace Dispatch.Residents;

/// <summary>What residents can reach without an account; section <c>Dispatch:Residents</c>, checked at start.</summary>
public sealed class ResidentOptions
{
    /// <summary>Whether the residents' page, its API and Open311 are there at all; default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Posts that one address may send within <see cref="PostWindow"/>; 1 to 10,000, default 10.</summary>
    public int PostsPerAddress { get; set; } = 10;

    /// <summary>Posts of all addresses together within <see cref="PostWindow"/>; 1 to 1,000,000, default 2,000.</summary>
    public int PostsOfAll { get; set; } = 2000;

    /// <summary>Window of posts; 1 s to 24 h, default 10 minutes.</summary>
    public TimeSpan PostWindow { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Reads that one address may send a minute; 1 to 100,000, default 120.</summary>
    public int ReadsPerMinute { get; set; } = 120;

    /// <summary>Reads of all addresses together a minute; 1 to 10,000,000, default 12,000.</summary>
    public int ReadsOfAllPerMinute { get; set; } = 12_000;

    /// <summary>Claim codes that one address may try within <see cref="ClaimWindow"/>; 1 to 1,000, default 10.</summary>
    public int ClaimsPerAddress { get; set; } = 10;

    /// <summary>Claim codes that all addresses together may try within <see cref="ClaimWindow"/>; 1 to 100,000, default 1,000.</summary>
    public int ClaimsOfAll { get; set; } = 1000;

    /// <summary>Window of claims; 1 s to 24 h, default 10 minutes.</summary>
    public TimeSpan ClaimWindow { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Header in which a reverse proxy says whom it speaks for, such as <c>X-Forwarded-For</c>, whose last entry counts; null, the default, where there is no proxy. Used
    /// for the limits alone.
    /// </summary>
    public string? AddressHeader { get; set; }

    /// <summary>Keys that Open311 clients must send to post, comma-separated; empty, the default, where none is needed.</summary>
    public string ApiKeys { get; set; } = string.Empty;

    /// <summary>The jurisdiction_id of Open311 beside the bureau's id; 1 to 100 characters, null for none.</summary>
    public string? JurisdictionId { get; set; }

    /// <summary>What cannot be; null where all is well.</summary>
    public string? FindFault() =>
        Range(nameof(PostsPerAddress), PostsPerAddress, 10_000)
        ?? Range(nameof(PostsOfAll), PostsOfAll, 1_000_000)
        ?? Range(nameof(ReadsPerMinute), ReadsPerMinute, 100_000)
        ?? Range(nameof(ReadsOfAllPerMinute), ReadsOfAllPerMinute, 10_000_000)
        ?? Range(nameof(ClaimsPerAddress), ClaimsPerAddress, 1000)
        ?? Range(nameof(ClaimsOfAll), ClaimsOfAll, 100_000)
        ?? Window(nameof(PostWindow), PostWindow)
        ?? Window(nameof(ClaimWindow), ClaimWindow)
        ?? (AddressHeader is null || (AddressHeader.Length is > 0 and <= 100 && AddressHeader.All(x => char.IsAsciiLetterOrDigit(x) || x == '-'))
            ? null
            : "AddressHeader is the name of a header.")
        ?? (JurisdictionId is null or { Length: > 0 and <= 100 } ? null : "JurisdictionId is 1 to 100 characters.");

    private static string? Range(string name, int value, int most) => value >= 1 && value <= most ? null : $"{name} is 1 to {most}.";

    private static string? Window(string name, TimeSpan value) =>
        value >= TimeSpan.FromSeconds(1) && value <= TimeSpan.FromDays(1) ? null : $"{name} is 1 s to 24 h.";
}
