namespace Dispatch.Hosting;

/// <summary>Tells the person who started it where it is and how to sign in.</summary>
public static class StartupBanner
{
    /// <summary>Prints it.</summary>
    public static void Print(IEnumerable<string> urls, DispatchOptions options, Bootstrap bootstrap)
    {
        ArgumentNullException.ThrowIfNull(urls);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(bootstrap);
        foreach (var url in urls)
        {
            Console.WriteLine($"Dispatch is ready on {url}");
            Console.WriteLine($"  wallboard: {url}/wallboard");
        }

        if (bootstrap.NewAdminPassword is { } password)
        {
            Console.WriteLine($"  account:   admin / {password}   (shown this once)");
        }

        if (bootstrap.DemoPassword is { } demo)
        {
            var shown = options.DemoPassword is null ? demo : "(DISPATCH_DEMO_PASSWORD)";
            Console.WriteLine($"  demo accounts, all with the password {shown}:");
            Console.WriteLine("             dispatcher, supervisor, officer1, officer2, …");
        }
    }
}
