using System.CommandLine;
using System.Globalization;
using Dispatch.Pictures;
using Dispatch.Processes;
using Microsoft.Playwright;

var outOption = new Option<string>("--out") { Description = "Where the pictures go.", DefaultValueFactory = _ => "artifacts/pictures" };
var onlyOption = new Option<string?>("--only") { Description = "Only these screens, separated by commas; dispatch* are all whose name begins so." };
var minutesOption = new Option<double>("--after") { Description = "Minutes of demo traffic before the first picture.", DefaultValueFactory = _ => 2 };
var root = new RootCommand("Pictures of every screen of a demo with live traffic, in both languages and themes.") { outOption, onlyOption, minutesOption };
root.SetAction((parsed, stop) => TakeAllAsync(parsed.GetValue(outOption)!, parsed.GetValue(onlyOption), TimeSpan.FromMinutes(parsed.GetValue(minutesOption)), stop));
return await root.Parse(args).InvokeAsync();

static async Task<int> TakeAllAsync(string directory, string? only, TimeSpan traffic, CancellationToken stop)
{
    Directory.CreateDirectory(directory);
    await using var server = DispatchServer.On(null, ("Dispatch__DemoTraffic", "true"), ("Dispatch__DemoMonth", "true"));
    await server.StartAsync();
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The demo runs; pictures begin in {traffic.TotalMinutes:0.#} min."));
    await Task.Delay(traffic, stop);
    using var playwright = await Playwright.CreateAsync();
    await using var browser = await Chromium.LaunchAsync(playwright, "--autoplay-policy=no-user-gesture-required");
    var photographer = new Photographer(browser, server.Url, directory);
    var faults = 0;
    foreach (var screen in Screen.All.Where(x => only is null || only.Split(',').Any(y => y.EndsWith('*') ? x.Name.StartsWith(y[..^1], StringComparison.Ordinal) : x.Name == y)))
    {
        foreach (var fault in await photographer.TakeAsync(screen))
        {
            faults++;
            Console.WriteLine($"FAULT {fault}");
        }

        Console.WriteLine(screen.Name);
    }

    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The pictures are in {directory}; {faults} faults."));
    return faults == 0 ? 0 : 1;
}
