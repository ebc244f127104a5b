using Google.Protobuf.Reflection;
using Google.Rpc;
using Grpc.Reflection.V1Alpha;

namespace NodeAgent.Api.Reflection;

/// <summary>Proto files with all they import, found by name, by symbol and by extension.</summary>
public sealed class ServedFiles
{
    private readonly Dictionary<string, FileDescriptor> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileDescriptor> _bySymbol = new(StringComparer.Ordinal);
    private readonly HashSet<string> _messages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedDictionary<int, FileDescriptor>> _extensions = new(StringComparer.Ordinal);

    /// <param name="services">The services that are served.</param>
    /// <param name="others">Files that no service imports, yet clients need: details of statuses.</param>
    public ServedFiles(IReadOnlyList<ServiceDescriptor> services, params IEnumerable<FileDescriptor> others)
    {
        Services = [.. services.Select(static s => s.FullName).Order(StringComparer.Ordinal)];
        foreach (var service in services) Add(service.File);
        foreach (var file in others) Add(file);
    }

    /// <summary>What this agent serves.</summary>
    public static ServedFiles OfAgent { get; } = new(
        [
            V1.NodeService.Descriptor,
            V1.NetworkService.Descriptor,
            V1.StorageService.Descriptor,
            V1.MigrationService.Descriptor,
            V1.MaintenanceService.Descriptor,
            Grpc.Health.V1.Health.Descriptor,
            Grpc.Reflection.V1.ServerReflection.Descriptor,
            ServerReflection.Descriptor,
        ],
        StatusReflection.Descriptor,
        ErrorDetailsReflection.Descriptor);

    /// <summary>Full names of the services, sorted.</summary>
    public IReadOnlyList<string> Services { get; }

    public FileDescriptor? Named(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The file that declares a service, method, message, field, oneof, enum or enum value.</summary>
    public FileDescriptor? Declaring(string symbol) => _bySymbol.GetValueOrDefault(symbol);

    public FileDescriptor? Extending(string message, int number) => _extensions.GetValueOrDefault(message)?.GetValueOrDefault(number);

    /// <summary>The numbers of the extensions of a message; null where it is no message that is known.</summary>
    public IReadOnlyCollection<int>? ExtensionsOf(string message)
    {
        if (_extensions.TryGetValue(message, out var numbers)) return numbers.Keys;
        return _messages.Contains(message) ? [] : null;
    }

    private void Add(FileDescriptor file)
    {
        if (!_byName.TryAdd(file.Name, file)) return;
        foreach (var service in file.Services)
        {
            Add(service);
            foreach (var method in service.Methods) Add(method);
        }

        foreach (var one in file.EnumTypes) Add(one);
        foreach (var message in file.MessageTypes) Add(message);
        foreach (var extension in file.Extensions.UnorderedExtensions) AddExtension(extension);
        foreach (var import in file.Dependencies) Add(import);
    }

    private void Add(MessageDescriptor message)
    {
        Add((IDescriptor)message);
        _messages.Add(message.FullName);
        foreach (var field in message.Fields.InDeclarationOrder()) Add(field);
        foreach (var oneof in message.Oneofs) Add(oneof);
        foreach (var one in message.EnumTypes) Add(one);
        foreach (var nested in message.NestedTypes) Add(nested);
        foreach (var extension in message.Extensions.UnorderedExtensions) AddExtension(extension);
    }

    // The values of an enum stand beside it, not below it.
    private void Add(EnumDescriptor type)
    {
        Add((IDescriptor)type);
        var scope = type.FullName[..^type.Name.Length];
        foreach (var value in type.Values) _bySymbol[scope + value.Name] = type.File;
    }

    private void AddExtension(FieldDescriptor extension)
    {
        Add(extension);
        if (!_extensions.TryGetValue(extension.ExtendeeType.FullName, out var numbers)) _extensions[extension.ExtendeeType.FullName] = numbers = [];
        numbers[extension.FieldNumber] = extension.File;
    }

    private void Add(IDescriptor symbol) => _bySymbol[symbol.FullName] = symbol.File;
}
