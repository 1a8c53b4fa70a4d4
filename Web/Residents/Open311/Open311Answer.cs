using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Dispatch.Residents.Open311;

/// <summary>
/// An answer of GeoReport v2: an element of named values, or a list of them, as XML or as JSON of the same shape. XML is what the specification requires; JSON is taken
/// by the suffix or asked for by the Accept header.
/// </summary>
public sealed class Open311Answer : IResult
{
    private const string Json = "json";
    private const string Xml = "xml";

    private readonly int status;
    private readonly string root;
    private readonly string? item;
    private readonly IReadOnlyList<Open311Fields> content;

    private Open311Answer(int status, string root, string? item, IReadOnlyList<Open311Fields> content)
    {
        this.status = status;
        this.root = root;
        this.item = item;
        this.content = content;
    }

    /// <summary>A list.</summary>
    /// <param name="root">Name of the whole in XML.</param>
    /// <param name="item">Name of each in XML.</param>
    /// <param name="items">Each.</param>
    public static Open311Answer List(string root, string item, IEnumerable<Open311Fields> items) => new(StatusCodes.Status200OK, root, item, [.. items]);

    /// <summary>One element.</summary>
    public static Open311Answer One(string root, Open311Fields fields) => new(StatusCodes.Status200OK, root, null, [fields]);

    /// <summary>Why not, in the shape of the specification.</summary>
    public static IResult Fault(HttpContext context, int status, string description) =>
        new Open311Answer(status, "errors", "error", [new Open311Fields { ["code"] = status, ["description"] = description }]);

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        httpContext.Response.StatusCode = status;
        var asJson = FormatOf(httpContext) == Json;
        httpContext.Response.ContentType = asJson ? "application/json; charset=utf-8" : "text/xml; charset=utf-8";
        return httpContext.Response.WriteAsync(asJson ? ToJson() : ToXml(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), httpContext.RequestAborted);
    }

    private static string FormatOf(HttpContext context) =>
        context.Request.Path.Value is { } path && path.EndsWith($".{Json}", StringComparison.OrdinalIgnoreCase) ? Json
        : context.Request.Path.Value is { } other && other.EndsWith($".{Xml}", StringComparison.OrdinalIgnoreCase) ? Xml
        : context.Request.Headers.Accept.ToString().Contains("application/json", StringComparison.OrdinalIgnoreCase) ? Json
        : Xml;

    private string ToJson() => (item is null ? (JsonNode)content[0].ToJson() : new JsonArray([.. content.Select(x => (JsonNode)x.ToJson())]))
        .ToJsonString(Live.DispatchJson.Options);

    private string ToXml()
    {
        var element = item is null ? content[0].ToXml(root) : new XElement(root, content.Select(x => x.ToXml(item)));
        return $"""<?xml version="1.0" encoding="utf-8"?>{"\n"}{element}""";
    }
}

/// <summary>Named values in order: texts, numbers, truths, nothing, further named values, or lists of them.</summary>
public sealed class Open311Fields : Dictionary<string, object?>
{
    /// <summary>As JSON.</summary>
    public JsonObject ToJson() => new(this.Select(x => KeyValuePair.Create(x.Key, x.Value switch
    {
        null => null,
        Open311Fields one => one.ToJson(),
        Open311List many => new JsonArray([.. many.Items.Select(y => (JsonNode)y.ToJson())]),
        Open311Texts texts => new JsonArray([.. texts.Items.Select(y => (JsonNode)y)]),
        _ => (JsonNode?)JsonSerializer.SerializeToNode(x.Value, Live.DispatchJson.Options),
    })));

    /// <summary>As XML.</summary>
    public XElement ToXml(string name) => new(name, this.Select(x => x.Value switch
    {
        Open311Fields one => one.ToXml(x.Key),
        Open311List many => new XElement(x.Key, many.Items.Select(y => y.ToXml(many.Item))),
        Open311Texts texts => new XElement(x.Key, texts.Items.Select(y => new XElement(texts.Item, y))),
        _ => new XElement(x.Key, TextOf(x.Value)),
    }));

    private static string? TextOf(object? value) => value switch
    {
        null => null,
        bool truth => truth ? "true" : "false",
        string text => string.Concat(text.Where(System.Xml.XmlConvert.IsXmlChar)),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}

/// <summary>A list inside an element.</summary>
/// <param name="Item">Name of each in XML.</param>
/// <param name="Items">Each.</param>
public sealed record Open311List(string Item, IReadOnlyList<Open311Fields> Items);

/// <summary>A list of texts inside an element.</summary>
/// <param name="Item">Name of each in XML.</param>
/// <param name="Items">Each.</param>
public sealed record Open311Texts(string Item, IReadOnlyList<string> Items);
