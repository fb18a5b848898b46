using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Davit.Edge.AccessLog;
using Davit.Model;

namespace Davit.Edge.Persistence;

/// <summary>
/// Keeps the last five tables. A file is one line with the SHA-256 of the rest, then the JSON; it is written beside,
/// flushed to the disk and renamed, so a file under its final name is whole unless the disk damaged it later.
/// </summary>
internal sealed class TableStore(string directory, EdgeNotes notes)
{
    private const int Kept = 5;
    private const int DigestLine = 65;

    /// <exception cref="ProblemException">DV5012, the disk does not take it.</exception>
    public void Write(StoredTable table)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(table, TableJson.Default.StoredTable);
        var path = Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"table-{table.Version:D12}.json"));
        var beside = path + ".new";
        var renamed = false;
        try
        {
            Directory.CreateDirectory(directory);
            using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                file.Write(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(json)) + "\n"));
                file.Write(json);
                file.Flush(flushToDisk: true);
            }

            File.Move(beside, path, overwrite: true);
            renamed = true;
            DirectorySync.Flush(directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A refused table must not be the newest one at the next start.
            TryDelete(renamed ? path : beside);
            throw new ProblemException(EdgeProblems.Unwritable(directory, e.Message), e);
        }

        foreach (var old in Files().Skip(Kept))
            TryDelete(old);
    }

    /// <summary>The newest intact table, or null. Damaged files are skipped with a note and stay where they are.</summary>
    public StoredTable? ReadNewest()
    {
        foreach (var path in Files())
        {
            if (TryRead(path) is { } table)
                return table;

            notes.Add("table-damaged", $"{Path.GetFileName(path)} is damaged and was skipped.");
        }

        return null;
    }

    private static StoredTable? TryRead(string path)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            if (bytes.Length <= DigestLine || !Encoding.ASCII.GetString(bytes, 0, DigestLine - 1).Equals(Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan(DigestLine))), StringComparison.Ordinal))
                return null;

            return JsonSerializer.Deserialize(bytes.AsSpan(DigestLine), TableJson.Default.StoredTable);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>A file too many does no harm and must not refuse a table that is on disk already.</summary>
    private void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            notes.Add("table-kept", $"{Path.GetFileName(path)} could not be deleted: {e.Message}");
        }
    }

    private IEnumerable<string> Files() => !Directory.Exists(directory) ? [] : Directory
        .GetFiles(directory, "table-*.json")
        .OrderDescending(StringComparer.Ordinal);
}
