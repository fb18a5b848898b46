using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Davit.Cli.Tests.Contracts;

/// <summary>References to other machines are followed when the user allows it, and never otherwise.</summary>
public sealed class ContractRemoteTests : IAsyncLifetime
{
    private readonly Support.Davit _davit = new();
    private WebApplication _machine = null!;
    private int _asked;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        _machine = builder.Build();
        _machine.Urls.Add("http://127.0.0.1:0");
        _machine.Use((context, next) =>
        {
            Interlocked.Increment(ref _asked);
            context.Request.Headers.Cookie.ToString().ShouldBeEmpty();
            return next(context);
        });
        _machine.MapGet("/v1/order.yaml", () => "Order: { type: object, properties: { id: { $ref: '../ids.yaml#/Id' } } }");
        _machine.MapGet("/v2/order.yaml", () => "Order: { type: object, required: [id], properties: { id: { $ref: '/ids.yaml#/Id' } } }");
        _machine.MapGet("/ids.yaml", () => "Id: { type: string }");
        _machine.MapGet("/moved.yaml", () => Results.Redirect("/v2/order.yaml"));
        _machine.MapGet("/broken.yaml", () => Results.StatusCode(StatusCodes.Status500InternalServerError));
        await _machine.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _machine.DisposeAsync();
        _davit.Dispose();
    }

    [Fact]
    public async Task Nothing_is_fetched_unasked()
    {
        (await RunAsync(1, "v1/order.yaml", "v2/order.yaml")).Error.ShouldContain("DV8017");

        _asked.ShouldBe(0);
    }

    [Fact]
    public async Task What_is_allowed_is_fetched_once_with_all_that_it_refers_to()
    {
        var ended = await RunAsync(100, "v1/order.yaml", "moved.yaml", "--allow-remote");

        ended.Out.ShouldContain("oas-request-property-became-required");
        _asked.ShouldBe(4);
    }

    [Theory]
    [InlineData("none.yaml", "DV8015")]
    [InlineData("broken.yaml", "DV8017")]
    public async Task What_cannot_be_fetched_is_a_problem(string path, string code) =>
        (await RunAsync(1, "v1/order.yaml", path, "--allow-remote")).Error.ShouldContain(code);

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://127.0.0.1/x.yaml")]
    [InlineData("http://name:word@127.0.0.1/x.yaml")]
    public async Task Other_addresses_are_refused(string address)
    {
        _davit.With("a.yaml", Api(address));

        (await RunAsync(1, ["a.yaml", "a.yaml", "--allow-remote"])).Error.ShouldContain("DV8017");
    }

    private Task<Support.Ended> RunAsync(int exit, string old, string @new, params string[] further)
    {
        var address = _machine.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        _davit.With("old.yaml", Api($"{address}/{old}#/Order")).With("new.yaml", Api($"{address}/{@new}#/Order"));
        return RunAsync(exit, ["old.yaml", "new.yaml", .. further]);
    }

    private async Task<Support.Ended> RunAsync(int exit, string[] arguments)
    {
        var ended = await _davit.RunAsync(["contract", "diff", .. arguments], [("PATH", "/usr/bin:/bin")], _davit.Home);
        ended.Exit.ShouldBe(exit, ended.ToString());
        return ended;
    }

    private static string Api(string reference) => $$"""
        openapi: 3.1.0
        info: { title: Orders, version: 1.0.0 }
        paths:
          /orders:
            post:
              requestBody: { content: { application/json: { schema: { $ref: '{{reference}}' } } } }
              responses: { '200': { description: Done } }
        """;
}
