using System.Globalization;

namespace Davit.Console.Shell;

/// <summary>How long something took, for people.</summary>
internal static class Durations
{
    /// <returns>"" while it has not ended.</returns>
    public static string Between(DateTimeOffset? began, DateTimeOffset? ended) => ended - began is not { } took ? ""
        : took < TimeSpan.FromMinutes(1) ? string.Create(CultureInfo.InvariantCulture, $"{took.TotalSeconds:0.0} s")
        : took < TimeSpan.FromHours(1) ? string.Create(CultureInfo.InvariantCulture, $"{(int)took.TotalMinutes} min {took.Seconds} s")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)took.TotalHours} h {took.Minutes} min");
}
