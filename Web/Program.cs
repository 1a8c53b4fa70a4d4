using Dispatch.Hosting;

return await WebServer.RunAsync(args);
