using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Dispatch.Commands;
using Dispatch.Hosting;
using Dispatch.Protection;

namespace Dispatch.Tests.Protection;

/// <summary>
/// What is sealed is nowhere in the clear, opens as it was, and is gone once its time is over. Fails where a key lies beside what it seals, where an erased
/// one still opens something, or where what is held or still open is erased.
/// </summary>
public sealed class VaultTests(PostgresServer postgres) : IDisposable
{
    private const string Subject = "dispute/d1";
    private static readonly ProtectedPerson Person = new("王某", "13800001111", "11010519491231002X", "某路 1 号", 1949, "口音很重");
    private readonly string directory = Directory.CreateTempSubdirectory("dispatch-vault-").FullName;

    [Theory, InlineData(false), InlineData(true)]
    public async Task Seal_AndOpen_GivesBackWhatWasSealedAndStoresNothingInTheClear(bool onPostgres)
    {
        await using var process = await StartAsync(onPostgres);
        var one = await process.Vault.SealAsync(Subject, RetentionClass.Dispute, Person);
        var again = await process.Vault.SealAsync(Subject, RetentionClass.Dispute, Person);
        Assert.Equal(one.KeyId, again.KeyId);
        Assert.NotEqual(one.Box, again.Box);
        Assert.Equal(["name", "phone", "idNumber", "address", "birthYear", "note"], one.Fields);
        Assert.Equal(Person, await process.Vault.OpenAsync(one));
        Assert.Equal(Person, await process.Vault.OpenAsync(again));
        Assert.DoesNotContain("王某", Person.ToString(), StringComparison.Ordinal);
        await AssertNowhereInTheClearAsync(process);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Seal_ByManyAtOnceAndInTwoProcesses_ThereIsOneKey(bool onPostgres)
    {
        var connection = onPostgres ? await postgres.CreateDatabaseAsync() : null;
        await using var one = await ProtectionProcess.StartAsync(directory, connection);
        await using var other = await one.StartAnotherAsync(directory, connection);
        var boxes = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => (i % 2 == 0 ? one : other).Vault.SealAsync(Subject, RetentionClass.Dispute, Person).AsTask()));
        Assert.Single(boxes.Select(x => x.KeyId).Distinct());
        Assert.All(await Task.WhenAll(boxes.Select(x => other.Vault.OpenAsync(x).AsTask())), x => Assert.Equal(Person, x));
        Assert.Equal(one.Vault.Digest("x"u8), other.Vault.Digest("x"u8));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Sweep_OnceTheTimeIsOver_NothingOpensItAnyMoreAndTheLogSaysSo(bool onPostgres)
    {
        var connection = onPostgres ? await postgres.CreateDatabaseAsync() : null;
        await using var process = await ProtectionProcess.StartAsync(directory, connection);
        await using var other = await process.StartAnotherAsync(directory, connection);
        var box = await process.Vault.SealAsync(Subject, RetentionClass.Dispute, Person with { Note = null });
        await process.Vault.SealAsync(Subject, RetentionClass.Dispute, new ProtectedPerson(Note: "x"));
        var open = await process.Vault.SealAsync("dispute/open", RetentionClass.Dispute, Person);
        Assert.Equal(Person with { Note = null }, await other.Vault.OpenAsync(box));

        await process.Vault.EndAsync(Subject, process.Time.GetUtcNow());
        process.Time.Advance(TimeSpan.FromDays(1096) - TimeSpan.FromSeconds(1));
        Assert.Equal(0, await process.Erasure.SweepAsync(CancellationToken.None));
        Assert.NotNull(await other.Vault.OpenAsync(box));
        process.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, (await Task.WhenAll(process.Erasure.SweepAsync(CancellationToken.None), other.Erasure.SweepAsync(CancellationToken.None))).Sum());

        process.Time.Advance(process.Get<VaultOptions>().KeepKeysFor);
        Assert.Null(await process.Vault.OpenAsync(box));
        Assert.Null(await other.Vault.OpenAsync(box));
        Assert.NotNull(await process.Vault.OpenAsync(open));
        Assert.Equal(1, await process.CountAsync(
            "SELECT COUNT(*) FROM erasure_log WHERE subject = 'dispute/d1' AND retention_class = 'dispute' AND fields = 'name,phone,idNumber,address,birthYear,note'"));
        Assert.Equal(0, await process.CountAsync("SELECT COUNT(*) FROM protection_key WHERE erased_at IS NOT NULL AND wrapped IS NOT NULL"));

        // The matter goes on after all: it gets a key of its own, and what was erased stays so.
        await process.Vault.ReopenAsync(Subject);
        var later = await process.Vault.SealAsync(Subject, RetentionClass.Dispute, Person);
        Assert.Equal(Person, await other.Vault.OpenAsync(later));
        Assert.Null(await process.Vault.OpenAsync(box));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Hold_WhileItLasts_KeepsWhatHasExpired(bool onPostgres)
    {
        await using var process = await StartAsync(onPostgres);
        var now = process.Time.GetUtcNow();
        var box = await process.Vault.SealAsync(Subject, RetentionClass.Tip, Person);
        var hold = new CommandContext("hold-1", ProtectionProcess.Supervisor);
        Assert.Equal("subjectNotFound", (await process.Vault.HoldAsync("dispute/none", now.AddDays(10), "诉讼", hold))!.Code);
        Assert.Equal("until", (await process.Vault.HoldAsync(Subject, now, "诉讼", hold))!.Field);
        Assert.Equal("until", (await process.Vault.HoldAsync(Subject, now.AddDays(366), "诉讼", hold))!.Field);
        Assert.Equal("reason", (await process.Vault.HoldAsync(Subject, now.AddDays(10), " ", hold))!.Field);
        Assert.Equal("subjectNotHeld", (await process.Vault.ReleaseHoldAsync(Subject, "完结", new("r-0", ProtectionProcess.Supervisor)))!.Code);
        Assert.Null(await process.Vault.HoldAsync(Subject, now.AddDays(300), "诉讼", hold));
        Assert.Null(await process.Vault.HoldAsync(Subject, now.AddDays(300), "诉讼", hold));
        Assert.Equal("idempotencyKeyReused", (await process.Vault.HoldAsync(Subject, now.AddDays(301), "诉讼", hold))!.Code);

        await process.Vault.EndAsync(Subject, now);
        process.Time.Advance(TimeSpan.FromDays(200));
        Assert.Equal(0, await process.Erasure.SweepAsync(CancellationToken.None));
        Assert.NotNull(await process.Vault.OpenAsync(box));
        var release = new CommandContext("release-1", ProtectionProcess.Supervisor);
        Assert.Null(await process.Vault.ReleaseHoldAsync(Subject, "完结", release));
        Assert.Null(await process.Vault.ReleaseHoldAsync(Subject, "完结", release));
        Assert.Equal(1, await process.Erasure.SweepAsync(CancellationToken.None));
        Assert.Null(await process.Vault.OpenAsync(box));
        Assert.Equal(2, await process.CountAsync("SELECT COUNT(*) FROM journal WHERE stream = 'protection/dispute/d1' AND actor_id = 's1'"));
    }

    [Fact]
    public async Task Hold_ThatNobodyReleased_EndsByItself()
    {
        await using var process = await StartAsync(false);
        await process.Vault.SealAsync("interactions/C01/contact/2026-11", RetentionClass.Contact, Person, endsAt: process.Time.GetUtcNow().AddDays(6));
        await process.Vault.HoldAsync(
            "interactions/C01/contact/2026-11", process.Time.GetUtcNow().AddDays(300), "诉讼", new("h", ProtectionProcess.Supervisor));
        process.Time.Advance(TimeSpan.FromDays(299));
        Assert.Equal(0, await process.Erasure.SweepAsync(CancellationToken.None));
        process.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await process.Erasure.SweepAsync(CancellationToken.None));
        Assert.Equal(1, await process.CountAsync("SELECT COUNT(*) FROM erasure_log WHERE retention_class = 'contact' AND fields LIKE 'name,%,note,text'"));
    }

    [Fact]
    public async Task Start_WithACertificate_WrapsTheMasterKeysAndTakesTheEarlierOne()
    {
        var (first, second) = (WriteCertificate("first"), WriteCertificate("second"));
        SealedFields box;
        await using (var process = await ProtectionProcess.StartAsync(directory, null, First(first)))
        {
            box = await process.Vault.SealAsync(Subject, RetentionClass.Dispute, Person);
        }

        Assert.Contains("EncryptedData", await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(Path.Combine(directory, "keys")))), StringComparison.Ordinal);
        await using (var process = await ProtectionProcess.StartAsync(
            directory, null, [.. First(second), ("Dispatch:Protection:OldCertificates", first)]))
        {
            Assert.Equal(Person, await process.Vault.OpenAsync(box));
        }

        Assert.Equal("protectionInvalid", (await Assert.ThrowsAsync<StartupException>(() => ProtectionProcess.StartAsync(directory, null, First(second)))).Code);
        Assert.Equal("protectionInvalid", (await Assert.ThrowsAsync<StartupException>(
            () => ProtectionProcess.StartAsync(directory, null, ("Dispatch:Protection:Certificate", second), ("Dispatch:Protection:CertificatePassword", "wrong")))).Code);
    }

    private static (string, string?)[] First(string path) => [("Dispatch:Protection:Certificate", path), ("Dispatch:Protection:CertificatePassword", "pass")];

    private string WriteCertificate(string name)
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(365));
        var path = Path.Combine(directory, $"{name}.pfx");
        File.WriteAllBytes(path, certificate.Export(X509ContentType.Pfx, "pass"));
        return path;
    }

    [Fact]
    public async Task Open_ABoxOfAnotherMatter_IsRefused()
    {
        await using var process = await StartAsync(false);
        var box = await process.Vault.SealAsync(Subject, RetentionClass.Dispute, Person);
        var other = await process.Vault.SealAsync("dispute/d2", RetentionClass.Dispute, Person);
        Assert.Null(await process.Vault.OpenAsync(box with { KeyId = other.KeyId }));
        Assert.Null(await process.Vault.OpenAsync(box with { Box = "AAAA" }));
        Assert.Null(await process.Vault.OpenAsync(box with { KeyId = "none" }));
    }

    [Fact]
    public async Task Start_WithOtherMasterKeys_SaysSo()
    {
        await (await StartAsync(false)).DisposeAsync();
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(directory, "keys")));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(Path.Combine(directory, "keys")) & (UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead));
        }

        Directory.Delete(Path.Combine(directory, "keys"), recursive: true);
        Assert.Equal("protectionInvalid", (await Assert.ThrowsAsync<StartupException>(() => StartAsync(false))).Code);
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    private async Task<ProtectionProcess> StartAsync(bool onPostgres) =>
        await ProtectionProcess.StartAsync(directory, onPostgres ? await postgres.CreateDatabaseAsync() : null);

    private async Task AssertNowhereInTheClearAsync(ProtectionProcess process)
    {
        Assert.Equal(0, await process.CountAsync("SELECT COUNT(*) FROM protection_key WHERE wrapped LIKE '%13800001111%' OR fields LIKE '%13800001111%'"));
        if (process.Database.DataDirectory is not null)
        {
            Assert.Equal(0, await process.CountAsync("SELECT COUNT(*) FROM data_protection_key"));
            foreach (var file in Directory.GetFiles(directory, "dispatch.db*"))
            {
                await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                using var memory = new MemoryStream();
                await stream.CopyToAsync(memory);
                Assert.Equal(-1, memory.ToArray().AsSpan().IndexOf("13800001111"u8));
            }
        }
    }
}
