namespace Uploader.Ctl.Commands;

/// <summary>A command that ends early, with the sentence for the operator: what was wrong, and what would be right.</summary>
/// <param name="sentence">Without a full stop.</param>
/// <param name="status">One of <see cref="ExitStatus"/>.</param>
internal sealed class NotDoneException(string sentence, int status) : Exception(sentence)
{
    public int Status { get; } = status;
}
