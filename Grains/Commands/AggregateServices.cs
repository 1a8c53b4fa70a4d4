using Dispatch.Bureau;
using Dispatch.Incidents;
using Dispatch.Journal;
using Dispatch.Protection;
using Microsoft.Extensions.Logging;

namespace Dispatch.Commands;

/// <summary>What every aggregate's shell needs from its process.</summary>
/// <param name="Journal">Where events go.</param>
/// <param name="Organisation">The organisation as this process knows it.</param>
/// <param name="Communities">Finds the community of a place.</param>
/// <param name="Timers">The clocks of incidents.</param>
/// <param name="Vault">Seals protected fields.</param>
/// <param name="Time">The clock.</param>
/// <param name="Loggers">Makes loggers.</param>
public sealed record AggregateServices(
    IJournal Journal,
    OrganisationCache Organisation,
    CommunityLocator Communities,
    ResponseTimers Timers,
    IVault Vault,
    TimeProvider Time,
    ILoggerFactory Loggers);
