using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Dispatch.Accounts;

/// <summary>Somebody who can sign in: ASP.NET Core Identity's account with the roles and the scope of dispatch.</summary>
public sealed class Account : IdentityUser
{
    /// <summary>Name shown to people and written into the journal.</summary>
    public string DisplayName { get; set; } = string.Empty;

    /// <summary>Names of <see cref="Role"/>, separated by commas.</summary>
    public string Roles { get; set; } = string.Empty;

    /// <summary>Stations in scope, separated by commas; <c>*</c> for all.</summary>
    public string StationIds { get; set; } = string.Empty;

    /// <summary>Communities in scope beside those of the stations, separated by commas.</summary>
    public string CommunityIds { get; set; } = string.Empty;

    /// <summary>The officer of the organisation that this is; null for everyone else.</summary>
    public string? OfficerId { get; set; }

    /// <summary>The partner for which it answers; null for everyone else.</summary>
    public string? PartnerId { get; set; }

    /// <summary>Whether it is shut out until an administrator lets it in again: locked without an end, as Identity knows it.</summary>
    public bool IsDisabled
    {
        get => LockoutEnd >= Endless;
        set => LockoutEnd = value ? Endless : null;
    }

    private static readonly DateTimeOffset Endless = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);
}

/// <summary>Accounts, in the tables that the migrations make.</summary>
public sealed class AccountsDb(DbContextOptions<AccountsDb> options) : IdentityUserContext<Account>(options)
{
    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        base.OnModelCreating(builder);
        builder.Entity<Account>().ToTable("account").Ignore(x => x.IsDisabled);
        builder.Entity<IdentityUserClaim<string>>().ToTable("account_claim");
        builder.Entity<IdentityUserLogin<string>>().ToTable("account_login");
        builder.Entity<IdentityUserToken<string>>().ToTable("account_token");
    }
}
