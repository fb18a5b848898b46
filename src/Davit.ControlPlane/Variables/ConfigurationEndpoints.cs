using System.Text.Json.Nodes;
using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.ControlPlane.Keys;
using Davit.ControlPlane.Receipts;
using Davit.ControlPlane.Reconciling;
using Davit.ControlPlane.Redacting;
using Davit.ControlPlane.Secrets;
using Davit.Model;
using Davit.Model.Access;
using Davit.Planning.Configuring;
using Davit.Store;
using Davit.Store.Configuring;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Davit.ControlPlane.Variables;

/// <summary>What variables and secrets come to, what they must be, and which environment takes them from which.</summary>
internal static class ConfigurationEndpoints
{
    public static IServiceCollection AddConfiguring(this IServiceCollection services) => services
        .AddSingleton<IMasterKeys, MasterKeyFiles>().AddSingleton<DataKeys>().AddSingleton<SecretBox>().AddSingleton<KeyRotation>().AddSingleton<KeyReport>()
        .AddSingleton<KnownSecrets>().AddSingleton<Redaction>().AddSingleton<Errors.ProblemCleaning>().AddSingleton<SecretReading>().AddSingleton<ContentParts>().AddSingleton<SecretUses>().AddSingleton<SecretWriting>()
        .AddHostedService<SecretUpkeep>().AddHostedService<SecretRotations>().AddSingleton<VariableLocks>().AddSingleton<VariableParts>().AddSingleton<EffectiveReading>();

    public static void MapConfiguration(this IEndpointRouteBuilder app)
    {
        app.MapBelowEach("secrets", new SecretEndpoints());
        app.MapBelowEach("secret-imports", new SecretImports());
        app.MapBelowEach("variables", new VariableEndpoints());
        var env = app.MapGroup("/v1/orgs/{org}/projects/{project}/apps/{app}/envs/{env}").WithTags("Variables");
        env.MapGet("/configuration", EffectiveAsync).Needs("variable:read").WithName("GetConfiguration");
        env.MapGet("/inheritance", InheritanceAsync).Needs("variable:read").WithName("GetInheritance");
        env.MapPut("/inheritance", InheritAsync).Needs("variable:set").WithName("SetInheritance");
        var definitions = app.MapGroup("/v1/orgs/{org}/projects/{project}/apps/{app}/variable-definitions").WithTags("Variables");
        definitions.MapGet("", DefinitionsAsync).Needs("variable:read").WithName("ListDefinitions");
        definitions.MapPut("/{variable}", DefineAsync).Needs("variable:set").WithName("SetDefinition");
        definitions.MapDelete("/{variable}", ForgetAsync).Needs("variable:set").WithName("RemoveDefinition");
    }

    private static async Task<Ok<ConfigurationView>> EffectiveAsync([AsParameters] EnvPath path, string? service, Caller caller, Places places, EffectiveReading reading, CancellationToken ct) =>
        TypedResults.Ok(await reading.ReadAsync(await places.EnvAsync(caller, path, ct), service ?? "", ct) ?? throw new ProblemException(ApiProblems.Missing("service", service ?? "")));

    private static async Task<Ok<InheritanceView>> InheritanceAsync([AsParameters] EnvPath path, Caller caller, Places places, Database database, CancellationToken ct)
    {
        var env = await places.EnvAsync(caller, path, ct);
        return TypedResults.Ok(View(await database.ReadAsync(db => InheritanceTable.ChainAsync(db, env.Id, ct), ct)));
    }

    private static async Task<Ok<Receipted<InheritanceView>>> InheritAsync([AsParameters] EnvPath path, InheritanceRequest body, Caller caller, Writers write, CancellationToken ct)
    {
        var env = await write.Places.EnvAsync(caller, path, ct);
        var from = body.From is { } giver ? await write.Places.EnvAsync(caller, path with { Env = giver }, ct) : null;
        if (from is not null)
            caller.Require("variable:read", new AccessTarget([.. caller.Target.Chain[..^1], new ScopeRef(ScopeLevel.Env, from.Id.Value)]));
        return await write.WriteAsync(caller, env.Id.ToString(), async w =>
        {
            await InheritanceTable.LockAsync(w, env.AppId, ct);
            var above = from is null ? [] : await InheritanceTable.ChainAsync(w.Db, from.Id, ct);
            if (above.Any(e => e.Id == env.Id))
                throw new ProblemException(VariableProblems.Circle([env.Name, .. above.TakeWhile(e => e.Id != env.Id).Select(e => e.Name), env.Name]));
            if (above.Count > InheritanceTable.Longest)
                throw new ProblemException(VariableProblems.TooLong(env.Name, InheritanceTable.Longest));
            await InheritanceTable.SetAsync(w, env.Id, from?.Id, body.GivesSecrets, ct);
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("env-inherit", "accepted", [env.Id.ToString()], [("see what comes of it", $"davit variable list --env {env.Name} --effective --origin")])
            {
                Details = new JsonObject { ["from"] = from?.Name, ["givesSecrets"] = body.GivesSecrets },
            }, ct);
            return TypedResults.Ok(new Receipted<InheritanceView>(View(await InheritanceTable.ChainAsync(w.Db, env.Id, ct)), receipt));
        }, ct);
    }

    private static async Task<Ok<Page<DefinitionView>>> DefinitionsAsync([AsParameters] AppPath path, Caller caller, Places places, Database database, CancellationToken ct)
    {
        var app = await places.AppAsync(caller, path, ct);
        return TypedResults.Ok(new Page<DefinitionView>([.. (await database.ReadAsync(db => DefinitionTable.ListAsync(db, app.Id, ct), ct)).Select(View)], null));
    }

    private static async Task<Ok<Receipted<DefinitionView>>> DefineAsync([AsParameters] AppPath path, string variable, DefinitionRequest body, Caller caller, Writers write, CancellationToken ct)
    {
        var app = await write.Places.AppAsync(caller, path, ct);
        var definition = new VariableDefinition(VariableNames.Check(variable), body.Type)
        {
            IsRequired = body.Required, Default = body.Default, Pattern = body.Pattern, Values = [.. body.Values], Min = body.Min, Max = body.Max, Description = Names.CheckDescription(body.Description),
        };
        if (definition.Faulty() is { } why)
            throw new ProblemException(VariableProblems.BadDefinition(variable, why));
        return await write.WriteAsync(caller, app.Id.ToString(), async w =>
        {
            await DefinitionTable.SetAsync(w, app.Id, definition, ct);
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("variable-define", "accepted", [app.Id.ToString()], [("see whether values fit", $"davit variable list --app {app.Name} --effective")]) { Details = new JsonObject { ["name"] = variable, ["type"] = body.Type } }, ct);
            return TypedResults.Ok(new Receipted<DefinitionView>(View(definition), receipt));
        }, ct);
    }

    private static async Task<Ok<Receipted<DefinitionView>>> ForgetAsync([AsParameters] AppPath path, string variable, Caller caller, Writers write, CancellationToken ct)
    {
        var app = await write.Places.AppAsync(caller, path, ct);
        var found = (await write.Database.ReadAsync(db => DefinitionTable.ListAsync(db, app.Id, ct), ct)).FirstOrDefault(d => d.Name == variable) ?? throw new ProblemException(ApiProblems.Missing("definition", variable));
        return await write.WriteAsync(caller, app.Id.ToString(), async w =>
        {
            await DefinitionTable.DeleteAsync(w, app.Id, variable, ct);
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("variable-undefine", "accepted", [app.Id.ToString()], []) { Details = new JsonObject { ["name"] = variable } }, ct);
            return TypedResults.Ok(new Receipted<DefinitionView>(View(found), receipt));
        }, ct);
    }

    private static InheritanceView View(IReadOnlyList<ChainedEnv> chain) => new(chain[0].Name, [.. chain.Skip(1).Select(c => c.Name)], chain[0].GivesSecrets);

    private static DefinitionView View(VariableDefinition d) => new(d.Name, d.Type, d.IsRequired, d.Default, d.Pattern, [.. d.Values], d.Description) { Min = d.Min, Max = d.Max };
}
