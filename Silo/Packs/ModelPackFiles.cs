using System.Text.Json;
using Dispatch.Hosting;
using Dispatch.Live;
using Microsoft.Extensions.Configuration;

namespace Dispatch.Packs;

/// <summary>Reads the model packs: those that are shipped beside the program, and those of a directory of the installation.</summary>
public sealed class ModelPackFiles
{
    /// <summary>More than any pack has: the shipped ones have about 12 kB.</summary>
    private const long MaxBytes = 1 << 20;

    /// <summary>Most packs of a directory.</summary>
    private const int MaxPacks = 100;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };
    private readonly PackSchema schema = new(Read(Path.Combine(Shipped, PackSchema.FileName)));
    private readonly Dictionary<string, ModelPack> packs = new(StringComparer.Ordinal);

    private ModelPackFiles()
    {
    }

    /// <summary>Where the shipped ones are.</summary>
    public static string Shipped { get; } = Path.Combine(AppContext.BaseDirectory, "Packs");

    /// <summary>Reads and checks all of them.</summary>
    /// <exception cref="StartupException">A directory or file cannot be read, or a pack cannot be taken; the message says which, where and why.</exception>
    public static ModelPacks Load(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var options = configuration.Read<ModelPackOptions>("Dispatch:Packs", "packsInvalid");
        var files = new ModelPackFiles();
        files.Take(Shipped);
        if (!string.IsNullOrWhiteSpace(options.Directory))
        {
            files.Take(options.Directory);
        }

        return new ModelPacks(files.packs.Values);
    }

    private void Take(string directory)
    {
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in List(directory))
        {
            var pack = ReadPack(path);
            if (!paths.TryAdd(pack.Id, path))
            {
                throw Invalid(path, new PackFault("/id", $"'{pack.Id}' is the pack of '{paths[pack.Id]}' already."));
            }

            packs[pack.Id] = pack;
        }
    }

    private static List<string> List(string directory)
    {
        try
        {
            List<string> paths =
            [
                .. Directory.EnumerateFiles(directory, "*.json").Where(x => Path.GetFileName(x) != PackSchema.FileName).Order(StringComparer.Ordinal),
            ];
            return paths.Count <= MaxPacks ? paths : throw new StartupException("packsInvalid", $"'{directory}' has more than {MaxPacks} model packs.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException("packsUnreadable", $"The model packs in '{directory}' cannot be read: {exception.Message}", exception);
        }
    }

    private static string Read(string path)
    {
        try
        {
            return new FileInfo(path).Length <= MaxBytes ? File.ReadAllText(path)
                : throw Invalid(path, new PackFault(string.Empty, $"It is larger than {MaxBytes} bytes."));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException("packsUnreadable", $"The model pack '{path}' cannot be read: {exception.Message}", exception);
        }
    }

    private ModelPack ReadPack(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(Read(path), Strict);
            if (schema.FindFault(document.RootElement) is { } fault)
            {
                throw Invalid(path, fault);
            }

            var pack = document.Deserialize<ModelPack>(DispatchJson.Options)!;
            return PackConsistency.FindFault(pack) is { } inconsistent ? throw Invalid(path, inconsistent) : pack;
        }
        catch (JsonException exception)
        {
            throw Invalid(path, new PackFault(exception.Path ?? string.Empty, exception.Message), exception);
        }
    }

    private static StartupException Invalid(string path, PackFault fault, Exception? inner = null) => new(
        "packInvalid", $"The model pack '{path}' cannot be taken at {(fault.Place.Length == 0 ? "its root" : fault.Place)}: {fault.Message}", inner);
}
