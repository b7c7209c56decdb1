import Foundation
import NIOCore
import Synchronization

/// Which node a connection comes from, since all of them dial from one address: the kernel knows the process (Linux).
package final class SocketOwners: Sendable {
    private let processes = Mutex<[Int: Int32]>([:])

    package init() {}

    /// That node is now that process.
    package func node(_ number: Int, is process: Int32) { processes.withLock { $0[number] = process } }

    /// - Parameters:
    ///   - local: the connection's address on the side of who dialled.
    ///   - remote: the address that was dialled.
    func owner(local: SocketAddress, remote: SocketAddress) -> Int? {
        guard let inode = Self.inode(local, remote) else { return nil }
        let link = "socket:[\(inode)]"
        return processes.withLock { $0 }.first { _, process in
            let folder = "/proc/\(process)/fd"
            let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            return files.contains { Self.target(of: "\(folder)/\($0)") == link }
        }?.key
    }

    /// The number by which a process's files name the socket.
    private static func inode(_ local: SocketAddress, _ remote: SocketAddress) -> Substring? {
        guard let local = text(local), let remote = text(remote) else { return nil }
        for line in table().split(separator: "\n") {
            // Number, local, remote, state, queues, timer, retransmissions, user, timeout, inode (proc_net_tcp(5)).
            let fields = line.split(separator: " ", maxSplits: 10)
            if fields.count > 9, fields[1] == local, fields[2] == remote { return fields[9] }
        }
        return nil
    }

    /// All connections of this network namespace. The kernel hands out about a page at a time, which is not the end of the file,
    /// whatever its size is said to be.
    private static func table() -> String {
        let file = open("/proc/net/tcp", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return "" }
        defer { close(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while case let count = read(file, &buffer, buffer.count), count > 0 { bytes += buffer[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// As the table writes it: the address as a number of this machine's byte order, and the port.
    private static func text(_ address: SocketAddress) -> String? {
        guard let octets = address.ipAddress?.split(separator: ".").compactMap({ UInt32($0) }), octets.count == 4,
            let port = address.port
        else { return nil }
        let number = octets.reduce(0) { $0 << 8 | $1 }
        return hexadecimal(number.bigEndian, digits: 8) + ":" + hexadecimal(UInt32(port), digits: 4)
    }

    private static func hexadecimal(_ number: UInt32, digits: Int) -> String {
        let text = String(number, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }

    private static func target(of link: String) -> String? {
        try? FileManager.default.destinationOfSymbolicLink(atPath: link)
    }
}
