using System.Text.Json;
using Dispatch.Hosting;
using Dispatch.Live;
using Dispatch.Packs;

namespace Dispatch.Bureau;

/// <summary>Reads an organisation from a file.</summary>
public static class OrganisationFile
{
    /// <summary>Reads and checks it.</summary>
    /// <exception cref="StartupException">It cannot be read, is no JSON, or is not an organisation that can be taken.</exception>
    public static async Task<Organisation> ReadAsync(string path, ModelPacks packs)
    {
        try
        {
            await using var file = File.OpenRead(path);
            var organisation = await JsonSerializer.DeserializeAsync<Organisation>(file, DispatchJson.Options)
                ?? throw new StartupException("organisationInvalid", $"The organisation file '{path}' is empty.");
            return OrganisationRules.Prepare(organisation, packs).Refusal is { } refusal
                ? throw new StartupException(refusal.Code, $"The organisation file '{path}' cannot be taken ({refusal.Field}): {refusal.Message}")
                : organisation;
        }
        catch (JsonException exception)
        {
            throw new StartupException(
                "organisationInvalid", $"The organisation file '{path}' cannot be read at {exception.Path ?? "its start"}: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException("organisationUnreadable", $"The organisation file '{path}' cannot be opened: {exception.Message}", exception);
        }
    }
}
