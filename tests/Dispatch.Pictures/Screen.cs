namespace Dispatch.Pictures;

/// <summary>A screen to be pictured.</summary>
/// <param name="Name">Begins the names of its pictures.</param>
/// <param name="Path">Where it is.</param>
/// <param name="UserName">Who looks at it; null for nobody in particular.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Steps">What is done before it is pictured: clicks on elements named by their test id; one that is not there is left out.</param>
public sealed record Screen(string Name, string Path, string? UserName, int Width, int Height, params string[] Steps)
{
    private const string Dispatcher = "dispatcher";
    private const string Supervisor = "supervisor";
    private const string Officer = "officer1";
    private const string Administrator = "admin";
    private const string Auditor = "auditor";

    /// <summary>What else happens before, by other people; null for nothing.</summary>
    public Func<Scene, Task>? Before { get; init; }

    /// <summary>All screens, each at the size of those who use it, in an order in which one leads to the next.</summary>
    public static readonly IReadOnlyList<Screen> All =
    [
        new("sign-in", "/sign-in", null, 1366, 768),
        new("sign-in-phone", "/sign-in", null, 360, 740),
        new("help", "/help", null, 1366, 768),
        new("help-phone", "/help", null, 360, 740),
        new("residents", "/residents", null, 360, 740),
        new("residents-desk", "/residents", null, 1366, 768),
        new("pair-off-duty", "/pair", Officer, 360, 740),
        new("pair-idle", "/pair", Officer, 360, 740, "sign-on"),
        new("pair-log", "/pair", Officer, 360, 740, "view-log"),
        new("pair-log-visit", "/pair", Officer, 360, 740, "view-log", "log-visit"),
        new("pair-community", "/pair", Officer, 360, 740, "view-community"),
        new("pair-more", "/pair", Officer, 360, 740, "view-more"),
        new("pair-offer", "/pair", Officer, 360, 740) { Before = scene => scene.OfferAsync() },
        new("pair-decline", "/pair", Officer, 412, 915, "decline"),
        new("pair-assignment", "/pair", Officer, 360, 740, "accept"),
        new("pair-on-scene", "/pair", Officer, 412, 915, "next-step"),
        new("wallboard", "/wallboard", Dispatcher, 1920, 1080),
        new("wallboard-4k", "/wallboard", Dispatcher, 3840, 2160),
        new("dispatch", "/dispatch", Dispatcher, 1920, 1080, "queue-first"),
        new("dispatch-offer", "/dispatch", Dispatcher, 1920, 1080, "queue-first") { Before = scene => scene.OpenAsync() },
        new("dispatch-reclassify", "/dispatch", Dispatcher, 1920, 1080, "queue-first", "action-more", "action-reclassify"),
        new("dispatch-call", "/dispatch", Dispatcher, 1920, 1080, "new-call"),
        new("dispatch-keys", "/dispatch", Dispatcher, 1920, 1080, "show-keys"),
        new("dispatch-laptop", "/dispatch", Dispatcher, 1366, 768, "queue-first"),
        new("supervisor", "/supervisor", Supervisor, 1920, 1080),
        new("supervisor-now", "/supervisor/now", Supervisor, 1920, 1080),
        new("supervisor-response", "/supervisor/response", Supervisor, 1920, 1080),
        new("supervisor-pairs", "/supervisor/pairs", Supervisor, 1920, 1080),
        new("supervisor-figures", "/supervisor/figures", Supervisor, 1920, 1080),
        new("supervisor-roll-out", "/supervisor/roll-out", Supervisor, 1920, 1080),
        new("supervisor-search", "/supervisor/search", Supervisor, 1920, 1080, "search-submit"),
        new("supervisor-phone", "/supervisor", Supervisor, 360, 740),
        new("supervisor-now-phone", "/supervisor/now", Supervisor, 360, 740),
        new("admin", "/admin", Administrator, 1366, 768),
        new("admin-stations", "/admin/stations", Administrator, 1366, 768),
        new("admin-import", "/admin/stations", Administrator, 1366, 768, "open-import"),
        new("admin-pairs", "/admin/pairs", Administrator, 1366, 768),
        new("admin-accounts", "/admin/accounts", Administrator, 1366, 768),
        new("admin-places", "/admin/places", Administrator, 1366, 768),
        new("admin-journals", "/admin/journals", Auditor, 1366, 768, "journal-search"),
        new("admin-phone", "/admin", Administrator, 360, 740),
        new("wallboard-panic", "/wallboard", Dispatcher, 1920, 1080) { Before = scene => scene.PanicAsync() },
        new("pair-panic", "/pair", Officer, 360, 740),
    ];
}
