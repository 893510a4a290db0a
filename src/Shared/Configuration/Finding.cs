namespace Uploader.Shared.Configuration;

/// <summary>One thing that is wrong with the configuration: the key, what it is, what would be right.</summary>
internal sealed record Finding(string Key, string? Value, string Problem)
{
    public override string ToString() => Value is null ? $"{Key}: {Problem}" : $"{Key} is '{Value}': {Problem}";
}
