using Davit.ControlPlane.Hosting;
using Davit.ControlPlane.Leases;
using Davit.EndToEnd.Mortal;
using Microsoft.Extensions.DependencyInjection;

return CommandLine.Read(args) is Invocation.Serve serve
    ? await ServerLife.ServeAsync(serve.Options, services => services.AddSingleton<IEffectWitness>(new Fate(Environment.GetEnvironmentVariable("DAVIT_FATE")!)))
    : 2;
