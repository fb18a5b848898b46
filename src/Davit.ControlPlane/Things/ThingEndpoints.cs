using System.Text.RegularExpressions;
using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.Model;
using Davit.Store;
using Davit.Store.Resources;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Davit.ControlPlane.Things;

internal static partial class ThingEndpoints
{
    public static void MapThings(this IEndpointRouteBuilder app) =>
        app.MapGet("/v1/orgs/{org}/things/{id}", FindAsync).Needs("org:read").WithName("FindThing").WithTags("Server");

    /// <summary>Says what an id, or its last six or more digits, belongs to and where it is kept.</summary>
    private static async Task<Ok<ThingView>> FindAsync([AsParameters] OrgPath path, string id, Caller caller, Places places, Database database, CancellationToken ct)
    {
        var org = await places.OrgAsync(caller, path, ct);
        var found = await database.ReadAsync(db => SearchAsync(db, org.Id, id, ct), ct);
        return found switch
        {
            [] => throw new ProblemException(ApiProblems.NothingHas(id)),
            [var one] => TypedResults.Ok(new ThingView($"{one.Prefix}_{one.Id:N}", one.Prefix, $"/v1/orgs/{org.Name}{one.Path}")),
            _ => throw new ProblemException(ApiProblems.Ambiguous(id)),
        };
    }

    private static async Task<IReadOnlyList<ThingRow>> SearchAsync(Npgsql.NpgsqlConnection db, OrgId org, string id, CancellationToken ct)
    {
        if (Whole().Match(id) is { Success: true } whole)
            return await ThingTable.GetAsync(db, org, whole.Groups["prefix"].Value, Guid.ParseExact(whole.Groups["digits"].ValueSpan, "N"), ct) is { } thing ? [thing] : [];
        return Ending().IsMatch(id) ? await ThingTable.EndingAsync(db, org, id, ct) : throw new ProblemException(ApiProblems.BadId(id, "dep"));
    }

    [GeneratedRegex("^(?<prefix>[a-z]{3})_(?<digits>[0-9a-f]{32})\\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 200)]
    private static partial Regex Whole();

    [GeneratedRegex("^[0-9a-f]{6,32}\\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Ending();
}
