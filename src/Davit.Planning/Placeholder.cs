namespace Davit.Planning;

internal static class Placeholder;
