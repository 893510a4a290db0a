namespace System.Tests.Machine;

/// <summary>An installed machine behind Apache, which has no request rate of its own.</summary>
public sealed class BehindApacheTests(BehindApache installed) : BehindWebServerTests(installed), IClassFixture<BehindApache>;
