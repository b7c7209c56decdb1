import Foundation
import PacketFaults

/// A network device whose packets this program carries: what is routed into it comes out of it again late, out of order or not
/// at all. TCP, UDP and whatever else, since it is packets.
final class Tunnel: Sendable {
    static let device = "chaos0"
    private let descriptor: Int32
    let fates = PacketFates()

    /// The device, up, where this process may make it.
    static func open() async -> Tunnel? {
        let descriptor = Glibc.open("/dev/net/tun", O_RDWR | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        // `struct ifreq`: the name, then the flags IFF_TUN and IFF_NO_PI (linux/if_tun.h).
        var request = [UInt8](repeating: 0, count: 40)
        request.replaceSubrange(0..<device.utf8.count, with: device.utf8)
        request[16] = 0x01
        request[17] = 0x10
        let setInterface: UInt = 0x4004_54CA
        guard ioctl(descriptor, setInterface, &request) == 0 else {
            close(descriptor)
            return nil
        }
        do {
            try await Namespaces.prepareTunnel(device)
        } catch {
            close(descriptor)
            return nil
        }
        let tunnel = Tunnel(descriptor)
        Thread.detachNewThread { tunnel.carry() }
        return tunnel
    }

    private init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Carries packets until the program ends.
    private func carry() {
        var waiting: [(due: ContinuousClock.Instant, packet: [UInt8])] = []
        var last = ContinuousClock.now
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let now = ContinuousClock.now
            let due = waiting.prefix { $0.due <= now }
            for (_, packet) in due { _ = write(descriptor, packet, packet.count) }
            waiting.removeFirst(due.count)
            let left = waiting.first.map { ($0.due - now) / .milliseconds(1) } ?? 1000
            var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&poller, 1, Int32(max(1, left.rounded(.up)))) > 0 else { continue }
            while case let count = read(descriptor, &buffer, buffer.count), count > 0 {
                guard let fate = fates.next() else { continue }
                var due = ContinuousClock.now + .seconds(fate.seconds)
                if !fate.isOvertaken {
                    due = max(due, last)
                    last = due
                }
                let place = waiting.firstIndex { $0.due > due } ?? waiting.endIndex
                waiting.insert((due, Array(buffer[..<count])), at: place)
            }
        }
    }
}
