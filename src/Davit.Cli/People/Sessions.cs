using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using Davit.Cli.Looking;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.People;

/// <summary><c>davit session …</c></summary>
internal sealed class SessionList() : ListVerb<SessionView>("list", "List where you are signed in.", "davit session list", "davit session list --json")
{
    protected override string[] Head => ["ID", "KIND", "DEVICE", "ADDRESS", "SINCE", "LAST USED", ""];

    protected override JsonTypeInfo<Page<SessionView>> Form => WireJson.Default.PageSessionView;

    protected override Task<string> PathAsync(Invocation asked, CancellationToken ct) => Task.FromResult("v1/sessions");

    protected override string[] Row(SessionView item, Terminal terminal) =>
        [item.Id, item.Kind, item.Device, item.Address, When(item.CreatedAt, terminal), When(item.LastUsedAt, terminal), item.IsThis ? "this one" : ""];
}

internal sealed class SessionEnd : Verb
{
    private readonly Argument<string> _id = new("id") { Description = "Its id, or 'current'." };

    public SessionEnd() : base("end", "Sign a device out.", "davit session end ses_0190a0", "davit session end current") => Add(_id);

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct) =>
        Answers.Show(asked, await asked.Api.DeleteAsync($"v1/sessions/{Invocation.Part(asked.Get(_id)!)}", WireJson.Default.JsonObject, ct), "signed out there");
}

internal sealed class SessionEndAll() : Verb("end-all", "Sign every other device out.", "davit session end-all", "davit session end-all --json")
{
    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var answer = await asked.Api.DeleteAsync("v1/sessions", WireJson.Default.JsonObject, ct);
        return Answers.Show(asked, answer, $"signed out {answer["value"]} other(s)");
    }
}

internal sealed class SessionProve : Verb
{
    private readonly Option<bool> _code = new("--code") { Description = "Give a code of the authenticator in the place of the password." };

    public SessionProve() : base("prove", "Show the password or a code again, for what is dangerous.", "davit session prove", "davit session prove --code") => Add(_code);

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var request = asked.Get(_code) ? new ProofRequest(Code: HiddenInput.Of(asked, "code")) : new ProofRequest(HiddenInput.Of(asked, "password"));
        return Answers.Show(asked, await asked.Api.PostAsync("v1/sessions/proof", request, (WireJson.Default.ProofRequest, WireJson.Default.JsonObject), ct), "good for ten minutes");
    }
}

/// <summary><c>davit device approve CODE</c> and <c>deny</c></summary>
internal sealed class DeviceAnswering : Verb
{
    private readonly Argument<string> _code = new("code") { Description = "As the device shows it." };
    private readonly bool _approves;

    public DeviceAnswering(string name, string description, bool approves) : base(name, description, $"davit device {name} BCDF-GHJK", $"davit device {name} BCDF-GHJK --json")
    {
        _approves = approves;
        Add(_code);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var path = $"v1/devices/{Invocation.Part(asked.Get(_code)!)}";
        var device = await asked.Api.GetAsync(path, WireJson.Default.DeviceView, ct);
        if (_approves)
            asked.Confirm($"Let '{device.Device}' at {device.Address} in as you?");
        return Answers.Show(asked, await asked.Api.PutAsync(path, new DeviceAnswer(_approves), (WireJson.Default.DeviceAnswer, WireJson.Default.JsonObject), ct), _approves ? $"'{device.Device}' is let in" : $"'{device.Device}' is kept out");
    }
}
