namespace Davit.Contracts.OpenApi.Rules;

/// <summary>A transition that a rule tells of as a whole.</summary>
internal enum Telling
{
    Nothing,

    ListOfTypes,

    /// <summary>An object that was split into alternatives.</summary>
    Wrapping,

    /// <summary>The same, but deeper inside, where the new alternatives tell it.</summary>
    WrappingOfMember,
}
