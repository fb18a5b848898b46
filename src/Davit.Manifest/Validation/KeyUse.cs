using Davit.Model;

namespace Davit.Manifest;

/// <summary>One Compose key that a service uses, and what becomes of it.</summary>
/// <param name="Service">The service.</param>
/// <param name="Key">The key.</param>
/// <param name="Class">What the platform does with it.</param>
/// <param name="At">Where it is written.</param>
/// <param name="Says">What happens instead, when it is not simply honoured.</param>
public sealed record KeyUse(string Service, string Key, KeyClass Class, SourcePosition? At, string Says);
