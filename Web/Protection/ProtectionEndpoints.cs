using System.Security.Claims;
using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Commands;
using Microsoft.AspNetCore.Mvc;

namespace Dispatch.Protection;

/// <summary>Holds what is known under a subject beyond its retention.</summary>
/// <param name="Subject">For instance <c>dispute/…</c>, at most 200 characters.</param>
/// <param name="Until">Until when, at most the configured longest hold ahead.</param>
/// <param name="Reason">Why, at most 500 characters.</param>
/// <param name="TextConfirmed">That the reason has no number of a person in it, though it looks so.</param>
public sealed record HoldSubject(string Subject, DateTimeOffset Until, string Reason, bool TextConfirmed = false);

/// <summary>Ends a hold.</summary>
/// <param name="Subject">The subject that is held.</param>
/// <param name="Reason">Why, at most 500 characters.</param>
/// <param name="TextConfirmed">That the reason has no number of a person in it, though it looks so.</param>
public sealed record ReleaseSubject(string Subject, string Reason, bool TextConfirmed = false);

/// <summary>How a log is asked for.</summary>
/// <param name="Subject">One subject.</param>
/// <param name="ActorId">One reader.</param>
/// <param name="From">From this time on.</param>
/// <param name="To">Before this time.</param>
/// <param name="Cursor">Where the last page ended.</param>
/// <param name="Limit">1 to 200.</param>
public sealed record LogParameters(
    [FromQuery] string? Subject,
    [FromQuery] string? ActorId,
    [FromQuery] DateTimeOffset? From,
    [FromQuery] DateTimeOffset? To,
    [FromQuery] string? Cursor,
    [FromQuery] int Limit = 100);

/// <summary>Legal holds, for supervisors; who read what and what was erased, for auditors, who see no protected field themselves.</summary>
public static class ProtectionEndpoints
{
    private const int MaxSubject = 200;

    /// <summary>Maps them.</summary>
    public static void MapProtection(this IEndpointRouteBuilder api)
    {
        var protection = api.MapGroup("/protection").WithTags("Protection");
        var holds = protection.MapGroup("/holds").RequireAuthorization(x => x.RequireRole(Role.Supervisor));
        holds.MapPost("/", HoldAsync);
        holds.MapPost("/release", ReleaseAsync);
        var audit = protection.MapGroup(string.Empty).RequireAuthorization(x => x.RequireRole(Role.Auditor));
        audit.MapGet("/erasures", async ([AsParameters] LogParameters x, ProtectionSearch search, CancellationToken cancellationToken) =>
            WhyNot(x) is { } refusal ? refusal.ToResult() : TypedResults.Ok(await search.FindErasuresAsync(Query(x) with { ActorId = null }, cancellationToken)));
        audit.MapGet("/accesses", async ([AsParameters] LogParameters x, ProtectionSearch search, CancellationToken cancellationToken) =>
            WhyNot(x) is { } refusal ? refusal.ToResult() : TypedResults.Ok(await search.FindAccessesAsync(Query(x), cancellationToken)));
        audit.MapGet("/accesses/verify", async (AccessAudit accesses, CancellationToken cancellationToken) =>
            TypedResults.Ok(await accesses.VerifyAsync(cancellationToken)));
    }

    private static async Task<IResult> HoldAsync(
        HoldSubject body, CommandKey key, ClaimsPrincipal user, OrganisationCache organisation, IVault vault)
    {
        var refusal = WhyNot(body.Subject) ?? FreeText.WhyNot("reason", body.Reason, body.TextConfirmed)
            ?? await vault.HoldAsync(body.Subject, body.Until, body.Reason, new CommandContext(key.Value, SignedIn.Of(user, organisation).Actor));
        return refusal?.ToResult() ?? TypedResults.NoContent();
    }

    private static async Task<IResult> ReleaseAsync(
        ReleaseSubject body, CommandKey key, ClaimsPrincipal user, OrganisationCache organisation, IVault vault)
    {
        var refusal = WhyNot(body.Subject) ?? FreeText.WhyNot("reason", body.Reason, body.TextConfirmed)
            ?? await vault.ReleaseHoldAsync(body.Subject, body.Reason, new CommandContext(key.Value, SignedIn.Of(user, organisation).Actor));
        return refusal?.ToResult() ?? TypedResults.NoContent();
    }

    private static Refusal? WhyNot(string subject) =>
        string.IsNullOrWhiteSpace(subject) ? Refusal.Invalid(RefusalCodes.ValueMissing, "subject", "Say what is meant.")
        : subject.Length > MaxSubject ? Refusal.Invalid(RefusalCodes.ValueTooLong, "subject", $"subject has at most {MaxSubject} characters.")
        : null;

    private static Refusal? WhyNot(LogParameters x) =>
        x.Limit is < 1 or > 200 ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, "limit", "limit is 1 to 200.")
        : x.Subject?.Length > MaxSubject ? Refusal.Invalid(RefusalCodes.ValueTooLong, "subject", $"subject has at most {MaxSubject} characters.")
        : x.ActorId?.Length > MaxSubject ? Refusal.Invalid(RefusalCodes.ValueTooLong, "actorId", $"actorId has at most {MaxSubject} characters.")
        : null;

    private static ProtectionQuery Query(LogParameters x) => new(x.Subject, x.ActorId, x.From, x.To, x.Cursor, x.Limit);
}
