using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MapiGate.Management.Tests;

/// <summary>The embedded openapi.json, against which every answer and order of these tests is held.</summary>
internal static class ApiDescription
{
    // What holds for every address: authorization, and a body that is no JSON.
    private static readonly int[] Everywhere = [400, 401, 403, 429];

    private static readonly JsonNode Document = Read();

    public static void Check(HttpMethod method, string path, int status, JsonNode? order, JsonNode? answer)
    {
        var operation = Operation(method, path.Split('?')[0]) ?? throw new InvalidOperationException($"{method} {path} is not described.");
        var at = $"{method} {path} {status}";
        foreach (var name in path.Split('?').Skip(1).SelectMany(query => query.Split('&')).Select(pair => pair.Split('=')[0]))
        {
            operation["parameters"]!.AsArray().Should().Contain(parameter => parameter!["name"]!.GetValue<string>() == name, at);
        }

        if (order is not null)
        {
            CheckValue(order, Schema(operation["requestBody"]), $"{at}: the order");
        }

        if (Everywhere.Contains(status))
        {
            return;
        }

        var response = operation["responses"]![$"{status}"];
        response.Should().NotBeNull("{0} is described", at);
        if (answer is not null)
        {
            CheckValue(answer, Schema(response), at);
        }
    }

    private static JsonNode? Operation(HttpMethod method, string path)
    {
        var asked = $"/mapigate/{path}".Split('/');
        return Document["paths"]!.AsObject()
            .Where(known => known.Key.Split('/') is var parts && parts.Length == asked.Length && parts.Zip(asked).All(pair => pair.First == pair.Second || pair.First.StartsWith('{')))
            .Select(known => known.Value![method.Method.ToLowerInvariant()]).FirstOrDefault(operation => operation is not null);
    }

    private static JsonNode Schema(JsonNode? holder) => holder!["content"]!["application/json"]!["schema"]!;

    private static void CheckValue(JsonNode? value, JsonNode schema, string at)
    {
        if (schema["$ref"] is { } reference)
        {
            CheckValue(value, Document["components"]!["schemas"]![reference.GetValue<string>().Split('/')[^1]]!, at);
            return;
        }

        if (schema["oneOf"] is JsonArray choices)
        {
            CheckValue(value, choices.First(choice => choice!["type"]?.ToString() == "null" == value is null)!, at);
            return;
        }

        Types(schema).SelectMany(type => type == "number" ? new[] { type, "integer" } : [type]).Should().Contain(TypeOf(value), at);
        if (value is JsonArray items)
        {
            foreach (var item in items)
            {
                CheckValue(item, schema["items"]!, $"{at}[]");
            }
        }
        else if (value is JsonObject properties)
        {
            (schema["required"]?.AsArray().Select(name => name!.GetValue<string>()) ?? []).Should().BeSubsetOf(properties.Select(property => property.Key), at);
            foreach (var (name, property) in properties)
            {
                (schema["properties"]?[name]).Should().NotBeNull("{0}: {1} is described", at, name);
                CheckValue(property, schema["properties"]![name]!, $"{at}: {name}");
            }
        }
    }

    private static IEnumerable<string> Types(JsonNode schema) => schema["type"] is JsonArray types ? types.Select(type => type!.GetValue<string>()) : [schema["type"]!.GetValue<string>()];

    private static string TypeOf(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject => "object",
        JsonArray => "array",
        _ => value.GetValueKind() switch
        {
            JsonValueKind.String => "string",
            JsonValueKind.True or JsonValueKind.False => "boolean",
            _ => value.ToJsonString().Contains('.', StringComparison.Ordinal) ? "number" : "integer",
        },
    };

    private static JsonNode Read()
    {
        using var stream = Assembly.Load("MapiGate.Management").GetManifestResourceStream("openapi.json")!;
        return JsonNode.Parse(stream)!;
    }
}
