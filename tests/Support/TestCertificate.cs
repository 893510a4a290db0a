using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Support;

/// <summary>A certificate for a configuration test: nobody connects with it.</summary>
internal static class TestCertificate
{
    /// <summary>The path of one file with the certificate and its key.</summary>
    public static string Write(string folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=uploads.example.org", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        var path = Path.Join(folder, "certificate.pem");
        File.WriteAllText(path, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
        return path;
    }
}
