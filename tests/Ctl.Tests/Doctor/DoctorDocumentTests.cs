using Support;

namespace Ctl.Tests.Doctor;

public sealed class DoctorDocumentTests
{
    [Fact]
    public void The_page_in_docs_is_what_the_checklist_says()
    {
        var page = Checkout.Of("docs", "doctor.md");
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
            File.WriteAllText(page, DoctorDocument.Write());

        Assert.Equal(DoctorDocument.Write(), File.ReadAllText(page));
    }
}
