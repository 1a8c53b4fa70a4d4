using System.Security.Cryptography;
using Dispatch.Accounts;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Demo;
using Dispatch.Packs;
using Dispatch.Places;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Dispatch.Hosting;

/// <summary>What a fresh installation needs before it can be used: an organisation and accounts. Running it again changes nothing but demo passwords.</summary>
public sealed class Bootstrap(IGrainFactory grains, OrganisationCache organisation, ModelPacks packs, PlaceImport places, IServiceScopeFactory scopes)
{
    private const string Everywhere = "*";

    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>True once it has run: the process can be used.</summary>
    public bool IsReady => ready.Task.IsCompleted;

    /// <summary>Completes when it has run.</summary>
    public Task Ready => ready.Task;

    /// <summary>Password of the demo accounts of this start; null without a demo.</summary>
    public string? DemoPassword { get; private set; }

    /// <summary>The random password of <c>admin</c> where this start made one.</summary>
    public string? NewAdminPassword { get; private set; }

    /// <summary>Sets up what is missing.</summary>
    /// <param name="options">How this process runs.</param>
    /// <param name="fromFile">The organisation of the configured file.</param>
    /// <exception cref="StartupException">The organisation was refused, or works by a model pack that is not there.</exception>
    public async Task RunAsync(DispatchOptions options, Organisation? fromFile)
    {
        ArgumentNullException.ThrowIfNull(options);
        var known = await organisation.RefreshAsync();
        if (known.Version == 0 && (fromFile ?? (options.Demo ? DemoOrganisation.Create() : null)) is { } first)
        {
            await ImportAsync(first);
        }

        if (known.Version > 0 && packs.Find(known.Organisation.ModelPack) is null)
        {
            throw new StartupException(
                RefusalCodes.ModelPackNotFound,
                $"The bureau works by the model pack '{known.Organisation.ModelPack}', which is not there; set Dispatch:Packs:Directory to where it is.");
        }

        await using var scope = scopes.CreateAsyncScope();
        await EnsureAdminAsync(scope.ServiceProvider.GetRequiredService<UserManager<Account>>(), options.AdminPassword);
        if (options.Demo)
        {
            DemoPassword = options.DemoPassword ?? RandomPassword();
            await EnsureDemoAccountsAsync(scope.ServiceProvider, DemoPassword);
            await EnsureDemoPlacesAsync();
        }

        ready.TrySetResult();
    }

    private async Task ImportAsync(Organisation first)
    {
        var answer = await grains.GetGrain<IBureauGrain>(IBureauGrain.Key).ImportAsync(CommandContext.System, first);
        if (answer.IsRefused)
        {
            throw new StartupException(answer.Refusal.Code, answer.Refusal.Message);
        }

        await organisation.RefreshAsync();
    }

    private async Task EnsureAdminAsync(UserManager<Account> users, string? password)
    {
        if (await users.FindByNameAsync("admin") is not null)
        {
            return;
        }

        NewAdminPassword = password is null ? RandomPassword() : null;
        var admin = new Account
        {
            UserName = "admin", DisplayName = "Administrator", StationIds = Everywhere,
            Roles = string.Join(',', Role.Administrator, Role.Dispatcher, Role.Supervisor),
        };
        var result = await users.CreateAsync(admin, NewAdminPassword ?? password!);
        if (!result.Succeeded && await users.FindByNameAsync("admin") is null)
        {
            throw new StartupException(
                "adminPasswordInvalid", $"DISPATCH_ADMIN_PASSWORD cannot be used: {string.Join(' ', result.Errors.Select(x => x.Description))}");
        }
    }

    /// <summary>All demo accounts have one password, so it is hashed once and not ninety times.</summary>
    private async Task EnsureDemoAccountsAsync(IServiceProvider services, string password)
    {
        var users = services.GetRequiredService<UserManager<Account>>();
        var db = services.GetRequiredService<AccountsDb>();
        var hash = users.PasswordHasher.HashPassword(new Account(), password);
        var existing = await db.Users.ToDictionaryAsync(x => x.NormalizedUserName!);
        foreach (var wanted in DemoAccounts.Of(organisation.Current.Organisation))
        {
            var name = users.NormalizeName(wanted.UserName)!;
            if (!existing.TryGetValue(name, out var account))
            {
                account = wanted;
                account.NormalizedUserName = name;
                account.LockoutEnabled = true;
                account.SecurityStamp = Guid.NewGuid().ToString("N");
                db.Users.Add(account);
            }

            account.PasswordHash = hash;
            account.LockoutEnd = null;
            account.AccessFailedCount = 0;
        }

        await db.SaveChangesAsync();
    }

    /// <summary>The demonstration's own bureau gets invented places, once; what an administrator imports later stays.</summary>
    private async Task EnsureDemoPlacesAsync()
    {
        var known = organisation.Current.Organisation;
        if (known.Bureau.Id != DemoOrganisation.BureauId || !known.BoundariesIllustrative || await places.HasBegunAsync(CancellationToken.None))
        {
            return;
        }

        var invented = DemoAddresses.Of(known);
        await places.TakeAsync(new PlaceRows(invented, [], invented.Count), replace: false, apply: true, CommandContext.System, CancellationToken.None);
    }

    private static string RandomPassword() => RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 14);
}
