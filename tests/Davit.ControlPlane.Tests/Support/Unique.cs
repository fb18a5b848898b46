using System.Security.Cryptography;

[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]

namespace Davit.ControlPlane.Tests.Support;

internal static class Unique
{
    /// <returns>Twelve digits that nothing else has.</returns>
    public static string Digits() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
}
