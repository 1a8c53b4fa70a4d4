using System.Globalization;
using Dispatch.Bureau;
using Dispatch.Protection;

namespace Dispatch.Residents.Open311;

/// <summary>A POST of a service request as clients send it: a form, or the same names in the query.</summary>
public sealed class Open311Form
{
    private const int MaxAddress = 300;
    private const int MaxNote = 500;
    private readonly HttpRequest request;
    private readonly IFormCollection form;

    private Open311Form(HttpRequest request, IFormCollection form)
    {
        this.request = request;
        this.form = form;
    }

    /// <summary>Code of the service.</summary>
    public string? ServiceCode => this["service_code"];

    /// <summary>What it is about.</summary>
    public string? Description => this["description"];

    /// <summary>Address in words.</summary>
    public string? Address => this["address_string"];

    /// <summary>Our own, beyond the specification: that the sender means a text as it is, though it looks as if it held a person's number.</summary>
    public bool TextConfirmed => this["text_confirmed"] == "true";

    /// <summary>Whether a part of the place was sent.</summary>
    public bool HasPlace => this["lat"] is not null || this["long"] is not null;

    /// <summary>The place; null where there is none or it cannot be read.</summary>
    public GeoPoint? Place =>
        double.TryParse(this["lat"], NumberStyles.Float, CultureInfo.InvariantCulture, out var lat)
        && double.TryParse(this["long"], NumberStyles.Float, CultureInfo.InvariantCulture, out var lon)
        && new GeoPoint(lat, lon) is { IsValid: true } place
            ? place
            : null;

    /// <summary>
    /// Who asks. An address in words may be somebody's home, so it is protected with the rest; what identifies a device or an account is not kept.
    /// </summary>
    public ProtectedPerson Reporter => new(
        Name: Joined(this["last_name"], this["first_name"]), Phone: this["phone"], Address: Cut(Address, MaxAddress),
        Note: this["email"] is { } email ? Cut($"email {email}", MaxNote) : null);

    /// <summary>A value; null where it is absent or empty, which the specification takes for the same.</summary>
    public string? this[string name] =>
        (form.TryGetValue(name, out var sent) ? sent : request.Query[name]) is [{ } value, ..] && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    /// <summary>Reads it.</summary>
    /// <exception cref="BadHttpRequestException">The body is no form.</exception>
    public static async Task<Open311Form> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            return new Open311Form(request, request.HasFormContentType ? await request.ReadFormAsync(cancellationToken) : FormCollection.Empty);
        }
        catch (InvalidDataException exception)
        {
            throw new BadHttpRequestException("The form cannot be read.", exception);
        }
    }

    private static string? Joined(string? family, string? given) =>
        family is null ? given : given is null ? family
        : family.Any(x => x > 0x2E7F) ? $"{family}{given}" : $"{given} {family}";

    private static string? Cut(string? text, int most) => text is null || text.Length <= most ? text : text[..most];
}
