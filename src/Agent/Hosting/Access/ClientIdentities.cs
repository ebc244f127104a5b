using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace NodeAgent.Hosting.Access;

/// <summary>Whom a client's certificate names.</summary>
internal static class ClientIdentities
{
    private const string SubjectAlternativeName = "2.5.29.17";
    private const string CommonName = "2.5.4.3";

    // RFC 5280, 4.2.1.6: uniformResourceIdentifier [6] IA5String.
    private static readonly Asn1Tag s_uri = new(TagClass.ContextSpecific, 6);

    public static TlsPeer Of(X509Certificate2 certificate, IPAddress? from) => new(Uris(certificate), CommonNameOf(certificate), certificate.NotAfter, from);

    private static List<string> Uris(X509Certificate2 certificate)
    {
        var uris = new List<string>();
        if (certificate.Extensions[SubjectAlternativeName] is not { } extension) return uris;
        try
        {
            var names = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
            while (names.HasData)
            {
                if (names.PeekTag().HasSameClassAndValue(s_uri)) uris.Add(names.ReadCharacterString(UniversalTagNumber.IA5String, s_uri));
                else names.ReadEncodedValue();
            }
        }
        catch (AsnContentException)
        {
            // An authority that writes such names vouches for none of them.
            return [];
        }

        return uris;
    }

    // Two are ambiguous: neither counts.
    private static string? CommonNameOf(X509Certificate2 certificate)
    {
        string? found = null;
        try
        {
            foreach (var part in certificate.SubjectName.EnumerateRelativeDistinguishedNames())
            {
                if (part.HasMultipleElements || part.GetSingleElementType().Value != CommonName) continue;
                if (found is not null) return null;
                found = part.GetSingleElementValue();
            }
        }
        catch (CryptographicException)
        {
            return null;
        }

        return found;
    }
}
