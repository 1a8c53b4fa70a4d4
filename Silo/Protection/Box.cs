using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dispatch.Live;

namespace Dispatch.Protection;

/// <summary>AES-256-GCM around a person's fields: nonce (12 bytes, random), tag (16), ciphertext. The subject is bound to it, so that a box cannot be moved to another matter.</summary>
public static class Box
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>Seals.</summary>
    public static string Seal(DataKey key, ProtectedPerson person)
    {
        ArgumentNullException.ThrowIfNull(key);
        var plain = JsonSerializer.SerializeToUtf8Bytes(person, DispatchJson.Options);
        var box = new byte[NonceBytes + TagBytes + plain.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(key.Bytes, TagBytes);
        aes.Encrypt(box.AsSpan(0, NonceBytes), plain, box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes), Encoding.UTF8.GetBytes(key.Subject));
        CryptographicOperations.ZeroMemory(plain);
        return Convert.ToBase64String(box);
    }

    /// <summary>Opens.</summary>
    /// <exception cref="CryptographicException">It is not one that this key sealed under its subject.</exception>
    public static ProtectedPerson Open(DataKey key, string text)
    {
        ArgumentNullException.ThrowIfNull(key);
        var box = new byte[(text?.Length ?? 0) * 3 / 4];
        if (!Convert.TryFromBase64String(text ?? string.Empty, box, out var length) || length < NonceBytes + TagBytes)
        {
            throw new CryptographicException("It is no box.");
        }

        var plain = new byte[length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key.Bytes, TagBytes);
        aes.Decrypt(
            box.AsSpan(0, NonceBytes), box.AsSpan(NonceBytes + TagBytes, plain.Length), box.AsSpan(NonceBytes, TagBytes), plain, Encoding.UTF8.GetBytes(key.Subject));
        return JsonSerializer.Deserialize<ProtectedPerson>(plain, DispatchJson.Options)!;
    }
}
