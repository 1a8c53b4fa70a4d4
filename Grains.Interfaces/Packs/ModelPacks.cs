using System.Collections.Frozen;
using System.Collections.Immutable;
using Dispatch.Bureau;

namespace Dispatch.Packs;

/// <summary>The packs that this process knows, read at its start; every process of an installation has the same.</summary>
public sealed class ModelPacks
{
    private readonly FrozenDictionary<string, ModelPack> byId;

    /// <summary>A registry of packs whose ids differ.</summary>
    public ModelPacks(IEnumerable<ModelPack> packs)
    {
        All = [.. packs.OrderBy(x => x.Id, StringComparer.Ordinal)];
        byId = All.ToFrozenDictionary(x => x.Id, StringComparer.Ordinal);
    }

    /// <summary>All of them, by id.</summary>
    public ImmutableArray<ModelPack> All { get; }

    /// <summary>A pack by its id; null where there is none.</summary>
    public ModelPack? Find(string? id) => id is null ? null : byId.GetValueOrDefault(id);

    /// <summary>The pack that an organisation works by.</summary>
    /// <exception cref="InvalidOperationException">This process does not have it: it was started with another directory of packs than the others.</exception>
    public ModelPack Of(Organisation organisation)
    {
        ArgumentNullException.ThrowIfNull(organisation);
        return Find(organisation.ModelPack)
            ?? throw new InvalidOperationException($"The model pack '{organisation.ModelPack}' is not in this process; see Dispatch:Packs:Directory.");
    }
}
