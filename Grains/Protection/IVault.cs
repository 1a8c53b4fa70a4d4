using Dispatch.Commands;

namespace Dispatch.Protection;

/// <summary>
/// Seals protected fields and opens them. Every subject (<c>incident/…</c>, <c>dispute/…</c>, a month of a community's interactions) has a data key of its own;
/// to erase what is known under a subject is to destroy its key. Whoever opens something has journalled the read before.
/// </summary>
public interface IVault
{
    /// <summary>How every digest begins; digests without it are from before they were keyed.</summary>
    const string DigestPrefix = "k:";

    /// <summary>Seals fields under a subject's key, which is made where there is none. Sealing the same again gives another box that is as good.</summary>
    /// <param name="subject">1 to 200 characters.</param>
    /// <param name="cls">For how long it is kept once the matter has ended; counts for the subject's first fields.</param>
    /// <param name="person">What is protected.</param>
    /// <param name="endsAt">Where the subject ends by itself, such as a month of interactions: when. Null for a matter that <see cref="EndAsync"/> ends.</param>
    /// <exception cref="TimeoutException">The database could not be used now; nothing was sealed.</exception>
    ValueTask<SealedFields> SealAsync(string subject, RetentionClass cls, ProtectedPerson person, DateTimeOffset? endsAt = null);

    /// <summary>Opens sealed fields; null where their key was erased. An erased key opens nothing more in any process within <see cref="VaultOptions.KeepKeysFor"/>.</summary>
    /// <exception cref="TimeoutException">The database could not be used now.</exception>
    ValueTask<ProtectedPerson?> OpenAsync(SealedFields box);

    /// <summary>The matter has ended: its retention begins. Harmless twice and for a subject that has no fields.</summary>
    Task EndAsync(string subject, DateTimeOffset closedAt);

    /// <summary>The matter goes on: nothing is erased while it is open.</summary>
    Task ReopenAsync(string subject);

    /// <summary>Nothing of the subject is erased before a time, whatever its retention says.</summary>
    /// <returns>Why it cannot be held; null where it is.</returns>
    Task<Refusal?> HoldAsync(string subject, DateTimeOffset until, string reason, CommandContext context);

    /// <summary>The hold ends; what has expired meanwhile is erased at the next sweep.</summary>
    /// <returns>Why not; null where it ended.</returns>
    Task<Refusal?> ReleaseHoldAsync(string subject, string reason, CommandContext context);

    /// <summary>A digest of what must not be guessed back, such as a command's body with a telephone number: keyed, so worth nothing without the secret.</summary>
    /// <param name="content">What is digested.</param>
    /// <returns><c>k:</c> and 24 hexadecimal digits, the same in every process of the installation.</returns>
    string Digest(ReadOnlySpan<byte> content);
}
