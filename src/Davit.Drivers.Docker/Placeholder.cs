namespace Davit.Drivers.Docker;

internal static class Placeholder;
