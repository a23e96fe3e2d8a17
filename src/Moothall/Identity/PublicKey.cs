using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Moothall.Definitions;

namespace Moothall.Identity;

/// <summary>The public half of a program's key: RSA of 2048 bits or more, or P-256. It is kept as a JSON Web Key (RFC 7517) and called by its thumbprint (RFC 7638).</summary>
public sealed record PublicKey(string Thumbprint, string Jwk)
{
    const int LeastRsaBits = 2048, MostRsaBits = 8192, Longest = 20_000;

    /// <summary>Reads a key as JWK, as a set with one key, or as PEM; or says why it cannot be used.</summary>
    public static (PublicKey? Key, Message? Why) Read(string typed)
    {
        ArgumentNullException.ThrowIfNull(typed);
        var text = typed.Trim();
        if (text.Length is 0 or > Longest) return (null, new Message("Paste the public key, as JWK or as PEM"));
        // A secret that was pasted by mistake is not kept, and is better thrown away.
        if (text.Contains("PRIVATE KEY", StringComparison.Ordinal)) return (null, IsPrivate);
        try
        {
            return text.StartsWith('{') ? OfJson(text) : OfPem(text);
        }
        catch (Exception wrong) when (wrong is CryptographicException or ArgumentException or JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            return (null, new Message("This is not a public key that we can read. Paste it as JWK or as PEM (BEGIN PUBLIC KEY)"));
        }
    }

    static readonly Message IsPrivate = new("This is a private key. Keep it to yourself, make a new pair, and paste the public key of that");

    static (PublicKey?, Message?) OfJson(string text)
    {
        using var document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 8 });
        var key = document.RootElement;
        if (key.TryGetProperty("keys", out var set))
        {
            if (set.GetArrayLength() != 1) return (null, new Message("Paste one key at a time"));
            key = set[0];
        }
        if (key.TryGetProperty("d", out _) || key.TryGetProperty("k", out _)) return (null, IsPrivate);
        string Of(string name) => key.GetProperty(name).GetString() ?? "";
        switch (Of("kty"))
        {
            case "RSA":
                using (var rsa = RSA.Create(new RSAParameters { Modulus = Base64Url.DecodeFromChars(Of("n")), Exponent = Base64Url.DecodeFromChars(Of("e")) })) return OfRsa(rsa);
            case "EC" when Of("crv") == "P-256":
                using (var ec = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = Base64Url.DecodeFromChars(Of("x")), Y = Base64Url.DecodeFromChars(Of("y")) } })) return OfEc(ec);
            default:
                return (null, WrongKind);
        }
    }

    static readonly Message WrongKind = new("The key must be RSA of 2048 bits or more, or EC P-256");

    static (PublicKey?, Message?) OfPem(string text)
    {
        using var rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(text);
            return OfRsa(rsa);
        }
        catch (Exception other) when (other is CryptographicException or ArgumentException)
        {
            using var ec = ECDsa.Create();
            ec.ImportFromPem(text);
            return OfEc(ec);
        }
    }

    static (PublicKey?, Message?) OfRsa(RSA rsa)
    {
        if (rsa.KeySize is < LeastRsaBits or > MostRsaBits) return (null, WrongKind);
        var public_ = rsa.ExportParameters(false);
        return (Called($$"""{"e":"{{Base64Url.EncodeToString(public_.Exponent)}}","kty":"RSA","n":"{{Base64Url.EncodeToString(public_.Modulus)}}"}"""), null);
    }

    static (PublicKey?, Message?) OfEc(ECDsa ec)
    {
        var public_ = ec.ExportParameters(false);
        if (public_.Curve.Oid.Value != ECCurve.NamedCurves.nistP256.Oid.Value && ec.KeySize != 256) return (null, WrongKind);
        return (Called($$"""{"crv":"P-256","kty":"EC","x":"{{Base64Url.EncodeToString(public_.Q.X)}}","y":"{{Base64Url.EncodeToString(public_.Q.Y)}}"}"""), null);
    }

    // The members in the order of RFC 7638, so that the text is what the thumbprint is made of.
    static PublicKey Called(string jwk) => new(Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(jwk))), jwk);

    /// <summary>Whether this key signed some bytes, by an algorithm of its own kind: RS256 or PS256 for RSA, ES256 for P-256.</summary>
    public bool Signed(string algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        using var document = JsonDocument.Parse(Jwk);
        byte[] Of(string name) => Base64Url.DecodeFromChars(document.RootElement.GetProperty(name).GetString());
        if (document.RootElement.GetProperty("kty").GetString() == "RSA")
        {
            if (algorithm is not ("RS256" or "PS256")) return false;
            using var rsa = RSA.Create(new RSAParameters { Modulus = Of("n"), Exponent = Of("e") });
            return rsa.VerifyData(data, signature, HashAlgorithmName.SHA256, algorithm == "RS256" ? RSASignaturePadding.Pkcs1 : RSASignaturePadding.Pss);
        }
        if (algorithm != "ES256") return false;
        using var ec = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = Of("x"), Y = Of("y") } });
        return ec.VerifyData(data, signature, HashAlgorithmName.SHA256);
    }
}
