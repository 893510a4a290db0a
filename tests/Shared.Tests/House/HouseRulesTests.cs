using System.Text.RegularExpressions;
using Support;

namespace Shared.Tests.House;

/// <summary>Rules of the house that a compiler cannot keep.</summary>
public sealed class HouseRulesTests
{
    [Theory]
    [InlineData(@"\busing LiteDB\b|\bLiteDatabase\b", "src/Shared/Ledger/", "only the ledger knows LiteDB")]
    [InlineData(@"\[LoggerMessage\(", "src/Shared/Journal/Events.cs", "every event is in the catalogue")]
    [InlineData(@"\.StatusCode = ", "src/Web/Reporting/", "only the reporter answers")]
    [InlineData(@"new Refusal\(|\bRefusal \w+ = new\(", "src/Web/Refusals/", "every refusal is in the catalogue")]
    [InlineData(@"\[LibraryImport\(", "src/Shared/", "system calls are made in one layer")]
    public void Something_is_done_in_one_place_only(string pattern, string place, string rule)
    {
        var strays = Sources().Where(file => !file.StartsWith(place, StringComparison.Ordinal) && Regex.IsMatch(File.ReadAllText(Checkout.Of(file)), pattern));
        Assert.True(!strays.Any(), $"{rule}: {string.Join(", ", strays)}");
        Assert.Contains(Sources(), file => file.StartsWith(place, StringComparison.Ordinal) && Regex.IsMatch(File.ReadAllText(Checkout.Of(file)), pattern));
    }

    [Fact]
    public void A_namespace_is_its_folder()
    {
        foreach (var file in Sources().Where(file => !file.EndsWith("Program.cs", StringComparison.Ordinal)))
        {
            var folder = "Uploader." + Path.GetDirectoryName(file)!["src/".Length..].Replace('/', '.');
            Assert.True(File.ReadAllText(Checkout.Of(file)).Contains($"namespace {folder};", StringComparison.Ordinal), $"{file}: its namespace is not {folder}");
        }
    }

    [Fact]
    public void A_link_in_a_document_leads_somewhere()
    {
        foreach (var document in Documents())
        {
            foreach (Match link in Regex.Matches(File.ReadAllText(document), @"\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)"))
            {
                var target = Path.Join(Path.GetDirectoryName(document), link.Groups[1].Value);
                Assert.True(Path.Exists(target), $"{document}: {link.Groups[1].Value} is not there");
            }
        }
    }

    [Fact]
    public void A_path_that_a_document_names_is_there()
    {
        foreach (var document in Documents())
        {
            foreach (Match path in Regex.Matches(File.ReadAllText(document), "`((?:src|tests|systemd|deploy|scripts|docs|bench)/[A-Za-z0-9./_-]+)`"))
                Assert.True(Path.Exists(Checkout.Of(path.Groups[1].Value)), $"{document}: {path.Groups[1].Value} is not there");
        }
    }

    [Fact]
    public void A_test_that_shows_a_requirement_is_there()
    {
        var tests = Directory.EnumerateFiles(Checkout.Of("tests"), "*Tests.cs", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension).ToHashSet();
        var requirements = File.ReadLines(Checkout.Of("docs", "asvs.md")).Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| ---", StringComparison.Ordinal) && !line.EndsWith("| test |", StringComparison.Ordinal)).ToArray();
        Assert.Equal(13, requirements.Count(line => Regex.IsMatch(line, @"^\| \*\*5\.\d\.\d\*\* ")));
        foreach (var requirement in requirements)
        {
            var named = Regex.Matches(requirement[requirement.TrimEnd('|', ' ').LastIndexOf('|')..], @"`(\w+Tests)`").Select(match => match.Groups[1].Value).ToArray();
            Assert.True(named.Length > 0, $"no test shows: {requirement}");
            Assert.True(named.All(tests.Contains), $"there is no {string.Join(", ", named.Where(name => !tests.Contains(name)))}");
        }
    }

    private static IEnumerable<string> Sources() =>
        Directory.EnumerateFiles(Checkout.Of("src"), "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Checkout.Root, file))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));

    private static IEnumerable<string> Documents() =>
        Directory.EnumerateFiles(Checkout.Root, "*.md").Concat(Directory.EnumerateFiles(Checkout.Of("docs"), "*.md", SearchOption.AllDirectories));
}
