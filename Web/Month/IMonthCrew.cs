using Dispatch.Replay;

namespace Dispatch.Month;

/// <summary>Those who give the steps of a month: accounts of a running server.</summary>
public interface IMonthCrew
{
    /// <summary>The account of somebody, signed in; null where nobody is known as that.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="partnerId">Of a partner: its id.</param>
    /// <param name="cancellationToken">Stops it.</param>
    ValueTask<DispatchApi?> OfAsync(MonthActor actor, string? partnerId, CancellationToken cancellationToken);
}
