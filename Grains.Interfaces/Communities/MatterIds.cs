using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dispatch.Commands;

namespace Dispatch.Communities;

/// <summary>Ids and numbers of matters.</summary>
public static class MatterIds
{
    /// <summary>Letters and digits that are not taken for one another (Crockford's base 32).</summary>
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>Id of the matter that this sender opens with this command.</summary>
    public static string ForOpening(MatterKind kind, string actorId, string commandId) => DerivedIds.For(NameOf(kind), actorId, commandId);

    /// <summary>The kind's name in URLs, feed keys and references.</summary>
    public static string NameOf(MatterKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    /// <summary>Name of a matter in feeds, references and the journal.</summary>
    public static string KeyOf(MatterKind kind, string id) => $"{NameOf(kind)}/{id}";

    /// <summary>
    /// A number for people: the kind's letter, the day it came up at UTC+8 and five letters worked out from the id, so that nobody has to count. Of the some
    /// thousand matters of a bureau's day two share a number once in some years; programs use the id.
    /// </summary>
    public static string Number(MatterKind kind, string id, DateTimeOffset openedAt)
    {
        var digest = SHA256.HashData(Encoding.ASCII.GetBytes(id));
        var letters = string.Create(5, digest, static (span, bytes) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = Alphabet[bytes[i] % Alphabet.Length];
            }
        });
        var day = openedAt.ToOffset(TimeSpan.FromHours(8)).ToString("yyMMdd", CultureInfo.InvariantCulture);
        return $"{LetterOf(kind)}{day}-{letters}";
    }

    private static char LetterOf(MatterKind kind) => kind switch
    {
        MatterKind.Concern => 'C',
        MatterKind.Problem => 'P',
        MatterKind.Meeting => 'M',
        MatterKind.Dispute => 'D',
        MatterKind.Referral => 'R',
        MatterKind.Whistle => 'W',
        MatterKind.Tip => 'T',
        MatterKind.Complaint => 'K',
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown kind."),
    };
}
