using Dispatch.Api;
using Dispatch.Commands;

namespace Dispatch.Hosting;

/// <summary>
/// Takes commands that tell of the past, by the header <c>Dispatch-Time</c>, where <c>Dispatch:AcceptPastTimes</c> says so: for a demonstration, and for taking over
/// history. Anywhere else such a command is refused, because whoever could date what was done could hide when it was done.
/// </summary>
public static class PastTimes
{
    /// <summary>How far back history goes.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(400);

    /// <summary>Looks at the header of each request that has one.</summary>
    public static void UsePastTimes(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (context.Request.Headers[PastTime.Header] is not [{ } value])
        {
            await next(context);
        }
        else if (WhyNot(context, value, out var at) is { } refusal)
        {
            await refusal.ToResult().ExecuteAsync(context);
        }
        else
        {
            PastTime.Set(at);
            await next(context);
        }
    });

    private static Refusal? WhyNot(HttpContext context, string value, out DateTimeOffset at)
    {
        var now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        if (!PastTime.TryParse(value, out at) || at > now || at < now - Longest)
        {
            return Refusal.Invalid(RefusalCodes.ValueOutOfRange, PastTime.Header, $"{PastTime.Header} is a moment of the last {Longest.TotalDays} days.");
        }

        return context.RequestServices.GetRequiredService<DispatchOptions>().AcceptPastTimes
            ? null
            : new Refusal(RefusalKind.Forbidden, RefusalCodes.PastTimeRefused, "This server takes no commands that tell of the past.");
    }
}
