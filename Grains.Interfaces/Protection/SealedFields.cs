using System.Collections.Immutable;

namespace Dispatch.Protection;

/// <summary>
/// Protected fields as they are stored: nobody reads them without the key, and once the key is erased nobody at all, in whatever record, journal row
/// or backup they stand. Made and opened by the vault.
/// </summary>
/// <param name="KeyId">The key that seals them.</param>
/// <param name="Fields">Names of the fields inside, in camelCase; not protected.</param>
/// <param name="Box">Nonce, authentication tag and ciphertext of AES-256-GCM, in base64.</param>
[GenerateSerializer, Immutable, Alias("dispatch.sealed-fields")]
public sealed record SealedFields(string KeyId, ImmutableArray<string> Fields, string Box);

/// <summary>A person of a matter, as it is stored: what may be shown, and the rest sealed.</summary>
/// <param name="Id">Within the matter, for instance <c>party-1</c>.</param>
/// <param name="Role">What the person is in it: a code such as <c>party</c>, <c>reporter</c>, <c>witness</c>, <c>guardian</c>.</param>
/// <param name="Minor">Whether under age, as far as is known.</param>
/// <param name="Fields">What is protected; null where nothing was said.</param>
[GenerateSerializer, Immutable, Alias("dispatch.sealed-person")]
public sealed record SealedPerson(string Id, string Role, MinorAge? Minor, SealedFields? Fields)
{
    /// <summary>What views and feeds show of it.</summary>
    public PersonView View() => new(Id, Role, Fields?.Fields ?? [], Minor);
}
