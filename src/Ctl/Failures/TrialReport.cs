using Uploader.Ctl.Inputs;

namespace Uploader.Ctl.Failures;

/// <summary>What would happen if the jails judged a file of failures, as programs read it.</summary>
/// <param name="Lines">That say something.</param>
/// <param name="BadLines">That could not be read.</param>
/// <param name="Failures">In all lines together.</param>
/// <param name="Exempt">Those of clients that are never banned.</param>
/// <param name="ToNothing">Those of lines that earn no ban.</param>
/// <param name="Bans">In the order of their beginning.</param>
internal sealed record TrialReport(int Lines, BadLine[] BadLines, long Failures, long Exempt, long ToNothing, TrialBan[] Bans);

/// <summary>A ban that would fall.</summary>
/// <param name="Until">Null is for ever. A random part (<c>RndTime</c>) comes on top.</param>
/// <param name="EarlierBans">Those that lengthen it.</param>
/// <param name="Lines">The numbers of the lines that earn it; none when other bans do.</param>
internal sealed record TrialBan(string Address, string Jail, DateTimeOffset From, DateTimeOffset? Until, int Failures, int EarlierBans, long[] Lines);
