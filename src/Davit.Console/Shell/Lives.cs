namespace Davit.Console.Shell;

/// <summary>Marks an answer that goes on for as long as somebody looks at the page.</summary>
public sealed class Lives;
