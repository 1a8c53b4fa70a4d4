namespace Dispatch.Packs;

/// <summary>Why a pack cannot be taken.</summary>
/// <param name="Place">Where in its file, as a JSON pointer (RFC 6901); empty for the whole.</param>
/// <param name="Message">What is wrong, one sentence in English.</param>
public sealed record PackFault(string Place, string Message);
