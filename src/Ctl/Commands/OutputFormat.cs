namespace Uploader.Ctl.Commands;

/// <summary>What <c>-o</c> chooses: for people or for programs.</summary>
internal enum OutputFormat
{
    Table,
    Json,
}
