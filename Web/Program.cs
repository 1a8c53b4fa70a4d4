using Dispatch.Hosting;
using Dispatch.Replay;

// Without a command it is the server, whose arguments are settings of the platform (--urls and the like).
return args is ["replay" or "organisation" or "month" or "--help" or "-h", ..]
    ? await CommandLine.RunAsync(args)
    : await WebServer.RunAsync(args);
