using System.Globalization;
using Davit.Model;
using Microsoft.AspNetCore.Http;

namespace Davit.Console.Shell;

/// <summary>What a page's form was filled in with.</summary>
internal static class Forms
{
    /// <exception cref="ProblemException">DV4004: it is none, or has more in it than any page asks for.</exception>
    public static async Task<IFormCollection> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (!request.HasFormContentType)
            throw new ProblemException(ApiProblems.BadBody("a page sends a form"));
        try
        {
            return await request.ReadFormAsync(ct);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or BadHttpRequestException)
        {
            throw new ProblemException(ApiProblems.BadBody("the form breaks off, or has more in it than a page asks for"), e);
        }
    }

    /// <exception cref="ProblemException">DV4004: it is no whole number.</exception>
    public static int Count(string name, string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        ? count
        : throw new ProblemException(ApiProblems.BadBody($"'{text}' for {name} is no whole number"));
}
