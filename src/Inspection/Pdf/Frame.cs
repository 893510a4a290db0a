namespace Uploader.Inspection.Pdf;

/// <summary>A dictionary or an array that is being read.</summary>
internal struct Frame
{
    public bool IsDictionary;

    /// <summary>Of a dictionary: a key is next, or its end.</summary>
    public bool WantsKey;

    /// <summary>Of a dictionary: the key whose value is next.</summary>
    public Word Key;

    /// <summary>The key below which it stands itself, through arrays too.</summary>
    public Word Under;

    public Traits Traits;

    /// <summary>A rule that this dictionary breaks, if it is not a mere tag.</summary>
    public Rule? Claimed;
}

/// <summary>What a dictionary showed of itself so far.</summary>
[Flags]
internal enum Traits
{
    None = 0,

    /// <summary>It has an <c>/S</c>: it could be an action.</summary>
    IsAction = 1,

    /// <summary>If it is an action, then one that does something else than to go to a page, or more than that.</summary>
    Acts = 2,

    /// <summary>It says that it is an element of the structure, and of which.</summary>
    IsElement = 4,
    HasParent = 8,

    /// <summary>It has what an action needs to run a script, start a program or play a sound.</summary>
    HasMeans = 16,

    /// <summary>It is an action of a kind that some reader runs, or of one that is said elsewhere.</summary>
    Runs = 32,

    /// <summary>It says that it describes a file, and has one in it.</summary>
    IsFile = 64,
    HasFile = 128,
}
