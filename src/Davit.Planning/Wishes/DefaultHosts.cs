namespace Davit.Planning.Wishes;

/// <summary>The host a service gets when nobody wrote one: short, deterministic, and a DNS name.</summary>
public static class DefaultHosts
{
    private const int LongestLabel = 63;

    /// <param name="service">"" for the app's own host.</param>
    public static string Of(string app, string env, string service, string baseDomain)
    {
        var label = env is "production" && baseDomain is not "" ? app : $"{app}-{env}";
        if (service is not "")
            label = $"{service}-{label}";
        return $"{Cut(label)}.{(baseDomain is "" ? "localhost" : baseDomain)}";
    }

    /// <summary>A label that is too long keeps its beginning and gets six digits of its hash, so two long ones stay apart.</summary>
    private static string Cut(string label) => label.Length <= LongestLabel
        ? label
        : $"{label[..(LongestLabel - 7)].TrimEnd('-')}-{Davit.Model.CanonicalJson.HashOf(System.Text.Encoding.UTF8.GetBytes(label))[7..13]}";
}
