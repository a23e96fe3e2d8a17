using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Moothall.Definitions;
using NodaTime;

namespace Moothall.Adapters.OpenIdConnect;

/// <summary>
/// The keys with which we prove to a provider that it is we who ask (private_key_jwt). The first signs; all are published, so that a new key can be made known before it
/// is used and an old one stays known until nothing signed with it is on its way.
/// </summary>
public sealed class ClientKeys
{
    const int FewestBits = 2048;
    static readonly TimeSpan AssertionLasts = TimeSpan.FromMinutes(2);
    readonly IReadOnlyList<SigningCredentials> keys;
    readonly X509Certificate2? certificate;

    ClientKeys(IReadOnlyList<SigningCredentials> keys, X509Certificate2? certificate)
    {
        (this.keys, this.certificate) = (keys, certificate);
        PublicSet = new JsonObject { ["keys"] = new JsonArray([.. keys.Select(Public)]) }.ToJsonString();
    }

    /// <summary>The public halves, as a JSON Web Key Set (RFC 7517).</summary>
    public string PublicSet { get; }

    /// <summary>Reads keys in PEM form: one or more private keys, RSA of 2,048 bits or more or EC on P-256; a certificate beside the first where the provider knows us by one.</summary>
    /// <param name="signing">How is signed; null: RS256 or ES256, as fits the key.</param>
    /// <returns>The keys, or what is wrong with the text, in words that do not repeat it.</returns>
    public static (ClientKeys? Keys, Message? Wrong) Read(string pem, string? signing)
    {
        var keys = new List<SigningCredentials>();
        X509Certificate2? certificate = null;
        try
        {
            var rest = pem.AsSpan();
            while (PemEncoding.TryFind(rest, out var found))
            {
                var (label, whole) = (rest[found.Label].ToString(), rest[found.Location].ToString());
                rest = rest[found.Location.End..];
                if (label == "CERTIFICATE") certificate ??= X509Certificate2.CreateFromPem(whole);
                else if (label.EndsWith("PRIVATE KEY", StringComparison.Ordinal))
                {
                    if (label.StartsWith("ENCRYPTED", StringComparison.Ordinal)) return (null, new Message("the key is locked with a password; write it without one, in a file that only this program may read"));
                    var (key, wrong) = Credentials(whole, signing);
                    if (key is null) return (null, wrong);
                    keys.Add(key);
                }
            }
        }
        catch (Exception trouble) when (trouble is CryptographicException or ArgumentException)
        {
            return (null, new Message("the key cannot be read; make one with `openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072`"));
        }
        if (keys.Count == 0) return (null, new Message("there is no private key in it; it begins with -----BEGIN PRIVATE KEY-----"));
        if (certificate is not null && !Fits(certificate, keys[0])) return (null, new Message("the certificate is not the one of the first key; put the key first whose certificate it is"));
        return (new ClientKeys(keys, certificate), null);
    }

    static (SigningCredentials? Key, Message? Wrong) Credentials(string pem, string? signing)
    {
        var rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(pem);
            if (rsa.KeySize < FewestBits) return (null, new Message("the key has {bits} bits, and {least} are the fewest that are safe", ("bits", rsa.KeySize), ("least", FewestBits)));
            if (signing == "ES256") return (null, new Message("`signing` is ES256, and the key is an RSA key; make one on the curve P-256, or take `signing` out"));
            var jwk = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(rsa));
            return (new SigningCredentials(new RsaSecurityKey(rsa) { KeyId = Name(jwk) }, signing ?? SecurityAlgorithms.RsaSha256), null);
        }
        catch (Exception other) when (other is CryptographicException or ArgumentException)
        {
            rsa.Dispose();
        }
        var curve = ECDsa.Create();
        curve.ImportFromPem(pem);
        if (curve.KeySize != 256) return (null, new Message("the key is on another curve than P-256; make one with `openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256`"));
        if (signing is not (null or "ES256")) return (null, new Message("`signing` is {signing}, and the key is an EC key; make an RSA key, or write ES256", ("signing", signing)));
        var ec = new ECDsaSecurityKey(curve);
        return (new SigningCredentials(new ECDsaSecurityKey(curve) { KeyId = Name(JsonWebKeyConverter.ConvertFromECDsaSecurityKey(ec)) }, SecurityAlgorithms.EcdsaSha256), null);
    }

    // A key is called by its thumbprint (RFC 7638), so that its name follows from it.
    static string Name(JsonWebKey key) => Base64UrlEncoder.Encode(key.ComputeJwkThumbprint());

    static bool Fits(X509Certificate2 certificate, SigningCredentials key)
    {
        using AsymmetricAlgorithm? theirs = key.Key is RsaSecurityKey ? certificate.GetRSAPublicKey() : certificate.GetECDsaPublicKey();
        AsymmetricAlgorithm ours = key.Key is RsaSecurityKey rsa ? rsa.Rsa : ((ECDsaSecurityKey)key.Key).ECDsa;
        return theirs is not null && theirs.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(ours.ExportSubjectPublicKeyInfo());
    }

    static JsonObject Public(SigningCredentials credentials)
    {
        var key = credentials.Key is RsaSecurityKey rsa ? JsonWebKeyConverter.ConvertFromRSASecurityKey(rsa) : JsonWebKeyConverter.ConvertFromECDsaSecurityKey((ECDsaSecurityKey)credentials.Key);
        var shown = new JsonObject { ["kty"] = key.Kty, ["use"] = "sig", ["alg"] = credentials.Algorithm, ["kid"] = credentials.Key.KeyId };
        if (key.Kty == "RSA") (shown["n"], shown["e"]) = (key.N, key.E);
        else (shown["crv"], shown["x"], shown["y"]) = (key.Crv, key.X, key.Y);
        return shown;
    }

    /// <summary>Says to a provider who we are: good once, for two minutes.</summary>
    public string Assertion(string client, string audience, Instant now)
    {
        var header = new Dictionary<string, object>();
        if (certificate is not null) header["x5t#S256"] = Base64UrlEncoder.Encode(certificate.GetCertHash(HashAlgorithmName.SHA256));
        var payload = JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["iss"] = client, ["sub"] = client, ["aud"] = audience, ["jti"] = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(24)),
            ["iat"] = now.ToUnixTimeSeconds(), ["nbf"] = now.ToUnixTimeSeconds(), ["exp"] = now.ToUnixTimeSeconds() + (long)AssertionLasts.TotalSeconds,
        });
        return new JsonWebTokenHandler().CreateToken(payload, keys[0], header);
    }
}
