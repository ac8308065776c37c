using System.Security.Cryptography;
using System.Text;

namespace MapiGate;

/// <summary>The file that a policy document is kept in.</summary>
internal sealed class PolicyFile(string path)
{
    /// <summary>The document of a file that is not there.</summary>
    public const string Empty = "{ \"MapiGate\": { } }";

    /// <summary>The version of a file that is not there.</summary>
    public const string Absent = "none";

    /// <summary>What names a document: a hash of its text.</summary>
    public static string VersionOf(string document) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(document)).AsSpan(0, 16));

    public StoredPolicy Read()
    {
        try
        {
            if (Directory.Exists(path))
            {
                throw new IOException("It is a folder.");
            }

            var document = File.ReadAllText(path);
            return new StoredPolicy(document, VersionOf(document));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new StoredPolicy(Empty, Absent);
        }
    }

    /// <summary>Puts another document in its place.</summary>
    /// <exception cref="IOException">It cannot be written; the file is as it was.</exception>
    public void Write(string document)
    {
        // A rename does not ask about the file it replaces, and would take a link's place.
        var target = new FileInfo(path);
        target = target.LinkTarget is null ? target : (FileInfo?)target.ResolveLinkTarget(returnFinalTarget: true) ?? target;
        if (target is { Exists: true, IsReadOnly: true })
        {
            throw new UnauthorizedAccessException("The file is read-only; give this process the right to write it.");
        }

        DurableFile.Replace(target.FullName, document);
    }
}
