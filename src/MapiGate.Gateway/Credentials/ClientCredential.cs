using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Primitives;

namespace MapiGate.Gateway.Credentials;

/// <summary>The credential of one request. What is not exactly Basic or Bearer counts as one that authenticates its connection.</summary>
/// <param name="Kind">What it authenticates.</param>
/// <param name="Parameter">What follows the scheme.</param>
internal readonly record struct ClientCredential(CredentialKind Kind, string Parameter)
{
    // token68 of RFC 9110: no comma and no blank, so that there is one credential and no second one behind it.
    private static readonly SearchValues<char> Token68 =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/=");

    /// <summary>Reads the header; false when there are several.</summary>
    public static bool TryRead(StringValues authorization, out ClientCredential credential)
    {
        credential = new ClientCredential(authorization.Count == 0 ? CredentialKind.None : CredentialKind.Connection, "");
        if (authorization.Count > 1)
        {
            return false;
        }

        if (TryReadParameter(authorization, "Basic ", out var parameter))
        {
            credential = new ClientCredential(CredentialKind.Basic, parameter);
        }
        else if (TryReadParameter(authorization, "Bearer ", out parameter))
        {
            credential = new ClientCredential(CredentialKind.Bearer, parameter);
        }

        return true;
    }

    /// <summary>Without the credential itself.</summary>
    public override string ToString() => Kind.ToString();

    private static bool TryReadParameter(string? authorization, string scheme, [NotNullWhen(true)] out string? parameter)
    {
        parameter = authorization?.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) == true ? authorization[scheme.Length..].Trim(' ') : null;
        if (string.IsNullOrEmpty(parameter) || parameter.AsSpan().ContainsAnyExcept(Token68))
        {
            parameter = null;
        }

        return parameter is not null;
    }
}
