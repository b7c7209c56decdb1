import NIOCore
import NIOPosix

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Ports that a node is to listen on.
enum ListeningPort {
    /// Takes the port and leaves it again: a node that could not listen is told so before its folder becomes anything.
    static func check(_ address: HostPort, option: String) async throws(StartError) {
        // The system chooses one that is free.
        guard address.port != 0 else { return }
        do {
            let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .bind(host: address.host, port: address.port).get()
            try await channel.close()
        } catch {
            throw StartError.listening(on: address, option: option, error)
        }
    }
}

extension StartError {
    /// The system does not let a node listen there.
    static func listening(on address: HostPort, option: String, _ error: any Error) -> StartError {
        let another = "choose another \(option)"
        guard let error = error as? IOError else {
            return StartError("cannot listen on \(address): there is no host of that name", remedy: another)
        }
        switch error.errnoCode {
        case EADDRINUSE:
            return StartError("the port of \(address) is in use", remedy: "stop what listens there, or \(another)")
        case EADDRNOTAVAIL:
            return StartError("cannot listen on \(address): this machine has no such address", remedy: another)
        default:
            return StartError(
                "cannot listen on \(address): \(String(cString: strerror(error.errnoCode)).lowercased())",
                remedy: another)
        }
    }
}
