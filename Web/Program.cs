using System.CommandLine;
using Dispatch.Hosting;
using Dispatch.Replay;

// Without a command it is the server, whose arguments are settings of the platform (--urls and the like).
if (args is not ["replay" or "organisation" or "--help" or "-h", ..])
{
    return await WebServer.RunAsync(args);
}

var commands = new RootCommand("Dispatch: without a command it runs the server.") { ReplayCommand.Create(), OrganisationCommand.Create() };
return await commands.Parse(args).InvokeAsync();
