namespace Davit.Wire;

internal static class Placeholder;
