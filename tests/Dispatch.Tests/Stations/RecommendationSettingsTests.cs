using Dispatch.Bureau;
using Dispatch.Hosting;
using Dispatch.Stations;
using Dispatch.Tests.Processes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Dispatch.Tests.Stations;

/// <summary>Settings of recommendations: what is set counts, and what cannot be ends the start with one line instead of being guessed at.</summary>
public sealed class RecommendationSettingsTests
{
    [Fact]
    public void Settings_AreTaken()
    {
        var services = ServicesOf(
            ("Dispatch:Recommendation:RoadFactor", "1.5"), ("Dispatch:Recommendation:PreferredRoles:traffic", "redFlower"),
            ("Dispatch:Router:Url", "http://127.0.0.1:5000"));
        services.AddSingleton<OrganisationCache>();
        services.AddSingleton<IGrainFactory>(_ => null!);
        services.AddSingleton(TimeProvider.System);
        services.AddLogging();
        using var provider = services.BuildServiceProvider();
        var recommendation = provider.GetRequiredService<RecommendationServices>();
        Assert.Equal(1.5, recommendation.Options.RoadFactor);
        Assert.Equal(OfficerRole.RedFlower, recommendation.Options.PreferredRoles["traffic"]);
        Assert.Equal(OfficerRole.GreenLeaf, recommendation.Options.PreferredRoles["dispute"]);
        Assert.NotNull(recommendation.Router);
    }

    [Theory]
    [InlineData("Dispatch:Recommendation:RoadFactor", "0", "recommendationInvalid")]
    [InlineData("Dispatch:Recommendation:MissingSkillSeconds", "-1", "recommendationInvalid")]
    [InlineData("Dispatch:Recommendation:ReachMetres", "NaN", "recommendationInvalid")]
    [InlineData("Dispatch:Recommendation:UrbanKilometresPerHour", "fast", "recommendationInvalid")]
    [InlineData("Dispatch:Recommendation:RoadFaktor", "1.3", "recommendationInvalid")]
    [InlineData("Dispatch:Router:Url", "/table", "routerInvalid")]
    [InlineData("Dispatch:Router:Url", "ftp://127.0.0.1", "routerInvalid")]
    [InlineData("Dispatch:Router:TimeoutSeconds", "0", "routerInvalid")]
    public void Settings_ThatCannotBe_EndTheStart(string key, string value, string code) =>
        Assert.Equal(code, Assert.Throws<StartupException>(() => ServicesOf((key, value))).Code);

    private static ServiceCollection ServicesOf(params (string Key, string Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddRecommendation(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(x => KeyValuePair.Create(x.Key, (string?)x.Value)))
            .Build());
        return services;
    }
}
