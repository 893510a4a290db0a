using System.CommandLine;
using Uploader.Ctl.Commands;
using Uploader.Ctl.Terminals;
using Uploader.Shared.Addresses;
using Uploader.Shared.Bans;
using Uploader.Shared.Journal;

namespace Uploader.Ctl.Bans;

/// <summary><c>uploaderctl bans add</c>: keeps a client out, or a range of them.</summary>
internal static class BansAdd
{
    public static Command Command(Desk desk)
    {
        var range = new Argument<Cidr>("ADDRESS|CIDR") { Description = "Whom to keep out. One IPv6 address counts with its whole prefix (Proxies:Ipv6PrefixLength).", CustomParser = Words.Range };
        var length = new Option<BanTime?>("--for") { Description = "How long: 10m, 1d, 2w, or forever, which is the default.", HelpName = "DURATION", CustomParser = Words.BanTime };
        var until = new Option<DateTimeOffset?>("--until") { Description = "Until when: 2026-03-01, 2026-03-01T12:00 (UTC) or 2026-03-01T12:00+01:00.", HelpName = "DATE", CustomParser = Words.Time };
        var comment = new Option<string>("--comment") { Description = "Why; 'bans list' and 'bans explain' show it.", HelpName = "TEXT", DefaultValueFactory = _ => "" };
        var jail = new Option<string>("--jail") { Description = "Counts as a ban of that jail when its next ban is lengthened (default manual).", HelpName = "NAME", DefaultValueFactory = _ => Jail.Manual };
        var force = new Option<bool>("--force") { Description = "Also a range wider than /8 (IPv6: /19), or one that holds addresses which are never banned." };
        var command = new Command("add", "Keeps a client out, or a range of them, within a second.") { range, length, until, comment, jail, force };
        command.Validators.Add(words =>
        {
            if (words.GetResult(length) is not null && words.GetResult(until) is not null)
                words.AddError("Say --for or --until, not both.");
            if (words.GetValue(comment)?.Length > BanOrder.LongestComment)
                words.AddError($"The comment is longer than {BanOrder.LongestComment} characters.");
        });
        return desk.Does(command, (session, words) =>
        {
            var fromMs = session.Now.ToUnixTimeMilliseconds();
            var untilMs = words.GetValue(until) is { } date ? EndOf(date, session) : Ban.End(fromMs, words.GetValue(length)?.Length);
            var client = words.GetValue(range).AsCounted(session.Options.Proxies.Ipv6PrefixLength);
            var ban = new Ban(client, JailOf(words.GetValue(jail)!, session), fromMs, untilMs) { Comment = words.GetValue(comment)! };
            return Add(session, ban, words.GetValue(range), words.GetValue(force));
        });
    }

    private static int Add(Session session, Ban ban, Cidr asked, bool isForced)
    {
        if (BanOrder.Objection(ban.Client, session.Options, isForced) is { } objection)
            throw new NotDoneException(objection, ExitStatus.No);

        var written = session.Ledger.Run(ledger => BanOrder.Write(ledger, ban, ban.FromMs, mayShorten: true));
        session.Show(BanLine.Of(ban), BansJson.Default.BanLine, terminal => Tell(terminal, ban, written, asked));
        return ExitStatus.Done;
    }

    private static void Tell(Terminal terminal, Ban ban, Written written, Cidr asked)
    {
        if (ban.Client != asked)
            terminal.WriteLine($"{asked} counts as {ban.Client}: IPv6 clients are told apart by {ban.Client.PrefixLength} bits (Proxies:Ipv6PrefixLength).");
        var verb = written switch
        {
            Written.New => "is banned",
            Written.Amended => "was banned, and is so now",
            _ => "was banned before",
        };
        terminal.WriteLine($"{ban.Client} {verb}{End(ban)}{(ban.Jail == Jail.Manual ? "" : $" in jail {OneLine.Escape(ban.Jail)}")}.");
    }

    private static string End(Ban ban) =>
        BanLine.Time(ban.UntilMs) is { } until ? $" until {Shown.Time(until)}, for {Shown.Span(TimeSpan.FromMilliseconds(ban.UntilMs - ban.FromMs))}" : " for ever";

    private static long EndOf(DateTimeOffset date, Session session) => date > session.Now
        ? date.ToUnixTimeMilliseconds()
        : throw new NotDoneException($"{Shown.Time(date)} is past", ExitStatus.Usage);

    private static string JailOf(string name, Session session) => name == Jail.Manual || session.Options.Bans.Jails.Any(jail => jail.Name == name)
        ? name
        : throw new NotDoneException($"there is no jail '{name}': {string.Join(", ", session.Options.Bans.Jails.Select(jail => jail.Name))}, {Jail.Manual}", ExitStatus.Usage);
}
