namespace Uploader.Ctl.Doctor;

/// <summary>One line of the checklist.</summary>
/// <param name="Id">Stable, for scripts.</param>
/// <param name="Title">What has to be so.</param>
/// <param name="Looked">What is looked at.</param>
/// <param name="Asks">Whether it sends or plants something, which <c>--no-send</c> leaves out.</param>
/// <param name="Make">Looks and judges.</param>
internal sealed record Check(string Id, string Title, string Looked, bool Asks, Func<Examination, CancellationToken, Task<Diagnosis>> Make)
{
    public static Check Of(string id, string title, string looked, Func<Examination, Diagnosis> make) =>
        new(id, title, looked, Asks: false, (examination, _) => Task.FromResult(make(examination)));

    public static Check Of(string id, string title, string looked, Func<Examination, CancellationToken, Task<Diagnosis>> make) => new(id, title, looked, Asks: false, make);

    /// <summary>One that sends or plants.</summary>
    public static Check Asking(string id, string title, string looked, Func<Examination, CancellationToken, Task<Diagnosis>> make) => new(id, title, looked, Asks: true, make);
}
