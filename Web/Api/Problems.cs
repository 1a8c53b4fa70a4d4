using System.Text.Json;
using Dispatch.Commands;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace Dispatch.Api;

/// <summary>Every error is RFC 9457 problem details with a stable code.</summary>
public static class Problems
{
    /// <summary>The answer to a refused command.</summary>
    public static IResult ToResult(this Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return Problem(StatusOf(refusal.Kind), refusal.Code, refusal.Message, refusal.Field);
    }

    /// <summary>A problem.</summary>
    public static IResult Problem(int status, string code, string detail, string? field = null) =>
        TypedResults.Problem(Details(status, code, detail, field));

    /// <summary>Not the caller's to see or to do.</summary>
    public static Refusal Forbidden(string what) => new(RefusalKind.Forbidden, "forbidden", $"{what} is not in your scope.");

    /// <summary>HTTP status of a family of refusals.</summary>
    public static int StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.Rule => StatusCodes.Status409Conflict,
        RefusalKind.Invalid => StatusCodes.Status422UnprocessableEntity,
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        _ => StatusCodes.Status503ServiceUnavailable,
    };

    /// <summary>Problem details with our extensions.</summary>
    public static ProblemDetails Details(int status, string code, string detail, string? field = null)
    {
        var details = new ProblemDetails { Status = status, Title = code, Detail = detail };
        details.Extensions["code"] = code;
        if (field is not null)
        {
            details.Extensions["field"] = field;
        }

        return details;
    }

    /// <summary>Code of an answer that the framework gave without a body.</summary>
    public static (string Code, string Detail) OfStatus(int status) => status switch
    {
        StatusCodes.Status400BadRequest => ("badRequest", "The request cannot be read."),
        StatusCodes.Status401Unauthorized => ("signInNeeded", "Sign in first."),
        StatusCodes.Status403Forbidden => ("forbidden", "This is not in your scope."),
        StatusCodes.Status404NotFound => ("notFound", "There is nothing here."),
        StatusCodes.Status405MethodNotAllowed => ("methodNotAllowed", "This address does not take this method."),
        StatusCodes.Status413PayloadTooLarge => ("bodyTooLarge", "The body is too large."),
        StatusCodes.Status415UnsupportedMediaType => ("unsupportedMediaType", "The body must be application/json."),
        StatusCodes.Status429TooManyRequests => ("tooManyRequests", "Too many requests; wait and try again."),
        _ => ("error", "The request failed."),
    };
}

/// <summary>Turns exceptions into problems.</summary>
public sealed partial class ExceptionToProblem(ILogger<ExceptionToProblem> logger) : IExceptionHandler
{
    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var details = Explain(exception);
        if (details.Status >= 500)
        {
            LogFailed(exception, httpContext.Request.Method, httpContext.Request.Path);
        }

        if (details.Status == StatusCodes.Status503ServiceUnavailable)
        {
            httpContext.Response.Headers.RetryAfter = "1";
        }

        httpContext.Response.StatusCode = details.Status!.Value;
        await httpContext.Response.WriteAsJsonAsync(details, options: null, "application/problem+json", cancellationToken);
        return true;
    }

    private static ProblemDetails Explain(Exception exception) => exception switch
    {
        BadHttpRequestException { InnerException: JsonException json } =>
            Problems.Details(StatusCodes.Status400BadRequest, "invalidJson", Sentence(json), json.Path?.TrimStart('$', '.')),
        BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest } bad =>
            Problems.Details(StatusCodes.Status400BadRequest, "badRequest", bad.Message),
        BadHttpRequestException bad => Problems.Details(bad.StatusCode, Problems.OfStatus(bad.StatusCode).Code, bad.Message),
        TimeoutException or OrleansException =>
            Problems.Details(StatusCodes.Status503ServiceUnavailable, "unavailable", "It is not known whether this was done; send it again with the same key."),
        _ => Problems.Details(StatusCodes.Status500InternalServerError, "internalError", "Something failed here; nothing is known to be done."),
    };

    private static string Sentence(JsonException json) => json.Path is { Length: > 1 } path
        ? $"The value at {path} cannot be read."
        : "The body is not the JSON that is expected here.";

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed.")]
    private partial void LogFailed(Exception exception, string method, string path);
}
