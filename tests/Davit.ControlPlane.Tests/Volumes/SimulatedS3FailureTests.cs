using System.Security.Cryptography;
using Davit.ControlPlane.Volumes;
using Davit.Model;
using Davit.Testing;

namespace Davit.ControlPlane.Tests.Volumes;

/// <summary>What goes wrong with buckets is told for what it is, and never with a key in it. Against an emulator, and an endpoint that follows a script.</summary>
public sealed class SimulatedS3FailureTests(SimulatedS3 s3) : IClassFixture<SimulatedS3>, IDisposable
{
    private const string Secret = "a-very-secret-key";

    private readonly string _file = Path.Combine(Directory.CreateTempSubdirectory("davit-s3-file-").FullName, "s3");
    private readonly List<S3Target> _made = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _made.ForEach(m => m.Dispose());
        Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);
    }

    [Fact]
    public async Task A_missing_bucket_and_wrong_keys_are_told_and_new_keys_are_used_without_a_restart()
    {
        (await FailureAsync(new S3Target(S3Place.Parse("s3://not-there/p"), s3.Settings))).ShouldSatisfyAllConditions(p => p.Code.ShouldBe("DV6014"), p => p.Detail.ShouldContain("the bucket is not there"));

        var target = Target($"http://127.0.0.1:{s3.Server.Port}", "UNKNOWN");
        (await FailureAsync(target)).ShouldSatisfyAllConditions(p => p.Code.ShouldBe("DV6014"), p => p.Detail.ShouldContain("InvalidAccessKeyId"));
        (await Should.ThrowAsync<ProblemException>(target.GetAsync("a", Ct))).Problem.Code.ShouldBe("DV6014");
        await s3.Server.WriteSettingsAsync(_file, Ct);
        File.SetLastWriteTimeUtc(_file, DateTime.UnixEpoch);
        await target.TryAsync(Ct);
        File.SetUnixFileMode(_file, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        File.SetLastWriteTimeUtc(_file, DateTime.UnixEpoch.AddDays(1));
        (await FailureAsync(target)).Code.ShouldBe("DV6015");
    }

    [Fact]
    public async Task An_endpoint_that_is_not_there_is_told_and_used_once_it_is()
    {
        var target = s3.Target();
        await s3.Server.StopAsync();
        (await FailureAsync(target)).ShouldSatisfyAllConditions(p => p.Code.ShouldBe("DV6004"), p => p.Detail.ShouldContain("cannot be reached (ConnectionError)"));
        await s3.Server.StartAgainAsync(Ct);
        await target.TryAsync(Ct);
    }

    [Theory]
    [InlineData(301, "PermanentRedirect", "DV6014", "another region")]
    [InlineData(307, "TemporaryRedirect", "DV6014", "another region")]
    [InlineData(400, "AuthorizationHeaderMalformed", "DV6014", "another region")]
    [InlineData(403, "SignatureDoesNotMatch", "DV6014", "keys are not accepted")]
    [InlineData(403, "AccessDenied", "DV6014", "may not do this")]
    [InlineData(403, "RequestTimeTooSkewed", "DV6014", "clock")]
    [InlineData(400, "BadDigest", "DV6004", "400 BadDigest")]
    [InlineData(507, "<script>", "DV6004", "507 without a code")]
    public async Task What_the_endpoint_answers_becomes_a_cause_without_its_own_words(int status, string code, string problem, string why)
    {
        await using var endpoint = await ScriptedEndpoint.StartAsync(c =>
        {
            c.Response.Headers.Location = "http://169.254.169.254/elsewhere";
            return ScriptedEndpoint.RefuseAsync(c, status, code, "<Region>eu-west-1</Region>");
        }, Ct);
        (await FailureAsync(Target(endpoint.Address))).ShouldSatisfyAllConditions(p => p.Code.ShouldBe(problem, p.Detail), p => p.Detail.ShouldContain(why));
        endpoint.Requests.Select(r => r.Method).Distinct().ShouldBe(["PUT"]);
    }

    [Fact]
    public async Task What_is_put_carries_the_hash_of_all_its_bytes_and_a_checksum_that_the_endpoint_can_compare()
    {
        var bytes = Backed.Noise(70_000);
        var (body, hash, crc, isSigned) = (new MemoryStream(), "", "", false);
        await using var endpoint = await ScriptedEndpoint.StartAsync(async c =>
        {
            (hash, crc) = ((string?)c.Request.Headers["x-amz-content-sha256"] ?? "", string.Join(' ', c.Request.Headers.Where(h => h.Key.StartsWith("x-amz-checksum-", StringComparison.OrdinalIgnoreCase)).Select(h => h.Key)));
            isSigned = ScriptedEndpoint.IsSigned(c.Request, Secret);
            await c.Request.Body.CopyToAsync(body, Ct);
        }, Ct);

        await Target(endpoint.Address).PutAsync("a/b", bytes, Ct);

        body.ToArray().ShouldBe(bytes, "nothing but the bytes: no chunks with signatures in between");
        isSigned.ShouldBeTrue();
        hash.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(bytes)));
        crc.ToLowerInvariant().ShouldContain("x-amz-checksum-crc");
        endpoint.Requests.ShouldBe([("PUT", "/bucket/p/a/b")]);
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("other bytes")]
    public async Task An_answer_that_is_cut_or_changed_on_the_way_is_a_failure_of_the_target_and_no_damage(string how)
    {
        await using var endpoint = await ScriptedEndpoint.StartAsync(async c =>
        {
            c.Response.ContentLength = 1000;
            c.Response.Headers["x-amz-checksum-crc32"] = "AAAAAA==";
            await c.Response.Body.WriteAsync(Backed.Noise(how is "cut" ? 400 : 1000), Ct);
            await c.Response.Body.FlushAsync(Ct);
            if (how is "cut")
                c.Abort();
        }, Ct);
        (await Should.ThrowAsync<ProblemException>(Target(endpoint.Address).GetAsync("a", Ct))).Problem.Code.ShouldBe("DV6004");
    }

    [Fact]
    public async Task What_passes_is_tried_again_and_what_hangs_is_given_up()
    {
        var answers = 0;
        await using var endpoint = await ScriptedEndpoint.StartAsync(c => Interlocked.Increment(ref answers) <= 2 ? ScriptedEndpoint.RefuseAsync(c, 503, "SlowDown") : Task.CompletedTask, Ct);
        await Target(endpoint.Address).PutAsync("a", new byte[3], Ct);
        answers.ShouldBe(3);

        await using var hanging = await ScriptedEndpoint.StartAsync(c => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, c.RequestAborted), Ct);
        var impatient = Target(hanging.Address, patience: TimeSpan.FromMilliseconds(300));
        (await Should.ThrowAsync<ProblemException>(impatient.PutAsync("a", new byte[3], Ct))).Problem.ShouldSatisfyAllConditions(p => p.Code.ShouldBe("DV6004"), p => p.Detail.ShouldContain("did not answer"));
        hanging.Requests.Count.ShouldBe(3);

        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        await Should.ThrowAsync<OperationCanceledException>(Target(hanging.Address).GetAsync("a", stop.Token));
    }

    private static async Task<Problem> FailureAsync(IBackupTarget target)
    {
        var thrown = await Should.ThrowAsync<ProblemException>(target.TryAsync(Ct));
        $"{thrown.Problem} {thrown.Message}".ShouldNotContain(Secret);
        thrown.ToString().ShouldNotContain(Secret);
        thrown.Problem.ToString().ShouldNotContain("SECRET-IN-MESSAGE");
        return thrown.Problem;
    }

    private S3Target Target(string endpoint, string access = "AK", TimeSpan? patience = null)
    {
        Write(endpoint, access);
        _made.Add(new S3Target(S3Place.Parse("s3://bucket/p") with { Bucket = access is "UNKNOWN" ? S3Server.Bucket : "bucket" }, _file) { Patience = patience ?? TimeSpan.FromSeconds(20) });
        return _made[^1];
    }

    private void Write(string endpoint, string access)
    {
        File.WriteAllText(_file, $"endpoint = {endpoint}\naccess-key = {access}\nsecret-key = {Secret}\n");
        File.SetUnixFileMode(_file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
