namespace Uploader.Inspection.Pdf;

/// <summary>ISO 32000-1, 7.2 and 7.3.</summary>
internal enum TokenKind
{
    /// <summary>Nothing follows.</summary>
    End,

    /// <summary>What no token begins or goes on like.</summary>
    Malformed,

    Integer,
    Real,
    Name,
    String,

    /// <summary><c>5 0 R</c>, which is one token here: nothing that reads values then needs to look ahead.</summary>
    Reference,

    /// <summary>Any other run of regular characters.</summary>
    Keyword,

    ArrayStart,
    ArrayEnd,
    DictionaryStart,
    DictionaryEnd,
}
