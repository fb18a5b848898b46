namespace Davit.Manifest;

internal static class Placeholder;
