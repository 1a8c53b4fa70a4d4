using Dispatch.Packs;
using Microsoft.Extensions.Configuration;

namespace Dispatch.Tests.Processes;

/// <summary>The model packs that are shipped.</summary>
public static class TestPacks
{
    public static readonly ModelPacks Shipped = ModelPackFiles.Load(new ConfigurationBuilder().Build());

    /// <summary>The shipped packs and those of a directory.</summary>
    public static ModelPacks With(string directory) => ModelPackFiles.Load(
        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Dispatch:Packs:Directory", (string?)directory)]).Build());
}
