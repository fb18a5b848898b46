namespace Davit.Store;

internal static class Placeholder;
