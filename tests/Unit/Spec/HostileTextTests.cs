using System.Text;
using NodeAgent.Network.Spec;
using Xunit;

namespace NodeAgent.Tests.Unit.Spec;

/// <summary>Input that is broken, huge or made to hurt: an error with a place, never an exception.</summary>
public sealed class HostileTextTests
{
    private const int MutationsPerExample = 1500;

    [Theory]
    [InlineData("a NUL", "interfaces: []\0\nfoo: 1", "d.yaml:1:15: there is a control character here (U+0000): is this a text file?")]
    [InlineData("an escape", "interfaces:\n- name: \u001b[31m", "d.yaml:2:9: there is a control character here (U+001B): is this a text file?")]
    [InlineData("nothing", "", "d.yaml:1:1: the document is empty; `interfaces: []` is one that asks for nothing")]
    [InlineData("comments only", "# nothing\n---\n# more\n", "d.yaml:1:1: the document is empty; `interfaces: []` is one that asks for nothing")]
    public void Text_that_is_no_document_is_said_to_be_so(string what, string text, string expected)
    {
        Assert.NotNull(what);
        Assert.Equal([expected], Errors(text));
    }

    [Fact]
    public void Line_ends_and_marks_of_other_systems_do_not_matter()
    {
        var text = "\uFEFF" + Examples.Text("layout-a.yaml").Replace("\n", "\r\n", StringComparison.Ordinal);
        var read = DocumentReader.Read("layout-a.yaml", Encoding.UTF8.GetBytes(text));
        Assert.Empty(read.Errors);
        var plain = DocumentReader.Read("layout-a.yaml", Examples.Text("layout-a.yaml")).Document!.Desired;
        Assert.Equal(Fingerprint.Of(plain), Fingerprint.Of(read.Document!.Desired));
        Assert.Equal(plain.Interfaces.Select(i => i.Mark.Line), read.Document.Desired.Interfaces.Select(i => i.Mark.Line));
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_located()
    {
        Assert.Equal("d.yaml:2:3: the byte 0xFF here is not UTF-8; save the file as UTF-8", Single([.. "a: 1\n# "u8, 0xFF]));
        Assert.Equal("d.yaml:1:1: the file is UTF-16; save it as UTF-8", Single(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("interfaces: []")).ToArray()));
        Assert.Equal("d.yaml:1:2: the byte 0xE2 here is not UTF-8; save the file as UTF-8", Single([(byte)'a', 0xE2, 0x82]));
    }

    [Fact]
    public void A_document_above_the_limit_is_refused_before_it_is_parsed()
    {
        var expected = "d.yaml:1:1: the document is longer than 4 MiB (4194304 bytes), the most that is read; split it into several policies";
        Assert.Equal([expected], Errors(new string('#', 10 << 20)));
        Assert.Equal(expected, Single(Encoding.UTF8.GetBytes(new string('#', 10 << 20))));
        using var endless = new EndlessStream();
        Assert.Equal(expected, DocumentReader.Load("d.yaml", endless).Errors.Single().ToString());
    }

    [Theory]
    [InlineData("[", "nested more than 64 levels")]
    [InlineData("{a: ", "nested more than 64 levels")]
    [InlineData("- ", "nested more than 64 levels")]
    [InlineData("? ", "nested more than 64 levels")]
    [InlineData("a: b: ", "not valid YAML")]
    [InlineData("! ", "not valid YAML")]
    [InlineData("&a ", "not valid YAML")]
    [InlineData("{a,", "nested more than 64 levels")]
    [InlineData("a: '\n", "")]
    [InlineData("x ", "expected a document")]
    [InlineData("\n", "the document is empty")]
    [InlineData("%a\n", "the document is empty")]
    [InlineData("<<: ", "not valid YAML")]
    public void A_document_of_one_thing_repeated_ends_with_an_error(string unit, string expected)
    {
        var errors = Errors(string.Concat(Enumerable.Repeat(unit, 400_000 / unit.Length)));
        Assert.NotEmpty(errors);
        Assert.Contains(expected, errors[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Aliases_cannot_blow_a_document_up()
    {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 30; i++) bomb.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        Assert.Contains("with its aliases in place the document has more than 1000000 values", Errors(bomb.ToString()).Single(), StringComparison.Ordinal);

        var tower = new StringBuilder("a0: &a0 {lldp: {}}\n");
        for (var i = 1; i < 1000; i++) tower.Append($"a{i}: &a{i} {{lldp: {{b: {{b: *a{i - 1}}}}}}}\n");
        Assert.Contains("with its aliases in place the document is nested more than 64 levels deep", Errors(tower.ToString()).Single(), StringComparison.Ordinal);

        Assert.Contains("which does not stand before it", Errors("interfaces: &a [*a]").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void More_errors_than_a_person_reads_are_counted()
    {
        var errors = Errors("interfaces:\n" + string.Concat(Enumerable.Repeat("- nonsense\n", 2000)));
        Assert.Equal(501, errors.Count);
        Assert.EndsWith("1500 more errors are not shown", errors[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_an_error_like_any_other()
    {
        Assert.Equal("/nowhere/x.yaml: cannot be read: there is no such file", DocumentReader.Load("/nowhere/x.yaml").Errors.Single().ToString());
        Assert.Equal("/: cannot be read: it is a folder; name a file", DocumentReader.Load("/").Errors.Single().ToString());
    }

    [Fact]
    public void Mutated_examples_give_errors_or_documents_and_never_anything_else()
    {
        const string Alphabet = "\n \t:-[]{}#&*!|>'\"%@`,?~.0123456789abcxyz<=\\/_\0\r\u0085\u2028\uFEFF\uD800é";
        var texts = Examples.Files.Select(File.ReadAllText).ToList();
        var random = new Random(20261120);
        for (var example = 0; example < texts.Count; example++)
        {
            for (var i = 0; i < MutationsPerExample; i++)
            {
                var text = Mutate(texts[example], texts[random.Next(texts.Count)], Alphabet, random);
                Try(text, $"example {example}, mutation {i}");
            }
        }
    }

    private static void Try(string text, string which)
    {
        try
        {
            var result = DocumentReader.Read("m.yaml", text);
            Assert.True(result.Document is null == result.Errors.Count > 0, $"{which}: a document or errors, one of the two");
            if (result.Document is not { } document) return;
            SemanticCheck.Check(document.Desired, null);
            var snapshot = SnapshotFromDocument.Build(document.Desired);
            SemanticCheck.Check(document.Desired, snapshot);
            SemanticCheck.Check(SnapshotExporter.Export(snapshot), snapshot);
            Assert.Empty(DocumentReader.Read("w.yaml", DocumentWriter.ToYaml(document.Desired)).Errors);
        }
        catch (Exception error) when (error is not Xunit.Sdk.XunitException)
        {
            Assert.Fail($"{which}: {error}\n{text}");
        }
    }

    private static string Mutate(string text, string other, string alphabet, Random random)
    {
        var mutated = new StringBuilder(text);
        for (var times = random.Next(1, 4); times > 0 && mutated.Length > 2; times--)
        {
            var at = random.Next(mutated.Length);
            var length = Math.Min(random.Next(1, 30), mutated.Length - at);
            switch (random.Next(6))
            {
                case 0:
                    mutated[at] = alphabet[random.Next(alphabet.Length)];
                    break;
                case 1:
                    mutated.Insert(at, alphabet[random.Next(alphabet.Length)].ToString());
                    break;
                case 2:
                    mutated.Remove(at, length);
                    break;
                case 3:
                    mutated.Insert(random.Next(mutated.Length), mutated.ToString(at, length));
                    break;
                case 4:
                    var from = random.Next(other.Length);
                    mutated.Insert(at, other.Substring(from, Math.Min(random.Next(1, 80), other.Length - from)));
                    break;
                default:
                    mutated.Length = at + 1;
                    break;
            }
        }

        return mutated.ToString();
    }

    private static string Single(byte[] bytes) => DocumentReader.Read("d.yaml", bytes).Errors.Single().ToString();

    private static List<string> Errors(string text) => [.. DocumentReader.Read("d.yaml", text).Errors.Select(e => e.ToString())];

    /// <summary>Standard input that never ends.</summary>
    private sealed class EndlessStream : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            buffer.AsSpan(offset, count).Fill((byte)'#');
            return count;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
