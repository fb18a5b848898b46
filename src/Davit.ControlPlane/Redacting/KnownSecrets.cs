using System.Collections.Concurrent;
using Davit.ControlPlane.Secrets;
using Davit.Model;

namespace Davit.ControlPlane.Redacting;

/// <summary>Every value that this process has opened: nothing is delivered to an instance that is not known here first.</summary>
internal sealed class KnownSecrets
{
    private readonly ConcurrentDictionary<OrgId, Known> _orgs = new();

    public void Learn(OrgId org, string name, string version, byte[] value)
    {
        if (!SecretValues.IsPlain(value) && Of(org).Values.TryAdd(version, (name, value)))
            Of(org).Forget();
    }

    public bool Knows(OrgId org, string version) => Of(org).Values.ContainsKey(version);

    /// <summary>Made anew when there is something new to know.</summary>
    public Redactor RedactorOf(OrgId org) => Of(org).Redactor();

    private Known Of(OrgId org) => _orgs.GetOrAdd(org, static _ => new Known());

    private sealed class Known
    {
        private readonly Lock _making = new();
        private Redactor? _redactor;

        public ConcurrentDictionary<string, (string Name, byte[] Value)> Values { get; } = new(StringComparer.Ordinal);

        public void Forget()
        {
            lock (_making)
                _redactor = null;
        }

        public Redactor Redactor()
        {
            lock (_making)
                return _redactor ??= Redacting.Redactor.Of(Values.Values);
        }
    }
}
