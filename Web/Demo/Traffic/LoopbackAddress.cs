namespace Dispatch.Demo;

/// <summary>Where a server reaches itself.</summary>
public static class LoopbackAddress
{
    private static readonly string[] AnyHost = ["+", "*", "[::]", "0.0.0.0"];

    /// <summary>One of the addresses that a server listens on, as seen from its own machine, plain HTTP before HTTPS; null where there is none.</summary>
    /// <param name="addresses">As the server tells them: <c>http://[::]:5080</c>, <c>http://127.0.0.1:5080</c>.</param>
    public static Uri? Of(IEnumerable<string> addresses)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        return addresses
            .Select(BindingAddress.Parse)
            .Where(x => !x.IsUnixPipe)
            .OrderBy(x => x.Scheme == Uri.UriSchemeHttp ? 0 : 1)
            .Select(x => new UriBuilder(x.Scheme, AnyHost.Contains(x.Host) ? "127.0.0.1" : x.Host, x.Port, $"{x.PathBase}/").Uri)
            .FirstOrDefault();
    }
}
