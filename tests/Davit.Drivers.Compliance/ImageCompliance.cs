using Davit.Drivers.Images;

namespace Davit.Drivers.Compliance;

/// <summary>Images that exist, and one-off runs of them.</summary>
public abstract class ImageCompliance : DriverCompliance
{
    [Fact]
    public async Task A_tag_resolves_to_something_pinned_that_runs()
    {
        var sight = await Driver.ResolveImageAsync(new(Bed.KnownImage), Ct);

        sight.Pinned.ShouldContain("sha256:");
        sight.Id.ShouldStartWith("sha256:");
        sight.Platform.ShouldStartWith("linux/");
        (await RunAsync(Bed.Spec(new Workload.Idles()) with { Image = sight.Pinned })).State.IsRunning.ShouldBeTrue();
    }

    [Fact]
    public async Task Resolving_what_is_pinned_changes_nothing()
    {
        var first = await Driver.ResolveImageAsync(new(Bed.KnownImage), Ct);

        (await Driver.ResolveImageAsync(new(first.Pinned), Ct)).Pinned.ShouldBe(first.Pinned);
    }

    [Fact]
    public async Task A_local_image_resolves_although_no_registry_knows_it() =>
        (await Driver.ResolveImageAsync(new(Bed.KnownImage) { Pull = PullPolicy.Never }, Ct)).Id.ShouldStartWith("sha256:");

    [Fact]
    public async Task An_image_that_is_not_here_and_must_not_be_pulled_is_not_found() =>
        (await ProblemOfAsync(() => Driver.ResolveImageAsync(new(Bed.MissingImage) { Pull = PullPolicy.Never }, Ct))).Name.ShouldBe("image-not-found");

    [Fact]
    public async Task Another_platform_is_named_as_such()
    {
        var problem = await ProblemOfAsync(() => Driver.ResolveImageAsync(new(Bed.KnownImage) { Platform = "linux/s390x", Pull = PullPolicy.Never }, Ct));

        problem.Name.ShouldBe("image-platform");
        problem.Hint.ShouldContain("linux/s390x");
    }

    [Fact]
    public async Task An_image_is_inspected_and_an_unknown_one_is_nothing()
    {
        (await Driver.InspectImageAsync(Bed.KnownImage, Ct)).ShouldNotBeNull().Tags.ShouldContain(Bed.KnownImage);
        (await Driver.InspectImageAsync(Bed.MissingImage, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task Every_image_is_listed_with_whoever_is_made_from_it()
    {
        var instance = await RunAsync(Bed.Spec(new Workload.Idles()) with { Image = (await Driver.ResolveImageAsync(new(Bed.KnownImage), Ct)).Pinned });

        var image = (await Driver.ImagesAsync(Ct)).Single(i => i.Tags.Contains(Bed.KnownImage));
        image.Users.ShouldContain(instance.Name);
        image.IsLabelled.ShouldBeFalse("somebody else made it");
    }

    [Fact]
    public async Task Removing_an_unknown_image_is_fine() => await Driver.RemoveImageAsync(Bed.MissingImage, Ct);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(123)]
    public async Task A_one_off_passes_its_output_and_code_and_is_removed(int code)
    {
        var (seen, output, _) = await OneOffAsync(Bed.Spec(new Workload.Prints(["migrating", "done"], code)));

        seen.ShouldBe(code);
        System.Text.Encoding.UTF8.GetString(output).ShouldBe("migrating\ndone");
        (await Driver.ObserveAsync(Bed.All, Ct)).Instances.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_one_off_that_is_given_up_leaves_nothing()
    {
        var spec = Bed.Spec(new Workload.Idles());
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(700));

        await Should.ThrowAsync<OperationCanceledException>(() => Driver.RunToEndAsync(spec, (_, _) => ValueTask.CompletedTask, patience.Token));

        (await Driver.ObserveAsync(Bed.All, Ct)).Instances.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_one_off_that_had_ended_is_read_and_not_run_again()
    {
        var spec = Bed.Spec(new Workload.Prints(["once"], 5));
        await RunAsync(spec);
        await Driver.WaitInstanceAsync(spec.Name, Ct);

        var (code, output, _) = await OneOffAsync(spec);

        code.ShouldBe(5);
        System.Text.Encoding.UTF8.GetString(output).ShouldBe("once");
    }
}
