using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Dispatch.Protection;
using Dispatch.Storage;
using Dispatch.Tests.Web;
using Microsoft.Extensions.Configuration;

namespace Dispatch.Tests.Protection;

/// <summary>
/// No table and no part of the public surface has a place for a score, a rank, a flag or a trait of a resident. Fails as soon as a name says otherwise; what
/// is about something else is allowed by name, with the reason.
/// </summary>
public sealed partial class NoMarksOnResidentsTests(ServerFixture server, PostgresServer postgres)
{
    /// <summary>Where it stands, and why it may: none of these is about a resident.</summary>
    private static readonly Dictionary<string, string> Allowed = new(StringComparer.Ordinal)
    {
        ["RecommendedPair.Score"] = "how well a pair of officers fits an incident",
        ["PairExplanation.Score"] = "the same, explained for one pair",
        ["PairExplanation.Rank"] = "the pair's place among those recommended for an incident",
        ["Weights.Score"] = "a step of working that out",
        ["DuplicateCandidate.Score"] = "how much two incidents are alike",
        ["RouterOptions.Profile"] = "by which vehicle the router reckons",
    };

    /// <summary>Whether a pair of officers is complete and agreed is called its health; nobody else's is meant.</summary>
    private static readonly string[] AboutPairs = ["PairHealth", "/pairs/{id}/health"];

    [Theory, InlineData(false), InlineData(true)]
    public async Task Schema_HasNoPlaceForThem(bool onPostgres)
    {
        var directory = Directory.CreateTempSubdirectory("dispatch-schema-").FullName;
        await using (var database = DispatchDatabase.Open(new ConfigurationBuilder().AddInMemoryCollection(
            [new("Dispatch:DataDirectory", directory), new("ConnectionStrings:Dispatch", onPostgres ? await postgres.CreateDatabaseAsync() : null)]).Build()))
        {
            await SchemaMigrations.MigrateAsync(database, CancellationToken.None);
            await using var command = database.Source.CreateCommand(onPostgres
                ? "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
                : "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type IN ('table', 'view')");
            await using var reader = await command.ExecuteReaderAsync();
            var columns = new List<string>();
            while (await reader.ReadAsync())
            {
                columns.Add($"{reader.GetString(0)}.{reader.GetString(1)}");
            }

            Assert.Contains(columns, x => x == "protection_key.wrapped");
            AssertNone(columns);
        }

        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task PublicSurface_HasNoPlaceForThem()
    {
        var (_, document) = await server.Dispatcher.GetAsync("/openapi/v1.json");
        var schemas = document!["components"]!["schemas"]!.AsObject();
        var names = schemas.SelectMany(x => (x.Value!["properties"]?.AsObject() ?? []).Select(p => $"{x.Key}.{p.Key}"))
            .Concat(schemas.SelectMany(x => (x.Value!["enum"]?.AsArray() ?? []).Select(v => $"{x.Key}.{v}")))
            .Concat(schemas.Select(x => $"{x.Key}."))
            .Concat(document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().SelectMany(verb => Parameters(verb.Value!).Select(x => $"{path.Key}?{x}"))))
            .Concat(document["paths"]!.AsObject().Select(x => x.Key))
            .ToList();
        Assert.True(names.Count > 200, $"Only {names.Count} names: the document is not read as it is.");
        AssertNone(names);
    }

    /// <summary>The document describes what is asked; what is answered, stored and fed is in the types.</summary>
    [Fact]
    public void Types_HaveNoPlaceForThem()
    {
        var assemblies = new[] { typeof(IVault), typeof(ProtectedPerson), typeof(Vault), typeof(ProtectionEndpoints) }.Select(x => x.Assembly);
        var names = assemblies.SelectMany(x => x.GetTypes())
            .Where(x => x.Namespace?.StartsWith("Dispatch", StringComparison.Ordinal) == true && !x.IsDefined(typeof(CompilerGeneratedAttribute), false))
            .SelectMany(x => x.IsEnum ? Enum.GetNames(x).Select(e => $"{x.Name}.{e}") : x.GetProperties().Select(p => $"{x.Name}.{p.Name}"))
            .Distinct()
            .ToList();
        Assert.Contains("PersonView.Role", names);
        AssertNone(names);
        Assert.All(Allowed.Keys, x => Assert.Contains(x, names));
    }

    [Theory]
    [InlineData("resident.risk_level")]
    [InlineData("PersonView.rating")]
    [InlineData("/api/v1/residents?minRiskScore")]
    [InlineData("party.isKeyPerson")]
    [InlineData("party.ethnic_group")]
    [InlineData("household.healthStatus")]
    [InlineData("person.watchlisted")]
    public void Marks_FindsWhatMustNotBe(string name) => Assert.True(Marks(name));

    [Theory]
    [InlineData("incident.frisked_at")]
    [InlineData("OpenIncident.description")]
    [InlineData("DisputeView.grade")]
    public void Marks_LeavesOtherWordsAlone(string name) => Assert.False(Marks(name));

    private static void AssertNone(IEnumerable<string> names)
    {
        var marks = names.Where(Marks).ToList();
        Assert.True(marks.Count == 0, $"Not about a resident? Then say so in {nameof(Allowed)}: {string.Join(", ", marks)}");
    }

    private static IEnumerable<string> Parameters(JsonNode verb) =>
        verb is JsonObject x && x["parameters"] is JsonArray parameters ? parameters.Select(p => (string)p!["name"]!) : [];

    /// <summary>Whether a word of the name (in snake or camel case) marks a person.</summary>
    private static bool Marks(string name) => !Allowed.ContainsKey(name) && MarksAnybody(AboutPairs.Aggregate(name, (x, pair) => x.Replace(pair, string.Empty, StringComparison.Ordinal)));

    private static bool MarksAnybody(string name) => Words().Matches(name).Any(x => Mark().IsMatch(x.Value)) || Phrases().IsMatch(name);

    [GeneratedRegex("[A-Z]?[a-z]+|[A-Z]+")]
    private static partial Regex Words();

    [GeneratedRegex("^(scor(e|es|ed|ing)|rank(s|ed|ing)?|risk(s|y)?|rating(s)?|rated|dangerous(ness)?|threat|suspicio(n|us)|trust(worth(y|iness))?|credit|watch(list|listed)|blacklist(ed)?|ethnic(ity)?|race|racial|nationality|religio(n|us)|faith|health|disease|diagnos(is|es)|disab(ility|ilities)|mental|sexual(ity)?|orientation|politic(al|s)|predict(ion|ed|ive)?|likelihood|propensity|profil(e|ing))$", RegexOptions.IgnoreCase)]
    private static partial Regex Mark();

    [GeneratedRegex("key_?person|focus_?person|person_?of_?interest|watch_?list|black_?list", RegexOptions.IgnoreCase)]
    private static partial Regex Phrases();
}
