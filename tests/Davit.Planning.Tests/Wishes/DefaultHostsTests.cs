using Davit.Planning.Wishes;

namespace Davit.Planning.Tests.Wishes;

public sealed class DefaultHostsTests
{
    [Theory]
    [InlineData("shop", "production", "", "", "shop-production.localhost")]
    [InlineData("shop", "staging", "", "", "shop-staging.localhost")]
    [InlineData("shop", "production", "", "apps.example", "shop.apps.example")]
    [InlineData("shop", "staging", "", "apps.example", "shop-staging.apps.example")]
    [InlineData("shop", "production", "admin", "apps.example", "admin-shop.apps.example")]
    [InlineData("shop", "pr-17", "admin", "", "admin-shop-pr-17.localhost")]
    public void A_host_is_made_of_app_environment_and_service(string app, string env, string service, string domain, string host) =>
        DefaultHosts.Of(app, env, service, domain).ShouldBe(host);

    [Fact]
    public void Long_names_are_cut_to_one_label_and_stay_apart()
    {
        var (one, two) = (DefaultHosts.Of(new string('a', 63), "staging", "web", ""), DefaultHosts.Of(new string('a', 63), "staging", "api", ""));

        one.Split('.')[0].Length.ShouldBeLessThanOrEqualTo(63);
        one.ShouldNotBe(two);
        DefaultHosts.Of(new string('a', 63), "staging", "web", "").ShouldBe(one);
    }
}
