namespace Inspection.Tests.Samples;

/// <summary>A file that carries its verdict.</summary>
/// <param name="Name">With its extension, which says what the file claims to be; unique.</param>
/// <param name="Verdict">A rule's code, or <see cref="Accepted"/>.</param>
/// <param name="What">What it is, in a sentence.</param>
/// <param name="Bytes">Makes it.</param>
public sealed record Sample(string Name, string Verdict, string What, Func<byte[]> Bytes)
{
    public const string Accepted = "accepted";

    public string Extension => Path.GetExtension(Name)[1..];

    public override string ToString() => $"{Name}: {Verdict}";
}
