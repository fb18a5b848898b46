using System.Text.Json.Nodes;
using Davit.Client;
using Davit.Model;
using Davit.Wire;
using Microsoft.AspNetCore.Http;

namespace Davit.Console.Shell;

/// <summary>After a change the browser goes on to a page that shows its receipt, so that loading the page again repeats nothing.</summary>
internal static class Receipts
{
    public static IResult Return(string page, JsonObject receipt) => Results.Redirect($"{page}?receipt={Uri.EscapeDataString((string)receipt["id"]!)}");

    /// <returns>Null when there is none, or none that the person may read.</returns>
    public static async Task<ReceiptView?> FindAsync(DavitClient api, string orgPath, string? id, CancellationToken ct)
    {
        if (id is null)
            return null;
        try
        {
            var receipt = await api.GetAsync($"{orgPath}/receipts/{Uri.EscapeDataString(id)}", WireJson.Default.JsonObject, ct);
            return new((string)receipt["id"]!, (string)receipt["kind"]!, (string)receipt["status"]!, (DateTimeOffset)receipt["at"]!, []);
        }
        catch (ProblemException e) when (e.Problem.Of.Status is StatusCodes.Status403Forbidden or StatusCodes.Status404NotFound)
        {
            // Whoever may act on one environment need not be allowed to read the receipts of the whole org.
            return null;
        }
    }
}
