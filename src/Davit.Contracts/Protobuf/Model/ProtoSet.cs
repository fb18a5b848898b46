namespace Davit.Contracts.Protobuf.Model;

/// <summary>One side of a comparison: the files of a contract and those that they import. Of two elements with one name the first counts.</summary>
internal sealed class ProtoSet
{
    private readonly Dictionary<string, ProtoMessage> _allMessages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ProtoEnum> _allEnums = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ProtoMessage> _messages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ProtoEnum> _enums = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ProtoService> _services = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ProtoFile> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Extendee, int Number), ProtoField> _extensions = [];
    private readonly Dictionary<(string Extendee, int Number), ProtoField> _allExtensions = [];
    private readonly Dictionary<string, ProtoField> _extensionNames = new(StringComparer.Ordinal);

    public ProtoSet(IEnumerable<ProtoFile> files)
    {
        foreach (var file in files.OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            file.Set = this;
            if (!file.IsImport && !_files.TryAdd(file.Name, file))
                continue;
            Add(file);
        }

        Uses = new Uses(this);
        Packages = _files.Values.Select(f => f.Package).ToHashSet(StringComparer.Ordinal);
    }

    public static ProtoSet Empty { get; } = new([]);

    /// <summary>By name; what is only imported is in none of these tables.</summary>
    public IReadOnlyDictionary<string, ProtoFile> Files => _files;

    public Uses Uses { get; }

    public IReadOnlySet<string> Packages { get; }

    public IReadOnlyDictionary<string, ProtoMessage> Messages => _messages;

    public IReadOnlyDictionary<string, ProtoEnum> Enums => _enums;

    public IReadOnlyDictionary<string, ProtoService> Services => _services;

    public IReadOnlyDictionary<(string Extendee, int Number), ProtoField> Extensions => _extensions;

    /// <summary>A message by its full name, imported or not.</summary>
    public ProtoMessage? Message(string name) => _allMessages.GetValueOrDefault(name);

    /// <summary>An enum by its full name, imported or not.</summary>
    public ProtoEnum? Enum(string name) => _allEnums.GetValueOrDefault(name);

    /// <summary>An extension, imported or not.</summary>
    public ProtoField? Extension(string extendee, int number) => _allExtensions.GetValueOrDefault((extendee, number));

    /// <summary>What is declared under a name and is of the same kind as another element; what is only imported does not count.</summary>
    public ProtoElement? Like(ProtoElement element, string fullName) => element switch
    {
        ProtoMessage => _messages.GetValueOrDefault(fullName),
        ProtoEnum => _enums.GetValueOrDefault(fullName),
        ProtoService => _services.GetValueOrDefault(fullName),
        _ => _extensionNames.GetValueOrDefault(fullName),
    };

    /// <summary>Everything that can be moved from file to file: messages, enums, services and extensions, by kind and name.</summary>
    public IEnumerable<ProtoElement> Declarations() => ((IEnumerable<ProtoElement>)_messages.Values).Concat(_enums.Values).Concat(_services.Values).Concat(_extensionNames.Values);

    private void Add(ProtoFile file)
    {
        foreach (var message in file.Messages)
            Add(message);
        Add(file.Enums);
        Add(file.Extensions);
        foreach (var service in file.IsImport ? [] : file.Services)
            _services.TryAdd(service.FullName, service);
    }

    private void Add(ProtoMessage message)
    {
        if (_allMessages.TryAdd(message.FullName, message) && !message.File.IsImport)
            _messages.Add(message.FullName, message);
        foreach (var nested in message.Messages)
            Add(nested);
        Add(message.Enums);
        Add(message.Extensions);
    }

    private void Add(IReadOnlyList<ProtoEnum> enums)
    {
        foreach (var one in enums)
        {
            if (_allEnums.TryAdd(one.FullName, one) && !one.File.IsImport)
                _enums.Add(one.FullName, one);
        }
    }

    private void Add(IReadOnlyList<ProtoField> extensions)
    {
        foreach (var one in extensions)
        {
            if (_allExtensions.TryAdd((one.Extendee, one.Number), one) && !one.File.IsImport)
            {
                _extensions.Add((one.Extendee, one.Number), one);
                _extensionNames.TryAdd(one.FullName, one);
            }
        }
    }
}
