using System.Globalization;
using Dispatch.Storage;

namespace Dispatch.Hosting;

/// <summary>How this process runs; read from the configuration once at start.</summary>
/// <param name="Embedded">Whether the silo runs in this process.</param>
/// <param name="Demo">Whether a demonstration bureau and its accounts are set up.</param>
/// <param name="DemoTraffic">Whether demonstration traffic runs against the public API.</param>
/// <param name="DemoMonth">Whether a month of community work is played into communities of a demonstration.</param>
/// <param name="OrganisationFile">Organisation to import where there is none yet; null for none.</param>
/// <param name="AdminPassword">Password of <c>admin</c> on first start; null for a random one.</param>
/// <param name="DemoPassword">Password of the demo accounts; null for a random one.</param>
/// <param name="DrainFor">
/// How long a stopping node of a cluster still takes requests while it says that it is going, so that nobody is left on a connection that is cut; 0 to 60 s,
/// default 2 s.
/// </param>
/// <param name="AcceptPastTimes">Whether commands may tell of the past, see <see cref="PastTimes"/>; by default in a demonstration only.</param>
public sealed record DispatchOptions(
    bool Embedded, bool Demo, bool DemoTraffic, bool DemoMonth, string? OrganisationFile, string? AdminPassword, string? DemoPassword, TimeSpan DrainFor, bool AcceptPastTimes)
{
    /// <summary>Reads and checks the configuration.</summary>
    /// <exception cref="StartupException">It cannot be used.</exception>
    public static DispatchOptions Read(IConfiguration configuration, DatabaseKind database)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var mode = configuration["Dispatch:Mode"] ?? "Embedded";
        var embedded = mode.Equals("Embedded", StringComparison.OrdinalIgnoreCase);
        if (!embedded && !mode.Equals("Cluster", StringComparison.OrdinalIgnoreCase))
        {
            throw new StartupException("modeInvalid", $"Dispatch:Mode is Embedded or Cluster, not '{mode}'.");
        }

        if (!embedded && database != DatabaseKind.PostgreSql)
        {
            throw new StartupException("clusterNeedsPostgreSql", "Mode Cluster needs PostgreSQL: set ConnectionStrings__Dispatch.");
        }

        var organisation = NullIfEmpty(configuration["Dispatch:Organisation"]);
        var demo = Flag(configuration, "Dispatch:Demo") ?? (database == DatabaseKind.Sqlite && organisation is null);
        var drainFor = DrainSeconds(configuration);
        return new DispatchOptions(
            embedded, demo, Flag(configuration, "Dispatch:DemoTraffic") ?? demo, Flag(configuration, "Dispatch:DemoMonth") ?? demo, organisation,
            NullIfEmpty(configuration["DISPATCH_ADMIN_PASSWORD"]), NullIfEmpty(configuration["DISPATCH_DEMO_PASSWORD"]),
            embedded ? TimeSpan.Zero : drainFor, Flag(configuration, "Dispatch:AcceptPastTimes") ?? demo);
    }

    private static TimeSpan DrainSeconds(IConfiguration configuration) => NullIfEmpty(configuration["Dispatch:DrainSeconds"]) is not { } text
        ? TimeSpan.FromSeconds(2)
        : double.TryParse(text, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and <= 60 ? TimeSpan.FromSeconds(seconds)
        : throw new StartupException("drainInvalid", $"Dispatch:DrainSeconds is 0 to 60, not '{text}'.");

    private static bool? Flag(IConfiguration configuration, string key) => NullIfEmpty(configuration[key]) is not { } text ? null
        : bool.TryParse(text, out var value) ? value
        : throw new StartupException("flagInvalid", $"{key} is true or false, not '{text}'.");

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
