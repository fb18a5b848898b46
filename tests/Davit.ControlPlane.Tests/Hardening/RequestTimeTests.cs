using Davit.ControlPlane.Hardening;
using Davit.Model;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Davit.ControlPlane.Tests.Hardening;

public sealed class RequestTimeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_not_answered_in_time_is_given_up()
    {
        var problem = (await Should.ThrowAsync<ProblemException>(RunAsync("GetOrg", c => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, c.RequestAborted), Ct))).Problem;
        problem.Code.ShouldBe("DV7917");
    }

    [Fact]
    public async Task A_client_that_left_is_not_somebody_who_waited_too_long()
    {
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(RunAsync("GetOrg", c => Task.FromCanceled(c.RequestAborted), gone.Token));
    }

    [Fact]
    public async Task What_is_meant_to_last_lasts() =>
        await RunAsync("ExportAudit", c => Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, c.RequestAborted), Ct);

    private static Task RunAsync(string endpoint, RequestDelegate next, CancellationToken gone)
    {
        var context = new DefaultHttpContext { RequestAborted = gone };
        context.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(new EndpointNameMetadata(endpoint)), endpoint));
        return new RequestTime(next, new Hasty()).InvokeAsync(context);
    }

    /// <summary>However long somebody wants to wait, it is over soon.</summary>
    private sealed class Hasty : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => System.CreateTimer(callback, state, TimeSpan.FromMilliseconds(10), period);
    }
}
