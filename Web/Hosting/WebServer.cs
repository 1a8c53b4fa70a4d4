using System.IO.Compression;
using System.Net.Sockets;
using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Communities;
using Dispatch.Concerns;
using Dispatch.Demo;
using Dispatch.Disputes;
using Dispatch.Figures;
using Dispatch.Incidents;
using Dispatch.Live;
using Dispatch.Maps;
using Dispatch.Packs;
using Dispatch.Pairs;
using Dispatch.Partners;
using Dispatch.Places;
using Dispatch.Residents;
using Dispatch.Protection;
using Dispatch.Stations;
using Dispatch.Storage;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Dispatch.Hosting;

/// <summary>The web tier, by default with the silo in the same process.</summary>
public static class WebServer
{
    private const string DefaultUrl = "http://127.0.0.1:5080";

    /// <summary>
    /// How many connections may wait to be taken, at most what the system allows: of a thousand screens that come back in one instant the default of 512 drops
    /// some, which try again a second later.
    /// </summary>
    private const int MostWaitingConnections = 4096;

    /// <summary>Most bytes of a request's body, but for an organisation.</summary>
    private const long MaxBodyBytes = 256 * 1024;

    /// <summary>Runs until it is told to stop.</summary>
    /// <returns>The exit code: 0 after an orderly stop, 2 where it could not start.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        try
        {
            await ServeAsync(arguments);
            return 0;
        }
        catch (StartupException exception)
        {
            await Console.Error.WriteLineAsync(exception.Line);
            return 2;
        }
    }

    private static async Task ServeAsync(string[] arguments)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = arguments, ContentRootPath = AppContext.BaseDirectory,
        });
        await using var database = DispatchDatabase.Open(builder.Configuration);
        var options = DispatchOptions.Read(builder.Configuration, database.Kind);
        var packs = ModelPackFiles.Load(builder.Configuration);
        var fromFile = options.OrganisationFile is { } path ? await OrganisationFile.ReadAsync(path, packs) : null;
        await SchemaMigrations.MigrateAsync(database, CancellationToken.None);

        Configure(builder, options, database, packs);
        await using var app = builder.Build();
        Map(app);
        try
        {
            await StartAsync(app);
            var bootstrap = app.Services.GetRequiredService<Bootstrap>();
            await bootstrap.RunAsync(options, fromFile);
            StartupBanner.Print(app.Urls, options, bootstrap);
            await app.WaitForShutdownAsync();
        }
        finally
        {
            // What was started before a failure is stopped in order, so that the failure's line is the last word.
            await app.StopAsync();
        }
    }

    private static void Configure(WebApplicationBuilder builder, DispatchOptions options, DispatchDatabase database, ModelPacks packs)
    {
        if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null)
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }

        builder.WebHost.UseSockets(sockets => sockets.Backlog = MostWaitingConnections);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
            kestrel.AddServerHeader = false;
        });
        if (options.Embedded)
        {
            builder.AddDispatchSilo(database, packs);
        }
        else
        {
            builder.AddDispatchClient(database, packs);
            builder.Services.AddHostedService<OrganisationRefresher>();
        }

        var services = builder.Services;
        services.AddSingleton(options);
        services.AddSingleton<Bootstrap>();
        services.AddSingleton<Gate>();
        services.AddHostedService(x => x.GetRequiredService<Gate>());
        AddAccounts(services, builder.Configuration, database);
        AddCompression(services);
        services.AddProblemDetails();
        services.AddExceptionHandler<ExceptionToProblem>();
        services.AddOpenApi();
        services.AddHealthChecks();
        services.Configure<RouteHandlerOptions>(x => x.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(x => DispatchJson.Configure(x.SerializerOptions));
        AddGrainCommands(services, builder.Configuration);
        services.AddSingleton<IncidentDesk>();
        services.AddSingleton<PairDesk>();
        services.AddSingleton<PairMembershipDesk>();
        services.AddSingleton<ModelPackDesk>();
        services.AddSingleton<OrganisationChangeDesk>();
        services.AddSingleton<IncidentSearch>();
        services.AddSingleton<InteractionSearch>();
        services.AddSingleton<MatterSearch>();
        services.AddSingleton<MatterDesk>();
        services.AddSingleton<FigureSearch>();
        services.AddResidents(builder.Configuration);
        services.AddSingleton<ClosedLocallySearch>();
        services.AddSingleton<PairTimeSearch>();
        services.AddSingleton<ResponseSearch>();
        services.AddSingleton<ProtectionSearch>();
        services.AddMaps(builder.Configuration);
        services.AddPairCareViews();
        services.AddSingleton<ConcernLists>();
        services.AddSingleton<InteractionOrigins>();
        services.AddSingleton<PartnerDesk>();
        services.AddSingleton<PartnerWorkDesk>();
        services.AddSingleton<PlaceTable>();
        services.AddSingleton<PlaceImport>();
        services.AddSingleton<ServicePoints>();
        services.AddSingleton<PlaceSearch>();
        AddLive(services, builder.Configuration);
        AddTelemetry(builder);
        if (options.DemoTraffic)
        {
            services.AddHostedService<DemoTraffic>();
        }

        if (options.DemoMonth)
        {
            services.AddHostedService<DemoMonth>();
        }
    }

    private static void AddAccounts(IServiceCollection services, IConfiguration configuration, DispatchDatabase database)
    {
        var sessions = configuration.Read<AccountSessionOptions>("Dispatch:Sessions", "sessionsInvalid");
        if (sessions.FindFault() is { } fault)
        {
            throw new StartupException("sessionsInvalid", $"Dispatch:Sessions: {fault}");
        }

        services.AddAccounts(database, sessions);
    }

    /// <summary>What the screens are made of goes out compressed, for phones on slow lines; what they show does not, so that no secret can be guessed from the length of an answer.</summary>
    private static void AddCompression(IServiceCollection services)
    {
        services.AddResponseCompression(x =>
        {
            x.EnableForHttps = true;
            x.MimeTypes = ["text/html", "text/css", "text/javascript", "application/javascript", "image/svg+xml", "application/manifest+json"];
        });
        services.Configure<BrotliCompressionProviderOptions>(x => x.Level = CompressionLevel.Optimal);
        services.Configure<GzipCompressionProviderOptions>(x => x.Level = CompressionLevel.Optimal);
    }

    private static void AddGrainCommands(IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.Read<GrainCommandOptions>("Dispatch:Commands", "commandsInvalid");
        if (options.FindFault() is { } fault)
        {
            throw new StartupException("commandsInvalid", $"Dispatch:Commands: {fault}");
        }

        services.AddSingleton(x => new GrainCommands(options, x.GetRequiredService<TimeProvider>()));
    }

    private static void AddLive(IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.Read<LiveOptions>("Live", "liveInvalid");
        if (options.FindFault() is { } fault)
        {
            throw new StartupException("liveInvalid", $"Live: {fault}");
        }

        services.AddSingleton(Options.Create(options));
        services.AddRateLimiter(x => x.AddPolicy<string, SessionLimit>(SessionLimit.Name));
        services.AddSingleton<FeedMirrors>();
        services.AddHostedService(x => x.GetRequiredService<FeedMirrors>());
        services.AddSingleton<FeedConnections>();
        services.AddSingleton<HubLifetimeManager<DispatchHub>>(x => x.GetRequiredService<FeedConnections>());
        services.AddSingleton<FeedAccess>();
        services.AddSingleton<IncidentLookers>();
        services.AddHostedService(x => x.GetRequiredService<IncidentLookers>());
        services.AddHostedService<RightsWatch>();
        services.AddSignalR()
            .AddJsonProtocol(x => DispatchJson.Configure(x.PayloadSerializerOptions))
            .AddMessagePackProtocol(x => x.SerializerOptions = JsonShapedResolver.Options);
        services.AddOptions<HubOptions>().Configure<IOptions<LiveOptions>>((hub, live) =>
        {
            hub.MaximumReceiveMessageSize = live.Value.MaxMessageBytes;
            hub.MaximumParallelInvocationsPerClient = 4;
            hub.EnableDetailedErrors = false;
            hub.KeepAliveInterval = TimeSpan.FromSeconds(5);
            hub.HandshakeTimeout = live.Value.HandshakeWithin;
            hub.ClientTimeoutInterval = live.Value.SilentAfter;
        });
    }

    private static void AddTelemetry(WebApplicationBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            return;
        }

        builder.Services.AddOpenTelemetry()
            .WithTracing(x => x.AddAspNetCoreInstrumentation(y => y.Filter = z => !ResidentHosting.IsForResidents(z.Request.Path)).AddSource("Microsoft.Orleans.*").AddOtlpExporter())
            .WithMetrics(x => x.AddAspNetCoreInstrumentation().AddMeter("Microsoft.Orleans").AddOtlpExporter());
    }

    private static void Map(WebApplication app)
    {
        app.UseExceptionHandler();
        app.Use((context, next) => context.RequestServices.GetRequiredService<Gate>().PassAsync(context, next));
        app.UseStatusCodePages(async context =>
        {
            var response = context.HttpContext.Response;
            var (code, detail) = Problems.OfStatus(response.StatusCode);
            await response.WriteAsJsonAsync(
                Problems.Details(response.StatusCode, code, detail), options: null, "application/problem+json", context.HttpContext.RequestAborted);
        });
        app.UseResponseCompression();
        app.UseDefaultFiles();
        app.UseStaticFiles();
        app.UseRouting();
        app.UseCors();
        app.UseAuthentication();
        app.UsePresentAccounts();
        app.UseAuthorization();
        app.UsePartnerGate();
        app.UseRateLimiter();
        app.UsePresentPairOfOfficer();
        app.UsePastTimes();

        app.MapGet("/healthz/live", () => TypedResults.Text("live")).AllowAnonymous();
        app.MapGet("/healthz/ready", Readiness).AllowAnonymous();
        app.MapOpenApi("/openapi/{documentName}.json");
        var api = app.MapGroup("/api/v1");
        api.MapAuth();
        api.MapAccounts();
        api.MapOrganisation();
        api.MapMaps();
        api.MapOrganisationChanges();
        api.MapModelPacks();
        api.MapIncidents();
        api.MapDuplicates();
        api.MapPairs();
        api.MapPairMembership();
        api.MapPairCare();
        api.MapHandovers();
        api.MapCommunities();
        api.MapInteractions();
        api.MapMatters();
        api.MapFigures();
        app.MapResidents(api);
        api.MapProtection();
        api.MapRollOut();
        api.MapConcerns();
        api.MapProblems();
        api.MapMeetings();
        api.MapDisputes();
        api.MapPartners();
        api.MapPlaces();
        app.MapHub<DispatchHub>("/hubs/dispatch", x =>
        {
            x.CloseOnAuthenticationExpiration = true;

            // Whoever does not read is not waited for a second time, when it is told that it is closed.
            x.TransportSendTimeout = app.Services.GetRequiredService<IOptions<LiveOptions>>().Value.StalledAfter;
        }).RequireRateLimiting(SessionLimit.Name);

        // The screens route by themselves; what they are made of is public, what they show is not.
        app.MapFallbackToFile("{**path:regex(^(?!api/|hubs/|open311/|openapi/|healthz/).*$)}", "index.html").AllowAnonymous();
    }

    private static async Task<IResult> Readiness(Bootstrap bootstrap, Gate gate, IGrainFactory grains)
    {
        if (gate.IsClosing)
        {
            return Problems.Problem(StatusCodes.Status503ServiceUnavailable, "stopping", "The server is stopping.");
        }

        if (!bootstrap.IsReady)
        {
            return Problems.Problem(StatusCodes.Status503ServiceUnavailable, "starting", "The server is starting.");
        }

        await grains.GetGrain<IBureauGrain>(IBureauGrain.Key).GetAsync(long.MaxValue);
        return TypedResults.Text("ready");
    }

    private static async Task StartAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch (IOException exception) when (exception.InnerException is SocketException or Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw new StartupException("addressInUse", $"{exception.Message} Set Urls to another address.", exception);
        }
        catch (SocketException exception)
        {
            throw new StartupException("addressUnusable", $"The address cannot be used: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException { Source: "Microsoft.AspNetCore.Server.Kestrel.Core" })
        {
            throw new StartupException("addressInvalid", $"Urls cannot be used: {exception.Message}", exception);
        }
    }
}
