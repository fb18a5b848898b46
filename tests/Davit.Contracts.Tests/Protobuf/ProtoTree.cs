using Davit.Cli.Contracts.Protobuf;

namespace Davit.Contracts.Tests.Protobuf;

/// <summary>A directory of Protobuf files that a test writes; gone with the test.</summary>
internal sealed class ProtoTree : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("davit-proto-");

    public string Path => _directory.FullName;

    public ProtoTree With(string file, string text)
    {
        var path = System.IO.Path.Combine(_directory.FullName, file);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return this;
    }

    public ContractSource Compiled() => ProtoInput.FromDisk("tree", _directory.FullName, TestContext.Current.CancellationToken);

    public byte[] Set()
    {
        var source = Compiled();
        return source.Read(source.Path)!;
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
