namespace Uploader.Ctl.Terminals;

/// <summary>What a colour says, so that every command says it with the same one.</summary>
internal enum Colour
{
    None,
    Good,
    Warning,
    Bad,
    Strong,
    Faint,
}
