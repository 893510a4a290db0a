namespace Uploader.Ctl.Commands;

/// <summary>How a command ends, for scripts: 0 and 1 as for grep(1), the others from sysexits(3).</summary>
internal static class ExitStatus
{
    public const int Done = 0;

    /// <summary>The question was asked and the answer is no: nothing found, nothing to lift, a check that fails.</summary>
    public const int No = 1;

    /// <summary>EX_USAGE: the command line makes no sense.</summary>
    public const int Usage = 64;

    /// <summary>EX_NOINPUT: a file that was named cannot be read.</summary>
    public const int NoInput = 66;

    /// <summary>EX_UNAVAILABLE: something it takes is not there, such as a program or a service.</summary>
    public const int Unavailable = 69;

    /// <summary>EX_TEMPFAIL: the ledger is busy or full; the same command may work in a while.</summary>
    public const int TryAgain = 75;

    /// <summary>EX_NOPERM: it takes root.</summary>
    public const int NoPermission = 77;

    /// <summary>EX_CONFIG: the configuration is wrong.</summary>
    public const int BadConfiguration = 78;

    /// <summary>128 and SIGINT, as a shell counts: somebody pressed Ctrl-C.</summary>
    public const int Interrupted = 130;
}
