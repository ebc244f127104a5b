using System.Buffers;
using System.Text.Json;

namespace NodeAgent.Migration.Qmp.Wire;

/// <summary>
/// Walks through the objects and lists of one message, whose JSON was found whole before. A getter takes the value of the member that
/// <see cref="Next"/> came to; null: it is absent, or of another type, of which <see cref="IFieldProblems"/> was told. Allocates for texts only.
/// </summary>
/// <param name="text">One value.</param>
/// <param name="root">How messages name that value: "data", or nothing.</param>
/// <param name="problems">Is told what is of another type.</param>
internal ref struct QmpFields(in ReadOnlySequence<byte> text, string root, IFieldProblems problems)
{
    /// <summary>More would not be a time.</summary>
    private const double MostSeconds = 1e10;

    private const int MostWord = 64;

    private readonly ReadOnlySequence<byte> _text = text;
    private Utf8JsonReader _json = new(text);
    private string _path = "";
    private long _name = -1;

    /// <summary>Goes into the object that comes next, whose members are told as those of "path"; false: it is none, and is behind.</summary>
    public bool Enter(string path = "")
    {
        if (!Take(JsonTokenType.StartObject, "an object")) return false;
        (_path, _name) = (path, -1);
        return true;
    }

    /// <summary>The same for a list.</summary>
    public bool EnterList() => Take(JsonTokenType.StartArray, "a list");

    /// <summary>To the next member of the object; false: that was the last.</summary>
    public bool Next()
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.EndObject)
        {
            _path = "";
            return false;
        }

        _name = _json.TokenStartIndex;
        return true;
    }

    /// <summary>To the next object of the list, and into it; false: that was the last. What is no object is passed over.</summary>
    public bool NextObject()
    {
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            if (_json.TokenType == JsonTokenType.StartObject) return true;
            _json.Skip();
        }

        return false;
    }

    /// <summary>The next text of a list; null: there is none left. What is no text is passed over.</summary>
    public string? NextText()
    {
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            if (_json.TokenType == JsonTokenType.String && String() is { } found) return found;
            _json.Skip();
        }

        return null;
    }

    public readonly bool Is(ReadOnlySpan<byte> name) => _json.ValueTextEquals(name);

    /// <summary>Past the value of this member.</summary>
    public void Skip() => _json.Skip();

    /// <summary>A whole number, 0 or more.</summary>
    public long? Whole(string what)
    {
        if (!Take(JsonTokenType.Number, what)) return null;
        if (_json.TryGetInt64(out var number) && number >= 0) return number;
        Wrong(what);
        return null;
    }

    /// <summary>A number, 0 or more.</summary>
    public double? Number(string what)
    {
        if (!Take(JsonTokenType.Number, what)) return null;
        if (_json.TryGetDouble(out var number) && double.IsFinite(number) && number >= 0) return number;
        Wrong(what);
        return null;
    }

    public TimeSpan? Milliseconds()
    {
        if (Number("a number of milliseconds") is not { } number) return null;
        if (number <= MostSeconds * 1000) return TimeSpan.FromMilliseconds(number);
        Wrong($"at most {MostSeconds * 1000:0} milliseconds");
        return null;
    }

    public bool? Truth()
    {
        _json.Read();
        if (_json.TokenType is JsonTokenType.True or JsonTokenType.False) return _json.GetBoolean();
        if (_json.TokenType != JsonTokenType.Null) Wrong("true or false");
        return null;
    }

    public string? Text()
    {
        if (!Take(JsonTokenType.String, "a text")) return null;
        if (String() is { } found) return found;
        Wrong("a text");
        return null;
    }

    /// <summary>What a table has for a text, without the text being made; the default for one that is longer than any of its words.</summary>
    public T? Word<T>(Func<ReadOnlySpan<byte>, T> table)
    {
        if (!Take(JsonTokenType.String, "a text")) return default;
        if (!_json.HasValueSequence && !_json.ValueIsEscaped) return _json.ValueSpan.Length > MostWord ? default : table(_json.ValueSpan);
        return String() is { Length: <= MostWord } text ? table(System.Text.Encoding.UTF8.GetBytes(text)) : default;
    }

    private string? String()
    {
        try
        {
            return _json.GetString();
        }
        catch (InvalidOperationException)
        {
            return null; // not UTF-8
        }
    }

    private bool Take(JsonTokenType wanted, string what)
    {
        _json.Read();
        if (_json.TokenType == wanted) return true;
        if (_json.TokenType != JsonTokenType.Null) Wrong(what);
        return false;
    }

    /// <summary>Tells of the value that was come to, and goes past it.</summary>
    private void Wrong(string expected)
    {
        var found = _json;
        problems.Wrong(Place(), $"expected {expected}, found {ShownJson.Of(JsonElement.ParseValue(ref found))}");
        _json.Skip();
    }

    private readonly string Place()
    {
        if (_name < 0) return root;
        var name = new Utf8JsonReader(_text.Slice(_name), isFinalBlock: false, default);
        name.Read();
        var member = System.Text.Encoding.UTF8.GetString(name.HasValueSequence ? name.ValueSequence.ToArray() : name.ValueSpan);
        return string.Join('.', ((string[])[root, _path, member]).Where(static part => part.Length > 0));
    }
}
