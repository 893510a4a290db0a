namespace Uploader.Ctl.Doctor.Fronts;

/// <summary>A directive of nginx with its words, and what stands in its braces.</summary>
internal sealed record NginxBlock(IReadOnlyList<string> Words, string File, IReadOnlyList<NginxBlock> Inner)
{
    public string Name => Words[0];

    public IEnumerable<NginxBlock> Named(string name) => Inner.Where(block => block.Name == name);

    /// <summary>At any depth.</summary>
    public IEnumerable<NginxBlock> All(string name) => Inner.SelectMany(block => block.Name == name ? [block, .. block.All(name)] : block.All(name));
}
