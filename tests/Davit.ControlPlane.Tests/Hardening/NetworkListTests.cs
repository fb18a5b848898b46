using System.Net;
using Davit.Client;
using Davit.Console.Shell;
using Davit.ControlPlane.Access;
using Davit.ControlPlane.Hardening;
using Davit.ControlPlane.Hosting;
using Davit.Model;
using Microsoft.AspNetCore.Http;

namespace Davit.ControlPlane.Tests.Hardening;

public sealed class NetworkListTests
{
    [Theory]
    [InlineData("10.0.0.0/8", "10.200.3.4", true)]
    [InlineData("10.0.0.0/8", "11.0.0.1", false)]
    [InlineData("10.0.0.0/8", "::ffff:10.1.2.3", true)]
    [InlineData("::ffff:10.0.0.0/104", "10.1.2.3", true)]
    [InlineData("192.0.2.7", "192.0.2.7", true)]
    [InlineData("192.0.2.7", "192.0.2.8", false)]
    [InlineData("2001:db8::/32", "2001:db8:1::5", true)]
    [InlineData("2001:db8::/32", "2001:db9::5", false)]
    [InlineData("0.0.0.0/0", "::1", false)]
    [InlineData("::/0", "192.0.2.1", false)]
    public void An_address_is_in_a_network_or_not(string network, string address, bool isIn) =>
        NetworkList.Parse([network]).Contains(IPAddress.Parse(address)).ShouldBe(isIn);

    [Theory]
    [InlineData("")]
    [InlineData("example.org")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.1/8")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0.0/ 8")]
    [InlineData("2001:db8::/129")]
    [InlineData("::ffff:10.0.0.0/8")]
    [InlineData("fe80::1%eth0/64")]
    [InlineData("10.0.0.0/8/8")]
    public void What_is_no_network_is_refused(string text) =>
        Should.Throw<ProblemException>(() => NetworkList.Parse([text])).Problem.Code.ShouldBe("DV7912");

    [Theory]
    [InlineData("", "198.51.100.1", "203.0.113.9", "198.51.100.1")]
    [InlineData("198.51.100.0/24", "198.51.100.1", "203.0.113.9", "203.0.113.9")]
    [InlineData("198.51.100.0/24", "198.51.100.1", "1.1.1.1, 203.0.113.9", "203.0.113.9")]
    [InlineData("198.51.100.0/24", "198.51.100.1", "203.0.113.9, 198.51.100.2", "203.0.113.9")]
    [InlineData("198.51.100.0/24", "192.0.2.1", "203.0.113.9", "192.0.2.1")]
    [InlineData("198.51.100.0/24", "198.51.100.1", "nonsense", "198.51.100.1")]
    [InlineData("198.51.100.0/24", "198.51.100.1", "", "198.51.100.1")]
    public async Task Only_what_trusted_proxies_have_written_is_believed(string trusted, string peer, string forwarded, string origin)
    {
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(peer) }, Request = { Headers = { ["X-Forwarded-For"] = forwarded } } };
        await new TrustedProxies(_ => Task.CompletedTask, new ServerOptions { Data = "/nowhere", TrustedProxies = trusted is "" ? [] : [trusted] }, new ConsoleLink(new ServerAddress("unix:///nowhere"), "session")).InvokeAsync(context);

        ClientAddress.Of(context).ToString().ShouldBe(origin);
    }
}
