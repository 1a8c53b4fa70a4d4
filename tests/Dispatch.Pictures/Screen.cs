namespace Dispatch.Pictures;

/// <summary>A screen to be pictured.</summary>
/// <param name="Name">Begins the names of its pictures.</param>
/// <param name="Path">Where it is.</param>
/// <param name="UserName">Who looks at it; null for nobody in particular.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Steps">What is done before it is pictured: clicks on elements named by their test id; one that is not there is left out.</param>
public sealed record Screen(string Name, string Path, string? UserName, int Width, int Height, IReadOnlyList<string> Steps)
{
    private const string Dispatcher = "dispatcher";
    private const string Supervisor = "supervisor";
    private const string Officer = "officer1";
    private const string Administrator = "admin";

    /// <summary>All screens, each at the size of those who use it.</summary>
    public static readonly IReadOnlyList<Screen> All =
    [
        new("sign-in", "/sign-in", null, 1366, 768, []),
        new("sign-in-phone", "/sign-in", null, 360, 740, []),
        new("help", "/help", null, 1366, 768, []),
        new("residents", "/residents", null, 360, 740, []),
        new("wallboard", "/wallboard", Dispatcher, 1920, 1080, []),
        new("wallboard-4k", "/wallboard", Dispatcher, 3840, 2160, []),
        new("dispatch", "/dispatch", Dispatcher, 1920, 1080, ["queue-first"]),
        new("dispatch-call", "/dispatch", Dispatcher, 1920, 1080, ["new-call"]),
        new("dispatch-laptop", "/dispatch", Dispatcher, 1366, 768, ["queue-first"]),
        new("pair", "/pair", Officer, 360, 740, []),
        new("pair-large", "/pair", Officer, 412, 915, []),
        new("supervisor", "/supervisor", Supervisor, 1920, 1080, []),
        new("supervisor-figures", "/supervisor/figures", Supervisor, 1920, 1080, []),
        new("supervisor-roll-out", "/supervisor/roll-out", Supervisor, 1920, 1080, []),
        new("supervisor-search", "/supervisor/search", Supervisor, 1920, 1080, []),
        new("supervisor-phone", "/supervisor", Supervisor, 360, 740, []),
        new("admin", "/admin", Administrator, 1366, 768, []),
    ];
}
