using Davit.Drivers.Docker.Instances;

namespace Davit.Drivers.Docker.Tests.Instances;

public sealed class ListeningSocketsTests
{
    [Theory]
    [InlineData("   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1", "127.0.0.1", 8080, true)]
    [InlineData("   0: 00000000:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1", "0.0.0.0", 80, false)]
    [InlineData("   0: 00000000000000000000000000000000:0050 00000000000000000000000000000000:0000 0A 0:0 0:0 0 0 0 1", "::", 80, false)]
    [InlineData("   0: 00000000000000000000000001000000:0050 00000000000000000000000000000000:0000 0A 0:0 0:0 0 0 0 1", "::1", 80, true)]
    [InlineData("   0: 0000000000000000FFFF00000100007F:0050 00000000000000000000000000000000:0000 0A 0:0 0:0 0 0 0 1", "127.0.0.1", 80, true)]
    public void Addresses_of_the_kernels_table_are_read(string line, string address, int port, bool isLoopback)
    {
        var socket = ListeningSockets.Parse(line).ShouldNotBeNull();

        (socket.Address, socket.Port, socket.IsLoopback).ShouldBe((address, port, isLoopback));
    }

    [Theory]
    [InlineData("   0: 0100007F:1F90 0100007F:0001 01 00000000:00000000 00:00000000 00000000     0        0 1 1")]
    [InlineData("")]
    [InlineData("a b c 0A")]
    public void Other_lines_are_no_listening_sockets(string line) => ListeningSockets.Parse(line).ShouldBeNull();
}
