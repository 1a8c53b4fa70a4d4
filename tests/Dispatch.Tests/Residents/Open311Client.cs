using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Dispatch.Tests.Residents;

/// <summary>
/// A client of GeoReport v2 written from the examples of its specification (https://wiki.open311.org/GeoReport_v2/): it knows no type of the product, asks in XML or
/// JSON, sends forms, and reads what the specification names.
/// </summary>
public sealed class Open311Client(Uri server, string format, string? jurisdictionId = null) : IDisposable
{
    private readonly HttpClient http = new() { BaseAddress = new Uri(server, "/open311/v2/") };

    /// <summary>GET a list; its status, and each entry's fields.</summary>
    public Task<(HttpStatusCode Status, List<Dictionary<string, string?>> Entries)> GetAsync(string path, string item, string query = "") =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, $"{path}.{format}?{query}{(jurisdictionId is null ? string.Empty : $"&jurisdiction_id={jurisdictionId}")}"), item);

    /// <summary>POST a request as the specification's example does.</summary>
    public Task<(HttpStatusCode Status, List<Dictionary<string, string?>> Entries)> PostAsync(params (string Name, string Value)[] fields)
    {
        var form = fields.Select(x => KeyValuePair.Create(x.Name, x.Value));
        return SendAsync(
            new HttpRequestMessage(HttpMethod.Post, $"requests.{format}")
            {
                Content = new FormUrlEncodedContent(jurisdictionId is null ? form : form.Append(KeyValuePair.Create("jurisdiction_id", jurisdictionId))),
            },
            "request");
    }

    public void Dispose() => http.Dispose();

    private async Task<(HttpStatusCode Status, List<Dictionary<string, string?>> Entries)> SendAsync(HttpRequestMessage request, string item)
    {
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal(format == "xml" ? "text/xml; charset=utf-8" : "application/json; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        var name = answer.IsSuccessStatusCode ? item : "error";
        return (answer.StatusCode, format == "xml" ? FromXml(text, name) : FromJson(text));
    }

    private static List<Dictionary<string, string?>> FromXml(string text, string item)
    {
        Assert.StartsWith("<?xml version=\"1.0\" encoding=\"utf-8\"?>", text, StringComparison.Ordinal);
        var root = XDocument.Parse(text).Root!;
        Assert.All(root.Elements(), x => Assert.Equal(item, x.Name.LocalName));
        return [.. root.Elements().Select(x => x.Elements().ToDictionary(y => y.Name.LocalName, y => y.Value.Length == 0 ? null : y.Value))];
    }

    private static List<Dictionary<string, string?>> FromJson(string text) =>
        [.. JsonNode.Parse(text)!.AsArray().Select(x => x!.AsObject().ToDictionary(y => y.Key, y => y.Value is { } value ? Convert.ToString(value, CultureInfo.InvariantCulture) : null))];
}
