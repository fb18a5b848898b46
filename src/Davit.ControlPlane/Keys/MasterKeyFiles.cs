using Davit.ControlPlane.Hosting;
using Davit.Model;

namespace Davit.ControlPlane.Keys;

/// <summary>Master keys in files of the data directory. Read again when an id is asked for that was not there: another process may have rotated.</summary>
internal sealed class MasterKeyFiles(ServerOptions options) : IMasterKeys
{
    private readonly Lock _reading = new();
    private IReadOnlyList<MasterKeyFile>? _keys;

    public ValueTask<string> PresentAsync(CancellationToken ct) => ValueTask.FromResult(Keys() is [.., var last] ? last.Id : Read() is [.., var made] ? made.Id
        : throw new ProblemException(SecretProblems.KeyMissing(options.Keys, 0)));

    public ValueTask<IReadOnlyList<string>> KnownAsync(CancellationToken ct) => ValueTask.FromResult<IReadOnlyList<string>>([.. Read().Select(k => k.Id)]);

    public ValueTask<byte[]> WrapAsync(string id, byte[] key, string about, CancellationToken ct) => ValueTask.FromResult(Sealed.Seal(Find(id).Wrapping, key, $"{id}\0{about}"));

    public ValueTask<byte[]?> UnwrapAsync(string id, byte[] wrapped, string about, CancellationToken ct) => ValueTask.FromResult(Sealed.Open(Find(id).Wrapping, wrapped, $"{id}\0{about}"));

    private MasterKeyFile Find(string id) => Keys().FirstOrDefault(k => k.Id == id) ?? Read().FirstOrDefault(k => k.Id == id)
        ?? throw new ProblemException(SecretProblems.KeyUnknown(options.Keys, [id]));

    private IReadOnlyList<MasterKeyFile> Keys() => Volatile.Read(ref _keys) ?? Read();

    private IReadOnlyList<MasterKeyFile> Read()
    {
        lock (_reading)
        {
            var read = MasterKeyFile.ReadAll(options.Keys);
            Volatile.Write(ref _keys, read);
            return read;
        }
    }
}
