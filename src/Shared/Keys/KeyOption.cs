using System.Collections.Immutable;
using Uploader.Inspection;
using Uploader.Shared.Addresses;
using Uploader.Shared.Configuration;

namespace Uploader.Shared.Keys;

/// <summary>One option that can stand on a key's line, <c>name=value</c>. The table is the whole grammar; <c>docs/man/fileuploader-keys.5</c> explains it.</summary>
/// <param name="Name">Lower-case, without the <c>=</c>.</param>
/// <param name="Placeholder">What stands for the value in help and manual.</param>
/// <param name="Meaning">A sentence for the operator.</param>
/// <param name="Expected">Completes the sentence "must be …".</param>
/// <param name="Set">The options with this one read from its value; null when the value is not right.</param>
/// <param name="Write">The option as it stands on a line; null when it is not set.</param>
internal sealed record KeyOption(
    string Name, string Placeholder, string Meaning, string Expected, Func<KeyOptions, string, KeyOptions?> Set, Func<KeyOptions, string?> Write)
{
    public static ImmutableArray<KeyOption> All { get; } =
    [
        Of(KeyExpiry.OptionName, "DATE", "The last day it is good for.", KeyExpiry.Syntax, (options, end) => options with { Expires = end }, options => options.Expires),
        Of("max-size", "SIZE", "The largest file it may send.", Syntax.SizeFrom(1), (options, size) => options with { MaxSize = size }, options => options.MaxSize),
        Of("types", "TYPE,...", "The types of file it may send.", ListOf(Syntax.SomeOf(FileTypes.SupportedExtensions)), (options, types) => options with { Types = types }, options => options.Types),
        Of("bytes-per-day", "SIZE", "How much it may store in a day (UTC).", Syntax.SizeFrom(1), (options, size) => options with { BytesPerDay = size }, options => options.BytesPerDay),
        Of("from", "CIDR,...", "The addresses it may be used from.", ListOf(Syntax.Addresses), (options, from) => options with { From = from }, options => options.From),
    ];

    public static KeyOption? Find(ReadOnlySpan<char> name)
    {
        foreach (var option in All)
        {
            if (name.SequenceEqual(option.Name))
                return option;
        }

        return null;
    }

    private static KeyOption Of<T>(
        string name, string placeholder, string meaning, Syntax<T> syntax, Func<KeyOptions, T, KeyOptions> set, Func<KeyOptions, object?> get) => new(
        name,
        placeholder,
        meaning,
        syntax.Expected,
        (options, text) => syntax.TryParse(text, out var value) ? set(options, value) : null,
        options => get(options) is T value ? $"{name}={syntax.Write(value).Replace(" ", "", StringComparison.Ordinal)}" : null);

    /// <summary>Stricter than in the configuration: nothing is passed over. An empty <c>from=</c> must not be taken for "from anywhere", nor for a forgotten list.</summary>
    private static Syntax<T> ListOf<T>(Syntax<T> syntax) => syntax with
    {
        TryParse = (string text, out T value) =>
        {
            value = default!;
            return text.Split(',').All(item => item.Length > 0) && syntax.TryParse(text, out value);
        },
    };
}
