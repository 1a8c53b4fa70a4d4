using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Dispatch.Tests.Processes;
using Microsoft.Data.Sqlite;

namespace Dispatch.Tests.Residents;

/// <summary>A server with the small organisation, and residents who know its public addresses and nothing else.</summary>
public sealed class ResidentWorld : IAsyncDisposable
{
    public const string UserAgent = "ResidentPhone/7.31";

    /// <summary>The address from which residents connect.</summary>
    public const string Address = "127.0.0.73";

    private readonly HttpClient http;
    private readonly List<ApiClient> users = [];

    private ResidentWorld(DispatchServer server)
    {
        Server = server;
        http = new HttpClient(new SocketsHttpHandler { ConnectCallback = ConnectAsync, UseCookies = false }) { BaseAddress = server.Url };
        http.DefaultRequestHeaders.UserAgent.ParseAdd(UserAgent);
    }

    public DispatchServer Server { get; }

    /// <summary>Starts one; without limits that a test would reach, unless it says so.</summary>
    public static async Task<ResidentWorld> StartAsync(params (string Key, string Value)[] more)
    {
        var directory = Directory.CreateTempSubdirectory("dispatch-organisation-").FullName;
        var server = DispatchServer.On(null,
        [
            ("Dispatch__Organisation", await TestOrganisation.WriteAsync(directory)), ("Dispatch__Residents__PostsPerAddress", "1000"),
            ("Dispatch__Residents__ClaimsPerAddress", "1000"), ("Dispatch__Residents__AddressHeader", "X-Forwarded-For"), .. more,
        ]);
        await server.StartAsync();
        return new ResidentWorld(server);
    }

    /// <summary>A resident's call, from an address.</summary>
    public async Task<(HttpStatusCode Status, JsonNode? Body)> CallAsync(string path, object? body = null, string? key = null, string address = "203.0.113.77")
    {
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, $"/api/v1/public/{path}");
        request.Content = body is null ? null : JsonContent.Create(body);
        request.Headers.Add("X-Forwarded-For", address);
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var answer = await http.SendAsync(request);
        Assert.False(answer.Headers.Contains("Set-Cookie"), "A resident was given a cookie.");
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    /// <summary>A resident's call that is done.</summary>
    public async Task<JsonNode> DoAsync(string path, object body, string? key = null)
    {
        var (status, answer) = await CallAsync(path, body, key);
        Assert.True(status == HttpStatusCode.OK, $"{path} was answered {(int)status}: {answer}");
        return answer!;
    }

    /// <summary>A resident's call that is refused; its code.</summary>
    public async Task<(HttpStatusCode Status, string? Code)> RefusedAsync(string path, object body, string? key = null)
    {
        var (status, answer) = await CallAsync(path, body, key);
        return (status, (string?)answer?["code"]);
    }

    /// <summary>Somebody of the police: an account of the demonstration.</summary>
    public async Task<ApiClient> SignInAsync(string userName)
    {
        var user = await ApiClient.SignInAsync(Server.Url, userName);
        users.Add(user);
        return user;
    }

    /// <summary>Somebody of the police with roles of their own.</summary>
    public async Task<ApiClient> SignInAsync(string userName, string[] roles, params string[] stationIds)
    {
        var admin = await SignInAsync("admin");
        await admin.DoAsync("accounts", new { userName, password = DispatchServer.Password, displayName = userName, roles, stationIds });
        return await SignInAsync(userName);
    }

    /// <summary>Everything in the database's files, once the server is gone, and everything it printed.</summary>
    public async Task<string> EverythingKeptAsync()
    {
        await Server.KillAsync();
        return string.Concat(Directory.EnumerateFiles(Server.DataDirectory, "dispatch.db*").Select(File.ReadAllText)) + Server.Output;
    }

    /// <summary>One column of the database.</summary>
    public async Task<List<string>> ReadAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(Server.DataDirectory, "dispatch.db")};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(new IPEndPoint(IPAddress.Parse(Address), 0));
        await socket.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        users.ForEach(x => x.Dispose());
        await Server.DisposeAsync();

    }
}
