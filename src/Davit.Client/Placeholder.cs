namespace Davit.Client;

internal static class Placeholder;
