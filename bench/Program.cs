using System.Globalization;
using System.Net;
using Support;
using Uploader.Bench;

// Called by bench/run, which prepares what each of these needs.
switch (args)
{
    case ["bans", var rounds]:
        BanLookUp.Run(Number(rounds));
        return 0;
    case ["walk", var root, var files, var rounds]:
        await TreeRace.Run(root, Number(files), Number(rounds));
        return 0;
    case ["latency", var server, var key, var addresses, var rounds, var seconds]:
        await BanLatency.Run(new Target(IPEndPoint.Parse(server), key), Number(addresses), Number(rounds), TimeSpan.FromSeconds(Number(seconds)));
        return 0;
    case ["inspection", var server, var key, var rounds]:
        await InspectionShare.Run(new Target(IPEndPoint.Parse(server), key), Number(rounds));
        return 0;
    case ["file", var bytes, var path]:
        await File.WriteAllBytesAsync(path, Bytes.Png(Number(bytes)));
        return 0;
    case ["hold", var server, var key, var uploads]:
        await SlowUploads.Hold(new Target(IPEndPoint.Parse(server), key), Number(uploads));
        return 0;
    default:
        await Console.Error.WriteLineAsync("Started by bench/run, see bench/README.md.");
        return 64;
}

static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
