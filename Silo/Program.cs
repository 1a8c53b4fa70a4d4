using Dispatch.Hosting;
using Dispatch.Storage;
using Microsoft.Extensions.Hosting;

try
{
    var builder = Host.CreateApplicationBuilder(args);
    await using var database = DispatchDatabase.Open(builder.Configuration);
    if (database.Kind != DatabaseKind.PostgreSql)
    {
        throw new StartupException("clusterNeedsPostgreSql", "A silo of a cluster needs PostgreSQL: set ConnectionStrings__Dispatch.");
    }

    await SchemaMigrations.MigrateAsync(database, CancellationToken.None);
    builder.AddDispatchSilo(database);
    await builder.Build().RunAsync();
    return 0;
}
catch (StartupException exception)
{
    await Console.Error.WriteLineAsync(exception.Line);
    return 2;
}
