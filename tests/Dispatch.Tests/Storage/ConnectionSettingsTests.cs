using Dispatch.Storage;
using Microsoft.Extensions.Configuration;
using Npgsql;
using Xunit;

namespace Dispatch.Tests.Storage;

/// <summary>If these fail, a process takes more connections than its share, and those beside it stand still.</summary>
public sealed class ConnectionSettingsTests
{
    [Fact]
    public async Task Open_WhatTheConnectionStringDoesNotSay_IsOurs()
    {
        var settings = await OpenAsync("Host=db;Database=dispatch");

        Assert.Equal(20, settings.MaxPoolSize);
        Assert.Equal(30, settings.ConnectionIdleLifetime);
        Assert.Equal(64, settings.MaxAutoPrepare);
        Assert.Equal(2, settings.AutoPrepareMinUsages);
        Assert.Equal(65_536, settings.WriteBufferSize);
    }

    [Fact]
    public async Task Open_WhatTheConnectionStringSays_StaysInEverySpelling()
    {
        var settings = await OpenAsync("Host=db;Database=dispatch;MaxPoolSize=7;Max Auto Prepare=0");

        Assert.Equal(7, settings.MaxPoolSize);
        Assert.Equal(0, settings.MaxAutoPrepare);
    }

    private static async Task<NpgsqlConnectionStringBuilder> OpenAsync(string connectionString)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["ConnectionStrings:Dispatch"] = connectionString })
            .Build();
        await using var database = DispatchDatabase.Open(configuration);
        return new NpgsqlConnectionStringBuilder(database.ConnectionString);
    }
}
