import Logging

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The program `dmcheck start`.
public enum NodeProgram {
    /// Runs a node until SIGTERM or SIGINT: then it refuses what is new, answers what is under way and returns.
    ///
    /// - Throws: an error whose `description` is the one line to print: what, why, what to do.
    public static func run(_ configuration: NodeConfiguration, logger: Logger) async throws {
        PrivateFile.makePrivateByDefault()
        if configuration.insecureHTTP, !configuration.http.isLoopback {
            throw StartError(
                "--insecure-http is refused on \(configuration.http.host)",
                remedy: "plain HTTP is served on loopback only; leave the option out or listen on 127.0.0.1")
        }
        let node = try await RunningNode.start(
            configuration.withPlantedFault(), logger: logger, handlesSignals: true,
            crashAt: ProcessInfo.processInfo.environment["DMCHECK_CRASH_AT"])
        try await node.run()
    }
}

extension HostPort {
    /// Whether only this machine can reach it.
    var isLoopback: Bool { host == "localhost" || host == "::1" || host.hasPrefix("127.") }
}
