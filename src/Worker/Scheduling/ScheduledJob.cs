using System.Diagnostics.CodeAnalysis;
using Uploader.Shared.Configuration;

namespace Uploader.Worker.Scheduling;

/// <summary>A line of the schedule.</summary>
/// <param name="Name">How logs, status and nudges call it: <c>ban-sweep</c>.</param>
/// <param name="Type">The <see cref="Quartz.IJob"/> that does it.</param>
/// <param name="Recurrence">When it runs.</param>
/// <param name="Patience">How late it may start and how long it may run before the schedule counts as stalled.</param>
internal sealed record ScheduledJob(
    string Name, [property: DynamicallyAccessedMembers(ScheduledJob.Needed)][DynamicallyAccessedMembers(ScheduledJob.Needed)] Type Type, Recurrence Recurrence, TimeSpan Patience)
{
    /// <summary>Of a job's type: Quartz makes it, sets its properties and asks for its interfaces, and only what is named here is compiled into the program.</summary>
    private const DynamicallyAccessedMemberTypes Needed =
        DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.Interfaces;
}
