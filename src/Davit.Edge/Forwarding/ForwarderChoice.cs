using Davit.Edge.Forwarding.Http1;
using Davit.Edge.Forwarding.Yarp;
using Davit.Edge.Routing;

namespace Davit.Edge.Forwarding;

/// <summary>Which forwarder speaks to a target: our own for HTTP/1.1, YARP's for HTTP/2, or YARP's for everything when asked.</summary>
internal sealed class ForwarderChoice(Http1Forwarder own, YarpForwarder yarp, bool alwaysYarp)
{
    public IForwarder For(Target target) => alwaysYarp || target.Key.Http2 ? yarp : own;
}
