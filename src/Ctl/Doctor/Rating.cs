namespace Uploader.Ctl.Doctor;

/// <summary>How a check ends. Ordered: a higher one is worse.</summary>
internal enum Rating
{
    Pass,

    /// <summary>Advice that was not followed, or a check that could not be made.</summary>
    Warn,

    Fail,
}
