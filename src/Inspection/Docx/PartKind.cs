using System.Collections.Frozen;

namespace Uploader.Inspection.Docx;

/// <summary>What a part is, by its content type.</summary>
internal enum PartKind : byte
{
    /// <summary>Has no content type.</summary>
    None,

    /// <summary>Needs nothing but what every part needs.</summary>
    Other,

    Xml,
    Relationships,
    Document,

    /// <summary>The main part of something else: a template, a workbook.</summary>
    OtherMain,

    Chart,

    /// <summary>A workbook that holds a chart's numbers: Word writes one beside each chart. LibreOffice keeps it without a relationship.</summary>
    Workbook,

    Svg,
    Macros,

    /// <summary>A control, or an add-in of Office.</summary>
    ActiveX,
    EmbeddedObject,
}

internal static class PartKinds
{
    private static readonly FrozenDictionary<string, PartKind> Exact = new Dictionary<string, PartKind>
    {
        ["application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"] = PartKind.Document,
        ["application/vnd.openxmlformats-package.relationships+xml"] = PartKind.Relationships,
        ["application/vnd.openxmlformats-officedocument.drawingml.chart+xml"] = PartKind.Chart,
        ["application/vnd.ms-office.chartex+xml"] = PartKind.Chart,
        ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"] = PartKind.Workbook,
        ["application/vnd.openxmlformats-officedocument.oleObject"] = PartKind.EmbeddedObject,
        ["application/vnd.openxmlformats-officedocument.package"] = PartKind.EmbeddedObject,
        ["application/vnd.openxmlformats-officedocument.wordprocessingml.document"] = PartKind.EmbeddedObject,
        ["application/vnd.openxmlformats-officedocument.presentationml.presentation"] = PartKind.EmbeddedObject,
        ["image/svg+xml"] = PartKind.Svg,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static PartKind Of(string contentType)
    {
        var type = contentType.AsSpan();
        if (type.IndexOf(';') is >= 0 and var parameters)
            type = type[..parameters];
        type = type.Trim();
        if (Exact.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(type, out var kind))
            return kind;
        if (StartsWith(type, "application/vnd.ms-office.vba") || StartsWith(type, "application/vnd.ms-word.vba"))
            return PartKind.Macros;
        if (StartsWith(type, "application/vnd.ms-office.activeX") || StartsWith(type, "application/vnd.ms-office.webextension"))
            return PartKind.ActiveX;
        if (EndsWith(type, ".main+xml"))
            return type.Contains("macroEnabled", StringComparison.OrdinalIgnoreCase) ? PartKind.Macros : PartKind.OtherMain;
        if (EndsWith(type, "+xml") || EndsWith(type, "/xml"))
            return PartKind.Xml;
        if (StartsWith(type, "application/vnd.ms-excel") || StartsWith(type, "application/vnd.ms-powerpoint") || StartsWith(type, "application/msword")
            || StartsWith(type, "application/vnd.ms-word.document"))
            return PartKind.EmbeddedObject;
        return PartKind.Other;
    }

    /// <summary>Whether the part must be XML.</summary>
    public static bool IsXml(this PartKind kind) =>
        kind is PartKind.Xml or PartKind.Relationships or PartKind.Document or PartKind.Chart or PartKind.Svg;

    private static bool StartsWith(ReadOnlySpan<char> type, string start) => type.StartsWith(start, StringComparison.OrdinalIgnoreCase);

    private static bool EndsWith(ReadOnlySpan<char> type, string end) => type.EndsWith(end, StringComparison.OrdinalIgnoreCase);
}
