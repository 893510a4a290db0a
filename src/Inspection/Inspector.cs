using Uploader.Inspection.Polyglots;
using Uploader.Inspection.Reading;

namespace Uploader.Inspection;

/// <summary>
/// Judges one file of one kind: while it arrives, in pieces of whatever size, and once more when all of it is there. A parser below says what it finds by
/// <see cref="Break"/>, or by <see cref="Broken"/> where it cannot read on; both end the inspection as the rule's mode says.
/// </summary>
/// <param name="type">What the file says it is.</param>
/// <param name="policy">What it is judged by.</param>
internal abstract class Inspector(FileType type, InspectionPolicy policy)
{
    private readonly SignatureCheck _signature = new(type.Signature);
    private readonly SignatureScan _archives = Archives.Scan();
    private readonly Blocks _blocks = new(policy.Block);
    private List<Breach>? _reports;
    private bool _isOver;

    /// <summary>Why the file is refused; null: nothing speaks against it so far.</summary>
    public Breach? Refusal { get; private set; }

    /// <summary>What was found by rules that only report, one breach a rule.</summary>
    public IReadOnlyList<Breach> Reports => _reports ?? (IReadOnlyList<Breach>)[];

    /// <summary>Whether <see cref="Conclude"/> reads all of the file, and what it unpacks to: up to seconds of work.</summary>
    public virtual bool Unpacks => false;

    protected InspectionPolicy Policy { get; } = policy;

    /// <summary>The rule that a file breaks that cannot be read on.</summary>
    protected abstract Rule Structure { get; }

    /// <returns>Why the file is refused; null: go on.</returns>
    public Breach? Feed(ReadOnlySpan<byte> piece)
    {
        if (_isOver || piece.IsEmpty)
            return Refusal;
        try
        {
            if (_signature.Feed(piece) is SignatureVerdict.Mismatch)
                throw new BrokenRuleException(new Breach(Rules.ContentMismatch, 0, $"does not begin like .{type.Extension}"));
            while (_blocks.TryTake(ref piece, out var block))
                Look(block);
        }
        catch (BrokenRuleException e)
        {
            End(e.Breach);
        }

        return Refusal;
    }

    /// <summary>No more bytes come: what they say, of a file that need not be kept. <see cref="Conclude"/> asks this first.</summary>
    public Breach? FeedEnd()
    {
        var rest = _blocks.TakeRest();
        try
        {
            if (_signature.End() is SignatureVerdict.Mismatch && Refusal is null)
                throw new BrokenRuleException(new Breach(Rules.ContentMismatch, 0, $"too short to begin like .{type.Extension}"));
            if (!_isOver && !rest.IsEmpty)
                Look(rest);
        }
        catch (BrokenRuleException e)
        {
            End(e.Breach);
        }

        return Refusal;
    }

    /// <summary>The file ends here.</summary>
    /// <param name="file">All of what was fed.</param>
    /// <returns>Why the file is refused; null: it is taken.</returns>
    public Breach? Conclude(FileBytes file)
    {
        FeedEnd();
        try
        {
            if (!_isOver)
                Judge(file);
            if (Refusal is null)
                ForeignFormats.Judge(file, type, this);
        }
        catch (BrokenRuleException e)
        {
            End(e.Breach);
        }

        _isOver = true;
        return Refusal;
    }

    /// <summary>The next bytes of the file, a block of them.</summary>
    protected virtual void See(ReadOnlySpan<byte> piece)
    {
    }

    /// <summary>All bytes have come.</summary>
    protected virtual void Judge(FileBytes file)
    {
    }

    /// <summary>Says that the file breaks a rule. Returns where the rule is off or only reports.</summary>
    public void Break(Rule rule, long offset, string what)
    {
        switch (Policy.ModeOf(rule))
        {
            case RuleMode.On:
                throw new BrokenRuleException(new Breach(rule, offset, what));
            case RuleMode.Report:
                Note(new Breach(rule, offset, what));
                break;
        }
    }

    /// <summary>Says that the file cannot be read on: <c>throw Broken(…)</c>. Ends the inspection also where the rule is off or only reports.</summary>
    public BrokenRuleException Broken(long offset, string what) => new(new Breach(Structure, offset, what));

    private void Look(ReadOnlySpan<byte> block)
    {
        if (_archives.Feed(block) is var (offset, what))
            Break(Rules.Polyglot, offset, what);
        See(block);
    }

    private void End(Breach breach)
    {
        _isOver = true;
        switch (Policy.ModeOf(breach.Rule))
        {
            case RuleMode.On:
                Refusal = breach;
                break;
            case RuleMode.Report:
                Note(breach);
                break;
        }
    }

    private void Note(Breach breach)
    {
        _reports ??= [];
        if (!_reports.Exists(known => known.Rule == breach.Rule))
            _reports.Add(breach);
    }
}
