namespace Davit.Drivers;

internal static class Placeholder;
