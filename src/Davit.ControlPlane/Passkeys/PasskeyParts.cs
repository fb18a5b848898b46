using Davit.ControlPlane.Hosting;
using Davit.Store.People;
using Microsoft.AspNetCore.Identity;

namespace Davit.ControlPlane.Passkeys;

internal static class PasskeyParts
{
    // COSE numbers of ES256, ES384 and RS256.
    private static readonly int[] Algorithms = [-7, -35, -257];

    /// <summary>The framework's handler, with what this server demands: the person is verified, and the key is found without a name being typed.</summary>
    public static IServiceCollection AddPasskeys(this IServiceCollection services, ServerOptions options)
    {
        var address = options.PublicUrl is "" ? null : new Uri(options.PublicUrl);
        services.AddIdentityCore<UserRow>().AddUserStore<PasskeyStore>();
        services.AddScoped<IPasskeyHandler<UserRow>, PasskeyHandler<UserRow>>().AddScoped<PasskeyDoor>();
        return services.Configure<IdentityPasskeyOptions>(o =>
        {
            o.ServerDomain = address?.Host;
            o.UserVerificationRequirement = "required";
            o.ResidentKeyRequirement = "required";
            o.AttestationConveyancePreference = "none";
            o.IsAllowedAlgorithm = a => a is { } number && Algorithms.Contains(number);
            o.ValidateOrigin = c => ValueTask.FromResult(!c.CrossOrigin && c.Origin == address?.GetLeftPart(UriPartial.Authority));
        });
    }
}
