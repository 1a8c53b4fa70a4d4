using System.CommandLine;
using System.Text.Json;
using Dispatch.Bureau;
using Dispatch.Live;

namespace Dispatch.Replay;

/// <summary>The command <c>organisation</c>: makes organisation files and takes them to a running server.</summary>
public static class OrganisationCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create() => new("organisation", "Makes organisation files and takes them to a running server.")
    {
        FromSfFire(), Import(),
    };

    private static Command FromSfFire()
    {
        var calls = new Option<string>("--calls") { Description = "San Francisco Fire calls, CSV.", Required = true };
        var neighborhoods = new Option<string>("--neighborhoods") { Description = "Neighbourhoods, GeoJSON with code and name.", Required = true };
        var stations = new Option<string>("--stations") { Description = "Fire stations, CSV with station, lat and lon.", Required = true };
        var output = new Option<string>("--out") { Description = "The file to write.", Required = true };
        var command = new Command("from-sf-fire", "Makes an organisation file of San Francisco Fire records.")
        {
            calls, neighborhoods, stations, output,
        };
        command.SetAction((arguments, cancellationToken) => CommandLine.GuardAsync(arguments, async () =>
        {
            var organisation = SfFireOrganisation.Build(SfFireSources.Read(
                arguments.GetRequiredValue(calls), arguments.GetRequiredValue(neighborhoods), arguments.GetRequiredValue(stations)));
            var path = arguments.GetRequiredValue(output);
            await WriteAsync(path, organisation, cancellationToken);
            await arguments.InvocationConfiguration.Output.WriteLineAsync($"{path}: {Summary(organisation)}");
            return CommandLine.Done;
        }));
        return command;
    }

    private static Command Import()
    {
        var file = new Argument<string>("FILE") { Description = "The organisation file." };
        var server = CommandLine.ServerOption();
        var user = CommandLine.UserOption();
        var password = CommandLine.PasswordOption();
        var command = new Command("import", "Takes an organisation file to a running server.") { file, server, user, password };
        command.SetAction((arguments, cancellationToken) => CommandLine.GuardAsync(arguments, async () =>
        {
            var access = CommandLine.Access(arguments.GetValue(server)!, arguments.GetValue(user)!, arguments.GetValue(password));
            var json = await CommandLine.ReadFileAsync(arguments.GetRequiredValue(file), cancellationToken);
            using var api = await DispatchApi.SignInAsync(access, connections: 1, new ReplayTally(), TimeProvider.System, cancellationToken);
            var imported = await ImportAsync(api, json, cancellationToken);
            await arguments.InvocationConfiguration.Output.WriteLineAsync(
                $"version {imported.Version}: {imported.Stations} stations, {imported.Communities} communities, {imported.Pairs} pairs");
            return CommandLine.Done;
        }));
        return command;
    }

    private static async Task<ImportAnswer> ImportAsync(DispatchApi api, byte[] json, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await api.PutAsync("import", "organisation", json, $"import-{Guid.CreateVersion7():N}", cancellationToken);
            return answer.IsDone
                ? answer.Read<ImportAnswer>() ?? throw new CommandFaultException("The server's answer cannot be read.")
                : throw new CommandFaultException($"The organisation was not taken ({answer.Status} {answer.Code}): {answer.Detail}");
        }
        catch (ServerLostException exception)
        {
            throw new CommandFaultException(exception.Message, exception);
        }
    }

    private static async Task WriteAsync(string path, Organisation organisation, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.Create(path);
            await JsonSerializer.SerializeAsync(file, organisation, DispatchJson.Options, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFaultException($"'{path}' cannot be written: {exception.Message}", exception);
        }
    }

    private static string Summary(Organisation o) =>
        $"{o.Stations.Length} stations, {o.Communities.Length} communities, {o.Pairs.Length} pairs ({o.Pairs.Count(x => x.Home is not null)} with a "
        + $"fire station as home), {o.Categories.Length} categories, {o.Dispositions.Length} dispositions, model pack {o.ModelPack}";

    /// <summary>Answer of <c>PUT /organisation</c>.</summary>
    private sealed record ImportAnswer(long Version, int Stations, int Communities, int Pairs);
}
