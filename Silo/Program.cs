using Dispatch.Hosting;
using Dispatch.Packs;
using Dispatch.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

try
{
    var builder = Host.CreateApplicationBuilder(args);
    builder.Logging.AddFilter(null, LogLevel.Warning).AddFilter("Dispatch", LogLevel.Information).AddFilter("Orleans", LogLevel.Error)
        .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
    await using var database = DispatchDatabase.Open(builder.Configuration);
    if (database.Kind != DatabaseKind.PostgreSql)
    {
        throw new StartupException("clusterNeedsPostgreSql", "A silo of a cluster needs PostgreSQL: set ConnectionStrings__Dispatch.");
    }

    var packs = ModelPackFiles.Load(builder.Configuration);
    await SchemaMigrations.MigrateAsync(database, CancellationToken.None);
    builder.AddDispatchSilo(database, packs);
    using var host = builder.Build();
    await host.StartAsync();
    Console.WriteLine("Dispatch silo is ready");
    await host.WaitForShutdownAsync();
    return 0;
}
catch (StartupException exception)
{
    await Console.Error.WriteLineAsync(exception.Line);
    return 2;
}
